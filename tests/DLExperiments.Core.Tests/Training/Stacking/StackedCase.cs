using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using DLExperiments.Training.Optimizers;
using static DLExperiments.Tests.Training.TrainingData;

namespace DLExperiments.Tests.Training.Stacking;

/// <summary>Networks with every layer of a stack, losses of every way of computing, optimizers whose numbers differ from one training to the next.</summary>
internal static class StackedCase
{
    internal static readonly Dictionary<string, Func<int, double, NetworkDefinition>> Networks = new()
    {
        ["dense"] = (outputs, p) => NetworkDefinition.Create(new Shape(5)).Add(new LinearLayer { OutFeatures = 12 }).Add(new BatchNorm1dLayer()).Add(new ELULayer())
            .Add(new DropoutLayer { P = p }).Add(new LinearLayer { OutFeatures = 9, Bias = false }).Add(new LayerNormLayer()).Add(new MishLayer())
            .Add(new LayerNormLayer { Bias = false }).Add(new LinearLayer { OutFeatures = outputs }),
        ["images"] = (outputs, p) => NetworkDefinition.Create(new Shape(2, 9, 8)).Add(new Conv2dLayer { OutChannels = 4, KernelSize = [3], Padding = new(1) }).Add(new ReLULayer())
            .Add(new MaxPool2dLayer { KernelSize = [2] }).Add(new DropoutLayer { P = p }).Add(new Conv2dLayer { OutChannels = 6, KernelSize = [3, 2], Groups = 2, Bias = false, PaddingMode = PaddingMode.Reflect, Padding = new(1) })
            .Add(new BatchNorm2dLayer()).Add(new TanhLayer()).Add(new AvgPool2dLayer { KernelSize = [2] }).Add(new AdaptiveMaxPool2dLayer { OutputSize = [2, 1] })
            .Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = outputs }),
        ["signals"] = (outputs, p) => NetworkDefinition.Create(new Shape(3, 16)).Add(new Conv1dLayer { OutChannels = 5, KernelSize = [3], Stride = [2] }).Add(new BatchNorm1dLayer { Affine = false }).Add(new SiLULayer())
            .Add(new DropoutLayer { P = p }).Add(new MaxPool1dLayer { KernelSize = [2] }).Add(new GlobalAvgPool1dLayer()).Add(new SELULayer()).Add(new LinearLayer { OutFeatures = outputs }),
    };

    internal static readonly Dictionary<string, (int Outputs, Func<Loss> Make)> Losses = new()
    {
        ["CrossEntropy"] = (4, () => new CrossEntropyLoss()),
        ["smoothed"] = (4, () => new CrossEntropyLoss { LabelSmoothing = 0.1, ClassWeights = [1, 2, 1, 3] }),
        ["BCEWithLogits"] = (1, () => new BinaryCrossEntropyWithLogitsLoss { PositiveWeight = 2 }),
        ["MSE"] = (3, () => new MeanSquaredErrorLoss()),
        ["Huber of rows"] = (3, () => new HuberLoss { Reduction = LossReduction.BatchMean }),
    };

    // ε is large enough that rounding of tiny gradients is not blown up to whole steps.
    internal static readonly Dictionary<string, Func<int, Optimizer>> Optimizers = new()
    {
        ["SGD"] = k => new SgdOptimizer { WeightDecay = 0.01 * k },
        ["momentum"] = k => new SgdOptimizer { Momentum = 0.5 + (0.2 * k), Dampening = 0.1 * k, WeightDecay = 0.01 },
        ["Nesterov"] = k => new SgdOptimizer { Momentum = 0.5 + (0.2 * k), Nesterov = true },
        ["Adam"] = k => new AdamOptimizer { Beta1 = 0.8 + (0.05 * k), Beta2 = 0.99 + (0.003 * k), Eps = 1e-3 * (1 + k), WeightDecay = 0.02 * k },
        ["AdamW"] = k => new AdamWOptimizer { WeightDecay = 0.05 * k, Eps = 1e-3 },
        ["AMSGrad"] = _ => new AdamOptimizer { AmsGrad = true, Eps = 1e-3 },
    };

    /// <summary>44 rows to train on, which batches of 16 do not divide, and 23 to validate on.</summary>
    internal static Dataset Data(string network, string loss)
    {
        Shape shape = Networks[network](1, 0).InputShape;
        var random = new RandomStream(7, RandomPurpose.Synthesis);
        const int Rows = 67;
        float[] x = new float[Rows * shape.ElementCount];
        for (int i = 0; i < x.Length; i++) x[i] = (float)random.NextNormal();
        float Feature(int row, int place) => x[(row * shape.ElementCount) + place];
        DataColumn target = loss switch
        {
            "CrossEntropy" or "smoothed" => new ClassColumn("y", [.. Enumerable.Range(0, Rows).Select(r => (Feature(r, 0) > 0 ? 1 : 0) + (Feature(r, 1) > 0 ? 2 : 0))], ["a", "b", "c", "d"]),
            "BCEWithLogits" => new ClassColumn("y", [.. Enumerable.Range(0, Rows).Select(r => Feature(r, 0) > 0 ? 1 : 0)], ["no", "yes"]),
            _ => new FloatColumn("y", new Shape(3), [.. Enumerable.Range(0, Rows).SelectMany(r => new[] { Feature(r, 0), Feature(r, 1) * Feature(r, 2), 1 })]),
        };
        return Cut(Dataset.Create("cases", [new FloatColumn("x", shape, x)], [target]), 44);
    }
}
