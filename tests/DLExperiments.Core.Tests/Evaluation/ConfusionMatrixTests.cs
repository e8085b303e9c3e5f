using DLExperiments.Evaluation;

namespace DLExperiments.Tests.Evaluation;

public class ConfusionMatrixTests
{
    // 13 cats, dogs and birds: cat row 4 1 0, dog row 2 3 0, bird row 1 1 1; worked by hand.
    private static ConfusionMatrix Example()
    {
        var matrix = new ConfusionMatrix(["cat", "dog", "bird"]);
        int[][] counts = [[4, 1, 0], [2, 3, 0], [1, 1, 1]];
        for (int actual = 0; actual < 3; actual++)
            for (int predicted = 0; predicted < 3; predicted++)
                for (int n = 0; n < counts[actual][predicted]; n++) matrix.Add(actual, predicted);
        return matrix;
    }

    [Fact]
    public void Totals_and_class_measures_are_those_worked_by_hand()
    {
        ConfusionMatrix matrix = Example();
        ClassMeasure[] classes = matrix.MeasureClasses();
        Assert.Equal(13, matrix.Total);
        Assert.Equal(8, matrix.Correct);
        Assert.Equal(new ClassMeasure("cat", 4 / 7.0, 4 / 5.0, 2.0 * (4 / 7.0) * (4 / 5.0) / (4 / 7.0 + 4 / 5.0), 5), classes[0]);
        Assert.Equal(1.0, classes[2].Precision);
        Assert.Equal(1 / 3.0, classes[2].Recall);
        Assert.Equal(0.5, classes[2].F1, 12);
    }

    [Fact]
    public void A_class_that_never_occurs_or_is_never_predicted_counts_as_zero()
    {
        var matrix = new ConfusionMatrix(["a", "b", "c"]);
        matrix.Add(0, 0);
        matrix.Add(1, 0);
        ClassMeasure[] classes = matrix.MeasureClasses();
        Assert.Equal(new ClassMeasure("b", 0, 0, 0, 1), classes[1]);
        Assert.Equal(new ClassMeasure("c", 0, 0, 0, 0), classes[2]);
    }

    [Fact]
    public void Text_is_a_table_with_a_row_for_each_class()
    {
        string[] lines = Example().ToString().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal(["cat", "4", "1", "0"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Single(lines.Select(l => l.Length).Distinct());
    }
}
