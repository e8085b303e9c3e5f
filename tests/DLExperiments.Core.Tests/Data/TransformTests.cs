using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class TransformTests
{
    private const float NaN = float.NaN;

    // Mean 5 and population deviation 2 by hand: squares of the distances sum to 32, 32 / 8 = 4.
    private static readonly float[] Eight = [2, 4, 4, 4, 5, 5, 7, 9];

    [Fact]
    public void StandardizeUsesMeanAndPopulationDeviation()
    {
        var fitted = (Standardize)Fit(new Standardize(), new Shape(1), Eight);
        Assert.Equal([5.0], fitted.Mean);
        Assert.Equal([2.0], fitted.Deviation);
        Assert.Equal([-1.5f, -0.5f, -0.5f, -0.5f, 0, 0, 1, 2], Apply(fitted, new Shape(1), Eight));
    }

    [Fact]
    public void StandardizeTreatsEachNumberByItself()
    {
        var fitted = (Standardize)Fit(new Standardize(), new Shape(2), [1, 10, 3, 30]);
        Assert.Equal([2.0, 20.0], fitted.Mean);
        Assert.Equal([1.0, 10.0], fitted.Deviation);
    }

    [Fact]
    public void StandardizePerChannelPoolsThePixelsOfAChannel()
    {
        // Two images of two channels of 1 x 2 pixels; channel 0 holds 1,3,5,7 (mean 4, variance 5), channel 1 holds 10 four times.
        float[] images = [1, 3, 10, 10, 5, 7, 10, 10];
        var fitted = (Standardize)Fit(new Standardize { PerChannel = true }, new Shape(2, 1, 2), images);
        Assert.Equal([4.0, 10.0], fitted.Mean);
        Assert.Equal(Math.Sqrt(5), fitted.Deviation[0], 12);
        Assert.Equal(1.0, fitted.Deviation[1]);
        Assert.Equal([0f, 0f], Apply(fitted, new Shape(2, 1, 2), images)[2..4]);
    }

    [Fact]
    public void MissingValuesNeitherCountNorChange()
    {
        float[] values = [2, NaN, 4, 4, NaN, 4, 5, 5, 7, 9];
        var fitted = (Standardize)Fit(new Standardize(), new Shape(1), values);
        Assert.Equal([5.0], fitted.Mean);
        Assert.Equal([2.0], fitted.Deviation);
        Assert.True(float.IsNaN(Apply(fitted, new Shape(1), values)[1]));
        var range = (MinMax)Fit(new MinMax(), new Shape(1), values);
        Assert.Equal([2.0], range.Minimum);
        Assert.Equal([9.0], range.Maximum);
    }

    [Fact]
    public void AConstantIsOnlyShifted() => Assert.Equal([0f, 0f, 1f], Apply(Fit(new Standardize(), new Shape(1), [3, 3, 3]), new Shape(1), [3, 3, 4]));

    [Fact]
    public void StandardizeIsStableFarFromZero()
    {
        // 16,777,216 is where float32 still tells neighbours by 2 apart; the variance of 0,2,4 is 8/3.
        var fitted = (Standardize)Fit(new Standardize(), new Shape(1), [16777216, 16777218, 16777220]);
        Assert.Equal(16777218.0, fitted.Mean[0]);
        Assert.Equal(Math.Sqrt(8.0 / 3), fitted.Deviation[0], 9);
    }

    [Fact]
    public void MinMaxMapsTheTrainingRange()
    {
        Transform fitted = Fit(new MinMax { Lower = -1, Upper = 1 }, new Shape(1), [2, 6, 10]);
        Assert.Equal([-1f, 0f, 1f, 1.5f], Apply(fitted, new Shape(1), [2, 6, 10, 12]));
        Assert.Equal([0f, 0f], Apply(Fit(new MinMax(), new Shape(1), [7, 7]), new Shape(1), [7, 7]));
    }

    [Fact]
    public void OnlyLeavesTheOtherNumbersAlone()
    {
        float[] rows = [1, 5, 3, 5];
        Assert.Equal([-1f, 5, 1, 5], Apply(Fit(new Standardize { Only = [0] }, new Shape(2), rows), new Shape(2), rows));
        Assert.Equal([0f, 5, 1, 5], Apply(Fit(new MinMax { Only = [0] }, new Shape(2), rows), new Shape(2), rows));
        float[] gaps = [NaN, NaN, 4, 8];
        float[] filled = Apply(Fit(new Impute { Only = [0] }, new Shape(2), gaps), new Shape(2), gaps);
        Assert.Equal(4, filled[0]);
        Assert.True(float.IsNaN(filled[1]));
    }

    [Theory]
    [InlineData(ImputeStrategy.Mean, 3.2)]
    [InlineData(ImputeStrategy.Median, 2)]
    [InlineData(ImputeStrategy.MostFrequent, 2)]
    [InlineData(ImputeStrategy.Constant, -1)]
    public void ImputeFillsIn(ImputeStrategy strategy, double expected)
    {
        // 1, 2, 2, 5, 6: mean 16/5, median 2, mode 2.
        float[] values = [5, 2, NaN, 1, 6, 2];
        Transform fitted = Fit(new Impute { Strategy = strategy, Constant = -1 }, new Shape(1), values);
        Assert.Equal([5, 2, (float)expected, 1, 6, 2], Apply(fitted, new Shape(1), values));
    }

    [Fact]
    public void TheMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() =>
        Assert.Equal([2.5], ((Impute)Fit(new Impute { Strategy = ImputeStrategy.Median }, new Shape(1), [4, 1, 2, 3, NaN])).Values);

    [Fact]
    public void ImputeCategoryTakesTheMostFrequentOne()
    {
        // A one-hot of three, then an index: one-hot 1 occurs twice, index 2 twice.
        float[] rows = [0, 1, 0, 2, 0, 1, 0, 0, 1, 0, 0, 2, NaN, NaN, NaN, NaN];
        Transform fitted = Fit(new ImputeCategory { Starts = [0, 3], Widths = [3, 1] }, new Shape(4), rows);
        Assert.Equal([0f, 1, 0, 2], Apply(fitted, new Shape(4), rows)[12..]);
    }

    [Fact]
    public void FittingSeesTheTrainingPartAloneAndTheStepsBefore()
    {
        var data = Dataset.Create("t", [new FloatColumn("x", new Shape(1), [NaN, 2, 4, 1000])], [], transforms: [new Impute(), new Standardize()]);
        Dataset train = data.Select("train", [0, 1, 2]);
        Preprocessing fitted = Preprocessing.Fit(train);
        Assert.Equal([3.0], ((Impute)fitted.Transforms[0]).Values);
        // After the fill the training values are 3, 2, 4: mean 3, variance 2/3.
        Assert.Equal([3.0], ((Standardize)fitted.Transforms[1]).Mean);
        Assert.Equal(Math.Sqrt(2.0 / 3), ((Standardize)fitted.Transforms[1]).Deviation[0], 12);
    }

    [Fact]
    public void FittedStepsSurviveJsonToTheLastBit()
    {
        float[] rows = [1, NaN, 0.1f, 7, 5, 0.3f, 11, 6, 0.7f];
        foreach (Transform step in new Transform[]
            { new Standardize { Only = [0, 2] }, new MinMax { Upper = 2 }, new Impute { Strategy = ImputeStrategy.Median }, new ImputeCategory { Starts = [1], Widths = [1] } })
        {
            Transform fitted = Fit(step, new Shape(3), rows);
            var read = (Transform)Catalogue<DataStep>.Default.FromJson(Catalogue<DataStep>.Default.ToJson(fitted));
            Assert.True(read.IsFitted);
            Assert.Equal(Apply(fitted, new Shape(3), rows), Apply(read, new Shape(3), rows));
        }
    }

    [Fact]
    public void ScalingCanBeTakenBack()
    {
        float[] rows = [1, 2, 5, 7, 11, 6];
        foreach (Transform step in new Transform[] { new Standardize(), new MinMax { Lower = -3 } })
        {
            Transform fitted = Fit(step, new Shape(2), rows);
            float[] values = Apply(fitted, new Shape(2), rows);
            Assert.True(fitted.Invert(values, new Shape(2)));
            for (int i = 0; i < rows.Length; i++) Assert.Equal(rows[i], values[i], 5);
        }
    }

    [Fact]
    public void BadUseIsNamed()
    {
        Assert.Equal("TransformNotFitted", Assert.Throws<ExperimentException>(() => new Standardize().Apply(new float[1], new Shape(1))).ErrorId);
        Assert.Equal("NothingToImpute", Assert.Throws<ExperimentException>(() => Fit(new Impute(), new Shape(1), [NaN, NaN])).ErrorId);
        Assert.Equal("TransformShapeMismatch", Assert.Throws<ExperimentException>(
            () => new Standardize { Mean = [1, 2], Deviation = [1, 1] }.Apply(new float[3], new Shape(3))).ErrorId);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => Fit(new Standardize { Only = [3] }, new Shape(2), [1, 2])).ErrorId);
    }

    [Fact]
    public void GivenStatisticsAreUsedAsTheyAre()
    {
        var mnist = new Standardize { Mean = [0.5], Deviation = [0.25] };
        Assert.Same(mnist, Fit(mnist, new Shape(1, 1, 2), [0, 1]));
        Assert.Equal([-2f, 2f], Apply(mnist, new Shape(1, 1, 2), [0, 1]));
    }

    private static Transform Fit(Transform step, Shape shape, float[] rows)
    {
        var column = new FloatColumn("x", shape, rows);
        return step.Fit(new FeatureReader(column, [.. Enumerable.Range(0, column.Count)], []));
    }

    private static float[] Apply(Transform step, Shape shape, float[] rows)
    {
        float[] copy = [.. rows];
        step.Apply(copy, shape);
        return copy;
    }
}
