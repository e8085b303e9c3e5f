using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>The layers, losses and optimizers that the fused engine takes, in every setting that changes what is computed.</summary>
internal static class FusedCases
{
    internal static readonly IReadOnlyDictionary<string, Layer> Layers = new Dictionary<string, Layer>
    {
        ["Linear"] = new LinearLayer { OutFeatures = 6 },
        ["LinearNoBias"] = new LinearLayer { OutFeatures = 17, Bias = false },
        ["Identity"] = new IdentityLayer(),
        ["Flatten"] = new FlattenLayer(),
        ["ReLU"] = new ReLULayer(),
        ["LeakyReLU"] = new LeakyReLULayer { NegativeSlope = 0.1 },
        ["Tanh"] = new TanhLayer(),
        ["Sigmoid"] = new SigmoidLayer(),
        ["GELU"] = new GELULayer(),
        ["GELUTanh"] = new GELULayer { TanhApproximation = true },
        ["SiLU"] = new SiLULayer(),
        ["Softplus"] = new SoftplusLayer { Beta = 2, Threshold = 1.5 },
        ["Dropout"] = new DropoutLayer { P = 0.3 },
        ["BatchNorm1d"] = new BatchNorm1dLayer(),
        ["BatchNorm1dPlain"] = new BatchNorm1dLayer { Affine = false, Momentum = 0.3 },
        ["LayerNorm"] = new LayerNormLayer(),
        ["LayerNormNoBias"] = new LayerNormLayer { Bias = false },
        ["LayerNormPlain"] = new LayerNormLayer { ElementwiseAffine = false },
    };

    internal static readonly IReadOnlyDictionary<string, Loss> Losses = new Dictionary<string, Loss>
    {
        ["CrossEntropy"] = new CrossEntropyLoss(),
        ["CrossEntropyWeighted"] = new CrossEntropyLoss { ClassWeights = [1, 3, 0.5], LabelSmoothing = 0.1 },
        ["CrossEntropySoft"] = new CrossEntropyLoss { ClassWeights = [1, 2, 0.5], LabelSmoothing = 0.2 },
        ["CrossEntropySum"] = new CrossEntropyLoss { Reduction = LossReduction.Sum },
        ["CrossEntropyWeightedSum"] = new CrossEntropyLoss { ClassWeights = [1, 3, 0.5], LabelSmoothing = 0.1, Reduction = LossReduction.Sum },
        ["CrossEntropyWeightedBatchMean"] = new CrossEntropyLoss { ClassWeights = [1, 3, 0.5], Reduction = LossReduction.BatchMean },
        ["MSESum"] = new MeanSquaredErrorLoss { Reduction = LossReduction.Sum },
        ["MSEBatchMean"] = new MeanSquaredErrorLoss { Reduction = LossReduction.BatchMean },
        ["HuberSum"] = new HuberLoss { Delta = 0.7, Reduction = LossReduction.Sum },
        ["BCEWithLogits"] = new BinaryCrossEntropyWithLogitsLoss { PositiveWeight = 2 },
        ["MSE"] = new MeanSquaredErrorLoss(),
        ["MAE"] = new MeanAbsoluteErrorLoss(),
        ["Huber"] = new HuberLoss { Delta = 0.7 },
        ["SmoothL1"] = new SmoothL1Loss { Beta = 0.5 },
        ["Logistic"] = new LogisticLoss(),
        ["Hinge"] = new HingeLoss(),
    };

    internal static readonly IReadOnlyDictionary<string, Optimizer> Optimizers = new Dictionary<string, Optimizer>
    {
        ["SGD"] = new SgdOptimizer { LearningRate = 0.01, WeightDecay = 0.01 },
        ["SGDMomentum"] = new SgdOptimizer { LearningRate = 0.005, Momentum = 0.9, Dampening = 0.3 },
        ["SGDNesterov"] = new SgdOptimizer { LearningRate = 0.002, Momentum = 0.9, Nesterov = true, WeightDecay = 0.01 },
        ["SGDNormalised"] = new SgdOptimizer { LearningRate = 0.01, NormaliseGradient = true, WeightDecay = 0.1 },
        ["SGDNormalisedNesterov"] = new SgdOptimizer { LearningRate = 0.002, NormaliseGradient = true, Momentum = 0.9, Nesterov = true, WeightDecay = 0.1 },
        ["Adagrad"] = new AdagradOptimizer { LearningRateDecay = 0.01, InitialAccumulator = 0.1 },
        ["RMSprop"] = new RmsPropOptimizer { LearningRate = 1e-3, Eps = 1e-3 },
        ["RMSpropMomentum"] = new RmsPropOptimizer { LearningRate = 2e-4, Eps = 1e-3, Momentum = 0.8, WeightDecay = 0.01 },
        ["RMSpropCentered"] = new RmsPropOptimizer { LearningRate = 1e-3, Eps = 1e-2, Centered = true },
        ["RMSpropCenteredMomentum"] = new RmsPropOptimizer { LearningRate = 2e-4, Eps = 1e-2, Centered = true, Momentum = 0.8 },
        ["Adadelta"] = new AdadeltaOptimizer { LearningRate = 0.1, Eps = 1e-4, WeightDecay = 0.01 },
        ["Adam"] = new AdamOptimizer { Eps = 1e-3, WeightDecay = 0.01 },
        ["AdamAmsGrad"] = new AdamOptimizer { Eps = 1e-3, AmsGrad = true },
        ["AdamW"] = new AdamWOptimizer { Eps = 1e-3, WeightDecay = 0.1 },
    };

    /// <summary>A network with the layer between two linear ones, and one more behind it, so that gradients pass through it.</summary>
    internal static NetworkDefinition Network(Layer layer, int outputs, int inputs = 5, int width = 7) => NetworkDefinition.Create(new Shape(inputs))
        .Add(new LinearLayer { OutFeatures = width }).Add(layer).Add(new TanhLayer()).Add(new LinearLayer { OutFeatures = outputs });

    /// <summary>Rows of five numbers with targets that suit a loss and can be learnt.</summary>
    internal static (Dataset Data, int Outputs) Data(Loss loss, string name, int rows = 40, int inputs = 5)
    {
        var random = new RandomStream(7, RandomPurpose.Synthesis);
        float[] x = new float[rows * inputs];
        for (int i = 0; i < x.Length; i++) x[i] = (float)random.NextNormal();
        float Score(int row, int output) => x[row * inputs + output] + 0.5f * x[row * inputs + 3] * x[row * inputs + 4];
        int[] classes = [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, 3).MaxBy(c => Score(r, c)))];
        DataColumn target = (loss, name) switch
        {
            (_, "CrossEntropySoft") => new FloatColumn("y", new Shape(3),
                [.. classes.SelectMany(c => Enumerable.Range(0, 3).Select(k => k == c ? 0.8f : 0.1f))]),
            (ClassLoss, _) => new ClassColumn("y", classes, ["a", "b", "c"]),
            (SignLoss, _) => new FloatColumn("y", new Shape(2), [.. Enumerable.Range(0, 2 * rows).Select(i => Score(i / 2, i % 2) > 0 ? 1f : -1f)]),
            (BinaryLoss, _) => new FloatColumn("y", new Shape(2), [.. Enumerable.Range(0, 2 * rows).Select(i => Score(i / 2, i % 2) > 0 ? 1f : 0.25f)]),
            _ => new FloatColumn("y", new Shape(2), [.. Enumerable.Range(0, 2 * rows).Select(i => Score(i / 2, i % 2))]),
        };
        return (Dataset.Create("case", [new FloatColumn("x", new Shape(inputs), x)], [target]), loss is ClassLoss ? 3 : 2);
    }
}
