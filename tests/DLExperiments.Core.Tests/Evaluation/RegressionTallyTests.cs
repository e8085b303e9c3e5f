using DLExperiments.Evaluation;

namespace DLExperiments.Tests.Evaluation;

public class RegressionTallyTests
{
    [Fact]
    public void Measures_are_those_worked_by_hand()
    {
        // y = 3, -0.5, 2, 7 and ŷ = 2.5, 0, 2, 8: the example of scikit-learn's documentation:
        // MSE 0.375, MAE 0.5, R2 0.948608137; MAPE = 100/4 (0.5/3 + 0.5/0.5 + 0 + 1/7) = 32.738095238.
        var tally = new RegressionTally(1);
        foreach ((float predicted, float actual) in new[] { (2.5f, 3f), (0f, -0.5f), (2f, 2f), (8f, 7f) })
            tally.Add([predicted], [actual]);
        Assert.Equal(0.375, tally.MSE, 12);
        Assert.Equal(0.5, tally.MAE, 12);
        Assert.Equal(0.948608137, tally.R2, 9);
        Assert.Equal(32.738095238, tally.MAPE, 6); // float32 inputs
    }

    [Fact]
    public void Constant_targets_have_no_R2_and_zero_targets_no_MAPE()
    {
        var tally = new RegressionTally(1);
        tally.Add([1], [0]);
        tally.Add([2], [0]);
        Assert.True(double.IsNaN(tally.R2));
        Assert.True(double.IsNaN(tally.MAPE));
        Assert.Equal(2.5, tally.MSE);
    }
}
