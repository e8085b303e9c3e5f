using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Architectures;

namespace DLExperiments.Tests.Networks.Architectures;

/// <summary>An architecture with parameters as JSON, an input shape (empty for the published one) and its published number of trained numbers.</summary>
public sealed record ArchitectureCase(string Name, string Settings, string Input, long ParameterCount)
{
    /// <summary>
    /// At least one case for each architecture. The numbers are those of torchvision's documentation and summaries, of the papers, or counted by hand
    /// from the layers in the text beside the case.
    /// </summary>
    public static readonly ArchitectureCase[] All =
    [
        new("Perceptron", "{}", "784", 7_850),
        new("Perceptron", """{ "classes": 1, "activation": { "type": "Sign" } }""", "2", 3),
        new("MLP", """{ "hidden": [100] }""", "784", 79_510),
        new("MLP", """{ "hidden": [64, 128] }""", "1,28,28", 59_850),
        new("MLP", "{}", "784", 669_706),
        new("MLP", """{ "classes": 1 }""", "784", 665_089),
        new("MLP", """{ "classes": 1, "hidden": [100] }""", "8", 1_001),
        new("MLP", """{ "dropout": 0.3 }""", "784", 669_706),
        new("MLP", """{ "hidden": [100, 100, 100], "activation": { "type": "Sigmoid" } }""", "784", 99_710),
        // Two numbers for each of the 300 hidden units.
        new("MLP", """{ "hidden": [100, 100, 100], "norm": "Batch" }""", "784", 99_710 + 600),
        new("MLP", """{ "hidden": [100, 100, 100], "norm": "Layer" }""", "784", 99_710 + 600),
        new("MLP", """{ "hidden": [32, 64, 128, 256, 512] }""", "3,32,32", 278_506),
        new("DQN", "{}", "", 770),
        new("DQN", """{ "hidden": [24, 48] }""", "4", 1_418),
        // 6·25+6, 16·150+16, 400·120+120, 120·84+84, 84·10+10.
        new("LeNet5", "{}", "", 61_706),
        new("LeNet5", """{ "padding": 0, "activation": { "type": "ReLU" } }""", "1,32,32", 61_706),
        new("SimpleCNN", "{}", "", 10_330),
        new("CNN", "{}", "", 390_986),
        new("CNN", """{ "batchNorm": true, "dropout": 0.25 }""", "3,32,32", 391_946),
        new("CNN", """{ "channels": [32, 64, 128], "batchNorm": true }""", "1,28,28", 94_410),
        new("CNN", """{ "weightInitialiser": { "type": "Zeros" } }""", "3,32,32", 390_986),
        new("AlexNet", "{}", "", 61_100_840),
        new("AlexNetSingleStream", "{}", "", 23_981_450),
        new("VGG11", "{}", "", 132_863_336),
        new("VGG13", "{}", "", 133_047_848),
        new("VGG16", "{}", "", 138_357_544),
        new("VGG19", "{}", "", 143_667_240),
        new("VGG11", """{ "batchNorm": true }""", "", 132_868_840),
        new("VGG13", """{ "batchNorm": true }""", "", 133_053_736),
        new("VGG16", """{ "batchNorm": true }""", "", 138_365_992),
        new("VGG19", """{ "batchNorm": true }""", "", 143_678_248),
        new("VGG16", """{ "classes": 10 }""", "", 134_301_514),
        new("VGG16", """{ "classes": 10, "poolSize": 1 }""", "3,32,32", 33_638_218),
        new("GoogLeNet", "{}", "", 6_624_904),
        new("GoogLeNet", """{ "auxiliary": true }""", "", 13_004_888),
        new("InceptionV3", "{}", "", 23_834_568),
        new("InceptionV3", """{ "auxiliary": true }""", "", 27_161_264),
        new("ResNet18", "{}", "", 11_689_512),
        new("ResNet34", "{}", "", 21_797_672),
        new("ResNet50", "{}", "", 25_557_032),
        new("ResNet50", """{ "classes": 10 }""", "", 23_528_522),
        new("ResNet101", "{}", "", 44_549_160),
        new("ResNet152", "{}", "", 60_192_808),
        new("ResNeXt50_32x4d", "{}", "", 25_028_904),
        new("ResNeXt101_32x8d", "{}", "", 88_791_336),
        new("WideResNet50_2", "{}", "", 68_883_240),
        new("WideResNet101_2", "{}", "", 126_886_696),
        new("DenseNet121", "{}", "", 7_978_856),
        new("DenseNet121", """{ "classes": 10 }""", "", 6_964_106),
        new("DenseNet169", "{}", "", 14_149_480),
        new("DenseNet201", "{}", "", 20_013_928),
        new("ConvNeXtTiny", "{}", "", 28_589_128),
        new("ConvNeXtTiny", """{ "classes": 200 }""", "", 27_973_928),
        new("ConvNeXtSmall", "{}", "", 50_223_688),
        new("ConvNeXtSmall", """{ "classes": 200 }""", "", 49_608_488),
        new("ConvNeXtBase", "{}", "", 88_591_464),
        new("ConvNeXtBase", """{ "classes": 200 }""", "", 87_771_464),
        new("ConvNeXtLarge", "{}", "", 197_767_336),
        new("ConvNeXtLarge", """{ "classes": 200 }""", "", 196_537_736),
        new("MobileNetV2", "{}", "", 3_504_872),
        new("YOLOv8nCls", "{}", "", 2_719_288),
        new("YOLOv8nCls", """{ "classes": 2 }""", "3,320,320", 1_440_850),
        new("UNet", "{}", "", 34_515_011),
        new("UNet", """{ "convolutions": 1, "sharedUp": true, "outputActivation": { "type": "Sigmoid" } }""", "3,64,64", 12_540_163),
        new("UNet", """{ "outChannels": 3, "convolutions": 1, "upActivation": true, "upMode": "Nearest", "channelDropout": true, "outputActivation": { "type": "Tanh" } }""", "1,32,32", 18_806_851),
        new("Autoencoder", "{}", "", 3_922),
        new("Autoencoder", """{ "latent": 10 }""", "1,32,32", 21_514),
        new("Autoencoder", """{ "hidden": [128], "latent": 30 }""", "3,32,32", 797_470),
        new("Autoencoder", """{ "hidden": [128], "latent": 30, "encoderActivation": { "type": "ReLU" }, "decoderActivation": { "type": "ReLU" }, "outputActivation": { "type": "Sigmoid" } }""", "3,32,32", 797_470),
        new("ConvAutoencoder", "{}", "", 186_455),
        new("ConvCodeAutoencoder", "{}", "", 85_066),
        new("SkipAutoencoder", "{}", "", 592_163),
        new("SkipAutoencoder", """{ "outChannels": 2 }""", "3,128,176", 591_874),
        new("VAE", "{}", "", 456_965),
        new("VAE", """{ "latent": 10, "sampleInEvaluation": true }""", "", 607_509),
        new("GanGenerator", "{}", "", 6_954_497),
        new("GanGenerator", "{}", "10", 594_689),
        new("GanDiscriminator", "{}", "", 69_825),
        new("GanDiscriminator", """{ "logits": true }""", "", 69_825),
        new("Pix2PixDiscriminator", "{}", "", 5_227_969),
        // The authors' programs print 11.378 M and 2.765 M, and 2.769 M for six input channels.
        new("CycleGanGenerator", "{}", "", 11_378_179),
        new("PatchDiscriminator", "{}", "", 2_764_737),
        new("PatchDiscriminator", """{ "conditionChannels": 3 }""", "", 2_767_809),
        new("TinyUNet", "{}", "", 84_929),
        new("RecurrentRegressor", "{}", "", 1_233),
        // GRU: 3·16·(1+16+2) + 17; simple: 16·(1+16+2) + 17.
        new("RecurrentRegressor", """{ "cell": "GRU" }""", "12,1", 929),
        new("RecurrentRegressor", """{ "cell": "RNN" }""", "5,1", 321),
        new("RecurrentClassifier", "{}", "", 1_720_289),
        new("RecurrentClassifier", """{ "embedding": 0 }""", "80", 67_201),
        new("RecurrentClassifier", """{ "hidden": 50, "depth": 2, "dropout": 0.2 }""", "100", 1_590_851),
        new("RecurrentClassifier", """{ "vocabulary": 10, "embedding": 4, "hidden": 3, "bidirectional": true }""", "7", 40 + (2 * 4 * 3 * 9) + 7),
        new("EmbeddingClassifier", "{}", "", 5_002),
        new("RecurrentGenerator", "{}", "", 132_645),
        new("RecurrentGenerator", """{ "vocabulary": 96, "embedding": 300, "hidden": 256 }""", "100", 624_864),
        new("RecurrentGenerator", """{ "vocabulary": 2001, "embedding": 300, "hidden": 256 }""", "30", 1_685_949),
        // Embedding, two layers of 4·64·64 + 4·64 (attention), 2·64·128 + 64 + 128 (dense) and 4·64 (normalisation), and the last layer.
        new("TransformerClassifier", "{}", "", (5000 * 64) + (2 * (16_640 + 16_576 + 256)) + 130),
        new("TransformerClassifier", """{ "paddingIdx": 0 }""", "", (5000 * 64) + (2 * (16_640 + 16_576 + 256)) + 130),
        new("VisionTransformer", "{}", "", 86_567_656),
        new("VisionTransformer", """{ "classes": 10, "patchSize": 4, "width": 12, "depth": 2, "heads": 3, "feedforward": 24 }""", "3,8,12",
            588 + 12 + (7 * 12) + (2 * ((4 * 144) + 48 + (2 * 288) + 36 + 48)) + 24 + 130),
        // GPT-2, and 50257·768 more where the last layer is not tied to the embedding.
        new("GPT", """{ "vocabulary": 50257, "width": 768, "depth": 12, "heads": 12 }""", "1024", 124_439_808),
        new("GPT", """{ "vocabulary": 50257, "width": 768, "depth": 12, "heads": 12, "tieWeights": false }""", "1024", 163_037_184),
        // nanoGPT's formula: 12·128² + 13·128 a block, 64·128 positions, 65·128 for the symbols, 256.
        new("GPT", """{ "lastStep": true }""", "", (4 * ((12 * 16_384) + (13 * 128))) + 8_192 + 8_320 + 256),
        // The trunk once, however often it is used: 320 + 18,496 + 73,856 + (128·64 + 64); a score of 64 differences.
        new("Siamese", "{}", "", 100_928),
        new("Siamese", """{ "score": true }""", "", 100_928 + 65),
        // The classifier of 10 classes with 128 outputs instead, then heads of 10 and 1.
        new("MultiTask", "{}", "", 390_986 + (257 * 118) + (129 * 11)),
        new("MultiTask", """{ "tasks": [3, 2], "hidden": 8, "trunk": { "type": "MLP", "classes": 4, "hidden": [5] } }""", "6", 35 + 24 + (2 * 40) + (9 * 5)),
    ];

    /// <summary>The network.</summary>
    public NetworkDefinition Build()
    {
        var json = (JsonObject)JsonNode.Parse(Settings)!;
        json["type"] = Name;
        return Catalogue<Architecture>.Default.FromJson(json).Build(Input.Length == 0 ? null : Shape.Parse(Input));
    }
}
