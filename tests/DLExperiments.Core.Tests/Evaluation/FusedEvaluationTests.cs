using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Tests.Training.Fused;
using DLExperiments.Training;

namespace DLExperiments.Tests.Evaluation;

/// <summary>Predictions and losses of models without libtorch are those with it.</summary>
public class FusedEvaluationTests : IClassFixture<TorchFixture>
{
    public static TheoryData<string> Layers => [.. FusedCases.Layers.Keys];

    public static TheoryData<string> Losses => [.. FusedCases.Losses.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Outputs_are_those_of_torch(string layer)
    {
        (Dataset data, int outputs) = FusedCases.Data(new CrossEntropyLoss(), "CrossEntropy", rows: 150);
        NetworkDefinition network = FusedCases.Network(FusedCases.Layers[layer], outputs, width: 33);
        using var model = new Model(network, WeightSet.Initialise(network, 3));
        float[] features = new float[150 * 5];
        data.ReadFeature(0, [.. Enumerable.Range(0, 150)], features);
        using var torch = new TorchModelRunner(model);
        string[] output = [network.Outputs[0]];
        using ModelRunner fused = ModelRunner.Of(model, output);
        Assert.IsType<FusedModelRunner>(fused);
        float[] expected = torch.Run([features], 150, output)[0], actual = fused.Run([features], 150, output)[0];
        Assert.Equal(150 * outputs, actual.Length);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6 * Math.Max(1, Math.Abs(expected[i])));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Losses_are_those_of_torch(string name)
    {
        Loss loss = FusedCases.Losses[name];
        (Dataset data, int outputs) = FusedCases.Data(loss, name);
        NetworkDefinition network = FusedCases.Network(FusedCases.Layers["Tanh"], outputs);
        PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, network, loss, data.ClassNames);
        float[] scores = [.. Enumerable.Range(0, piece.Count * outputs).Select(i => (float)Math.Sin(i) * 3)];
        int width = piece.Layout.Width;
        LossMeter managed = LossMeter.Create(loss, piece.Layout, network.OutputShape), torch = new TorchLossMeter(loss, piece.Layout, network.OutputShape);
        Assert.IsType<FusedLossMeter>(managed);
        foreach (LossMeter meter in new[] { managed, torch })
        {
            // In two pieces of different size, whose means must combine.
            meter.Add(scores[..(13 * outputs)], piece.Targets[..(13 * width)], 13);
            meter.Add(scores[(13 * outputs)..], piece.Targets[(13 * width)..], piece.Count - 13);
        }
        Assert.Equal(torch.Loss, managed.Loss, 1e-6);
    }
}
