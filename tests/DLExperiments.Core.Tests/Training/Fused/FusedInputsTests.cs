using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Fused;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>Data that trainings side by side read together.</summary>
public unsafe class FusedInputsTests
{
    // Some pieces of work for each thread, the last one smaller.
    private const int Rows = 2051, Width = 700;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Whoever_reads_everything_is_there_for_each(int readers)
    {
        float[] x = [.. Enumerable.Range(0, Rows * Width).Select(i => (i % 8191) - 4000f)];
        using var inputs = new FusedInputs<float>(Piece(x));
        using var others = new FusedInputs<double>(Piece(x));
        Together(readers, () =>
        {
            inputs.Read();
            others.Read();
            Assert.True(new Span<float>(inputs.Numbers, x.Length).SequenceEqual(x));
            for (int i = 0; i < x.Length; i++) Assert.Equal(x[i], others.Numbers[i]);
        });
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 699)]
    [InlineData(2050, 699)]
    public void The_first_row_with_an_odd_number_is_named_to_all(int row, int column)
    {
        float[] x = new float[Rows * Width];
        x[(row * Width) + column] = float.NaN;
        x[^1] = float.NegativeInfinity;
        using var inputs = new FusedInputs<float>(Piece(x));
        Together(3, () =>
        {
            ExperimentException e = Assert.Throws<ExperimentException>(inputs.Read);
            Assert.Equal("NonFiniteData", e.ErrorId);
            Assert.Contains($"in row {row + 1} of", e.Message);
        });
    }

    private static void Together(int readers, Action read)
    {
        Task[] all = [.. Enumerable.Range(0, readers).Select(_ => Task.Factory.StartNew(read, TaskCreationOptions.LongRunning))];
        Task.WaitAll(all);
    }

    private static PreparedPiece Piece(float[] x)
    {
        Dataset data = Dataset.Create("wide", [new FloatColumn("x", new Shape(Width), x)], [new FloatColumn("y", new Shape(), new float[Rows])]);
        return PreparedPiece.Create(data, Preprocessing.None, TrainingData.Mlp(Width, 1), new MeanSquaredErrorLoss(), null);
    }
}
