using System.Diagnostics;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Stacking;

namespace DLExperiments.Tests.Training.Stacking;

/// <summary>The measured time of a stack's steps.</summary>
public sealed class StackPaceTests : IClassFixture<TorchFixture>
{
    private static readonly Dataset Data = StackedCase.Data("dense", "MSE");
    private static readonly NetworkDefinition Network = StackedCase.Networks["dense"](3, 0.1);

    [Theory]
    [InlineData(16)]
    [InlineData(0)]
    public void A_step_takes_its_share_of_the_time_and_changes_no_weight(int batchSize)
    {
        StackOffer offer = Offer(batchSize == 0 ? Data.Train!.Count : batchSize);
        WeightSet before = offer.Settings.Weights.Clone();
        long from = Stopwatch.GetTimestamp();
        TimeSpan step = StackPace.Measure(offer, 4, 50, default);
        Assert.InRange(step, TimeSpan.FromTicks(1), Stopwatch.GetElapsedTime(from) / 50);
        foreach ((WeightTensor was, WeightTensor now) in before.Tensors.Zip(offer.Settings.Weights.Tensors)) Assert.Equal(was.Values, now.Values);
    }

    [Fact]
    public void It_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.True(StackPace.Measure(Offer(16), 3, int.MaxValue, stop.Token) > TimeSpan.Zero);
    }

    private static StackOffer Offer(int batchSize)
    {
        Objective objective = new SupervisedObjective().Fit(new ObjectiveRequest { Network = Network, Train = Data.Train! });
        PreparedPiece piece = PreparedPiece.Create(Data.Train!, Preprocessing.None, Network, objective.Inputs(Network), objective.Targets);
        return new StackOffer(EngineChoice.Torch, new EngineSettings(Network, WeightSet.Initialise(Network, 1), objective, new AdamOptimizer(), piece, batchSize, 1, "cpu", 1), null);
    }
}
