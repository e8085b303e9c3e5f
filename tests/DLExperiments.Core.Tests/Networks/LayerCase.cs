using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Networks;

/// <summary>One way to use a layer: its settings as JSON and the shapes of its inputs, without the batch dimension.</summary>
public sealed record LayerCase(string Type, string Settings, params string[] Inputs)
{
    /// <summary>At least one case for every layer of the catalogue; every setting of a layer should appear in one of its cases.</summary>
    public static readonly LayerCase[] All =
    [
        new("Linear", """{ "outFeatures": 3 }""", "5"),
        new("Linear", """{ "outFeatures": 2, "bias": false, "weightInitialiser": { "type": "Normal", "std": 0.5 } }""", "3,4"),
        new("Linear", """{ "outFeatures": 2, "biasInitialiser": { "type": "Ones" } }""", "4"),
        new("Bilinear", """{ "outFeatures": 2 }""", "3", "4"),
        new("Bilinear", """{ "outFeatures": 3, "bias": false }""", "2,3", "2,2"),
        new("Conv1d", """{ "outChannels": 3, "kernelSize": [3] }""", "2,7"),
        new("Conv1d", """{ "outChannels": 4, "kernelSize": [2], "padding": "same", "dilation": [2], "groups": 2, "bias": false }""", "2,6"),
        new("Conv2d", """{ "outChannels": 2, "kernelSize": [3] }""", "2,4,5"),
        new("Conv2d", """{ "outChannels": 4, "kernelSize": [3, 2], "stride": [2, 1], "padding": "1,0", "dilation": [1, 2], "groups": 2 }""", "2,5,4"),
        new("Conv2d", """{ "outChannels": 2, "kernelSize": [4], "padding": "same", "paddingMode": "Reflect" }""", "1,4,4"),
        new("Conv2d", """{ "outChannels": 2, "kernelSize": [3], "padding": "1", "paddingMode": "Replicate" }""", "1,3,4"),
        new("Conv2d", """{ "outChannels": 2, "kernelSize": [3], "padding": "1", "paddingMode": "Circular" }""", "1,3,4"),
        new("Conv3d", """{ "outChannels": 2, "kernelSize": [2], "stride": [1, 2, 1], "padding": "0,1,0" }""", "2,3,3,2"),
        new("ConvTranspose2d", """{ "outChannels": 2, "kernelSize": [3] }""", "2,3,2"),
        new("ConvTranspose1d", """{ "outChannels": 4, "kernelSize": [3], "stride": [3], "padding": [1], "outputPadding": [2], "groups": 2, "dilation": [2] }""", "4,4"),
        new("ConvTranspose3d", """{ "outChannels": 2, "kernelSize": [2, 1, 3], "stride": [1, 2, 1] }""", "2,2,3,2"),
        new("ConvTranspose2d", """{ "outChannels": 4, "kernelSize": [3, 2], "stride": [2, 3], "padding": [1, 0], "outputPadding": [1, 2], "dilation": [2, 1], "groups": 2, "bias": false }""", "2,3,2"),
        new("MaxPool2d", """{ "kernelSize": [2] }""", "2,4,5"),
        new("MaxPool2d", """{ "kernelSize": [3], "stride": [2], "padding": [1], "ceilMode": true }""", "2,4,6"),
        new("MaxPool2d", """{ "kernelSize": [2], "stride": [1], "dilation": [2] }""", "1,4,5"),
        new("MinPool2d", """{ "kernelSize": [2], "stride": [1, 2] }""", "2,4,5"),
        new("MinPool2d", """{ "kernelSize": [2], "stride": [1], "dilation": [2] }""", "1,4,5"),
        new("MinPool1d", """{ "kernelSize": [3], "stride": [2], "padding": [1], "dilation": [2] }""", "2,9"),
        new("MinPool3d", """{ "kernelSize": [2], "dilation": [1, 2, 1] }""", "2,4,5,2"),
        new("MaxPool1d", """{ "kernelSize": [3], "stride": [2], "padding": [1], "dilation": [2] }""", "2,9"),
        new("MaxPool3d", """{ "kernelSize": [2], "dilation": [1, 2, 1] }""", "2,4,5,2"),
        new("AvgPool1d", """{ "kernelSize": [3], "stride": [2], "padding": [1], "ceilMode": true, "countIncludePad": false }""", "2,8"),
        new("AvgPool3d", """{ "kernelSize": [2, 3, 1], "stride": [1, 2, 1], "padding": [1, 0, 0], "countIncludePad": false }""", "2,3,5,2"),
        new("AdaptiveAvgPool1d", """{ "outputSize": [3] }""", "2,7"),
        new("AdaptiveAvgPool3d", """{ "outputSize": [2, 1, 3] }""", "2,3,4,5"),
        new("AdaptiveMaxPool1d", """{ "outputSize": [3] }""", "2,7"),
        new("AdaptiveMaxPool2d", """{ "outputSize": [2, 3] }""", "2,5,4"),
        new("AdaptiveMaxPool3d", """{ "outputSize": [2, 1, 3] }""", "1,3,4,5"),
        new("GlobalAvgPool1d", "{ }", "3,5"),
        new("GlobalMaxPool1d", "{ }", "3,5"),
        new("GlobalAvgPool3d", "{ }", "3,2,3,2"),
        new("GlobalMaxPool3d", "{ }", "3,2,3,2"),
        new("AvgPool2d", """{ "kernelSize": [2] }""", "2,4,5"),
        new("AvgPool2d", """{ "kernelSize": [3], "stride": [2], "padding": [1], "ceilMode": true, "countIncludePad": false }""", "2,4,6"),
        new("AdaptiveAvgPool2d", "{ }", "2,3,5"),
        new("AdaptiveAvgPool2d", """{ "outputSize": [2, 3] }""", "2,3,5"),
        new("GlobalAvgPool2d", "{ }", "3,2,4"),
        new("GlobalMaxPool2d", "{ }", "3,2,4"),
        new("Upsample", """{ "scaleFactor": 2 }""", "2,3,2"),
        new("Upsample", """{ "size": [5, 3], "mode": "Bilinear", "alignCorners": true }""", "2,3,2"),
        new("Upsample", """{ "scaleFactor": 1.7, "mode": "Bicubic" }""", "1,3,4"),
        new("Upsample", """{ "scaleFactor": 2, "mode": "Linear" }""", "2,5"),
        new("Upsample", """{ "size": [3, 2, 4], "mode": "Trilinear", "alignCorners": true }""", "1,2,3,2"),
        new("Flatten", "{ }", "2,3,2"),
        new("Flatten", """{ "startDim": 1, "endDim": -1 }""", "2,3,2"),
        new("Unflatten", """{ "sizes": [2, 3], "dim": 1 }""", "2,6"),
        new("Reshape", """{ "shape": [2, 3] }""", "6"),
        new("Dropout", """{ "p": 0.4 }""", "12"),
        new("Dropout2d", """{ "p": 0.3 }""", "6,2,2"),
        new("AlphaDropout", """{ "p": 0.3 }""", "12"),
        new("BatchNorm1d", "{ }", "3"),
        new("BatchNorm1d", """{ "eps": 0.001, "momentum": 0.3, "affine": false, "trackRunningStats": false }""", "3,2"),
        new("BatchNorm2d", "{ }", "2,2,3"),
        new("InstanceNorm2d", "{ }", "2,3,3"),
        new("InstanceNorm2d", """{ "affine": true, "trackRunningStats": true, "momentum": 0.2, "eps": 0.001 }""", "2,3,3"),
        new("BatchNorm3d", "{ }", "2,2,3,2"),
        new("InstanceNorm1d", "{ }", "3,5"),
        new("InstanceNorm3d", """{ "affine": true }""", "2,2,3,2"),
        new("LayerNorm", "{ }", "2,4"),
        new("LayerNorm", """{ "normalizedShape": [2, 4], "eps": 0.01, "bias": false }""", "3,2,4"),
        new("LayerNorm", """{ "elementwiseAffine": false }""", "5"),
        new("GroupNorm", """{ "numGroups": 2, "eps": 0.001 }""", "4,3"),
        new("GroupNorm", """{ "numGroups": 1, "affine": false }""", "4"),
        new("ReLU", "{ }", "7"),
        new("LeakyReLU", """{ "negativeSlope": 0.3 }""", "7"),
        new("Sigmoid", "{ }", "7"),
        new("Tanh", "{ }", "7"),
        new("Softmax", "{ }", "5"),
        new("Softmax", """{ "dim": 0 }""", "3,2,2"),
        new("LogSoftmax", """{ "dim": -2 }""", "3,2"),
        new("GELU", "{ }", "7"),
        new("GELU", """{ "tanhApproximation": true }""", "7"),
        new("SiLU", "{ }", "7"),
        new("ELU", """{ "alpha": 0.7 }""", "7"),
        new("SELU", "{ }", "7"),
        new("Softplus", """{ "beta": 2, "threshold": 3 }""", "7"),
        new("Hardswish", "{ }", "7"),
        new("Mish", "{ }", "7"),
        new("PReLU", """{ "init": 0.1 }""", "7"),
        new("PReLU", """{ "numParameters": 3 }""", "3,2"),
        new("Identity", "{ }", "7"),
        new("Sign", "{ }", "7"),
        new("Add", "{ }", "3,2", "3,2", "1,2"),
        new("Multiply", "{ }", "3,2", "3,1"),
        new("Average", "{ }", "3,2", "3,2", "3,2"),
        new("Concat", "{ }", "3,2", "1,2"),
        new("Concat", """{ "dim": -1 }""", "3,2", "3,4"),
        new("ReLU6", "{ }", "7"),
        new("Scale", """{ "init": 0.3 }""", "3,2,2"),
        new("Scale", """{ "dim": -1 }""", "2,3"),
        new("LayerNorm2d", """{ "eps": 0.001 }""", "3,2,2"),
        new("Permute", """{ "dims": [1, 2, 0] }""", "2,3,4"),
        new("Slice", """{ "start": 1, "length": 2 }""", "4,2"),
        new("Slice", """{ "start": -1, "dim": 1, "squeeze": true }""", "2,3"),
        new("DropPath", """{ "p": 0.4 }""", "2,3"),
        new("SinusoidalTimeEncoding", """{ "dim": 6, "maxPeriod": 100 }""", "1"),
        new("GaussianSample", """{ "sampleInEvaluation": true }""", "3,2", "3,2"),
        new("Mean", """{ "dim": 1 }""", "2,3"),
        new("Mean", "{ }", "4,3", "4"),
        new("PaddingMask", """{ "paddingIdx": 2 }""", "4"),
        new("AbsoluteDifference", "{ }", "3,2", "3,2"),
        new("RNN", """{ "hiddenSize": 3 }""", "4,2"),
        new("RNN", """{ "hiddenSize": 2, "numLayers": 2, "nonlinearity": "ReLU", "bias": false, "steps": "All" }""", "3,2"),
        new("LSTM", """{ "hiddenSize": 3 }""", "4,2"),
        new("LSTM", """{ "hiddenSize": 2, "numLayers": 3, "bidirectional": true, "dropout": 0.3, "steps": "All" }""", "3,2"),
        new("LSTM", """{ "hiddenSize": 2, "numLayers": 2, "bidirectional": true, "bias": false }""", "3,2"),
        new("GRU", """{ "hiddenSize": 3 }""", "4,2"),
        new("GRU", """{ "hiddenSize": 2, "numLayers": 2, "bidirectional": true, "bias": false, "steps": "All" }""", "3,2"),
        new("MultiheadAttention", """{ "numHeads": 2, "dropout": 0.3, "causal": true }""", "3,4"),
        new("MultiheadAttention", """{ "numHeads": 1, "bias": false }""", "3,2", "4,2"),
        new("MultiheadAttention", """{ "numHeads": 2 }""", "3,2", "4,2", "4,2"),
        new("MultiheadAttention", """{ "numHeads": 2 }""", "3,4", "3"),
        new("MultiheadAttention", """{ "numHeads": 1 }""", "2,2", "4,2", "4"),
        new("TransformerEncoderLayer", """{ "numHeads": 2, "dimFeedforward": 3, "nonlinearity": "GELU" }""", "3,4", "3"),
        new("TransformerDecoderLayer", """{ "numHeads": 2, "dimFeedforward": 3, "nonlinearity": "GELU" }""", "3,4", "3,4", "3", "3"),
        new("TransformerEncoderLayer", """{ "numHeads": 2, "dimFeedforward": 3, "layerNormEps": 0.001, "nonlinearity": "GELU" }""", "3,4"),
        new("TransformerEncoderLayer", """{ "numHeads": 1, "dimFeedforward": 3, "dropout": 0, "normFirst": true, "causal": true, "nonlinearity": "GELU" }""", "3,4"),
        new("TransformerDecoderLayer", """{ "numHeads": 2, "dimFeedforward": 3, "nonlinearity": "GELU", "causal": true }""", "3,4", "2,4"),
        new("PositionalEncoding", """{ "maxPeriod": 100 }""", "3,5"),
        new("PositionEmbedding", """{ "std": 0.1 }""", "3,2"),
        new("ClassToken", "{ }", "3,2"),
        new("RMSNorm", """{ "eps": 0.001 }""", "3,4"),
        new("RMSNorm", """{ "elementwiseAffine": false }""", "4"),
        new("Embedding", """{ "numEmbeddings": 6, "embeddingDim": 2, "paddingIdx": 5 }""", "5"),
        new("Embedding", """{ "numEmbeddings": 6, "embeddingDim": 2, "weightInitialiser": { "type": "Normal", "std": 0.2 } }""", "5"),
    ];

    /// <summary>The places of all cases, as theory data with a readable name.</summary>
    public static TheoryData<int, string> Places
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < All.Length; i++) data.Add(i, $"{All[i].Type} {All[i].Settings} {string.Join(" ", All[i].Inputs)}");
            return data;
        }
    }

    /// <summary>The shapes of the inputs.</summary>
    public IReadOnlyList<Shape> Shapes => [.. Inputs.Select(Shape.Parse)];

    /// <summary>The layer.</summary>
    public Layer MakeLayer()
    {
        var json = (JsonObject)JsonNode.Parse(Settings)!;
        json["type"] = Type;
        return Catalogue<Layer>.Default.FromJson(json);
    }

    /// <summary>A network of the inputs and this layer alone, named "it".</summary>
    public NetworkDefinition MakeNetwork()
    {
        NetworkInput[] inputs = [.. Shapes.Select((s, i) => new NetworkInput($"in{i}", s))];
        return NetworkDefinition.Create(inputs).Add(MakeLayer(), "it", [.. inputs.Select(i => i.Name)]);
    }

    /// <summary>
    /// A batch for an input: distinct values, none within 4 / n of each other or 2 / n of zero, so that a finite difference meets no kink; for
    /// Embedding, indices below its padding index.
    /// </summary>
    public double[] MakeValues(int input, int batch)
    {
        int count = batch * Shapes[input].ElementCount;
        int[] order = new DLExperiments.Randomness.RandomStream(17, DLExperiments.Randomness.RandomPurpose.User, input).NextPermutation(count);
        return Type == "Embedding"
            ? [.. order.Select(i => (double)(i % 5))]
            : [.. order.Select(i => (i - (count / 2) + 0.5) * 4.0 / count)];
    }
}
