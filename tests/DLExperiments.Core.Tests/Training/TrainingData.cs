using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;

namespace DLExperiments.Tests.Training;

/// <summary>Small networks and data sets for the tests here.</summary>
internal static class TrainingData
{
    internal static Dataset Numbers(string name, float[][] x, float[][] y) => Dataset.Create(name,
        [new FloatColumn("x", new Shape(x[0].Length), [.. x.SelectMany(r => r)])],
        [new FloatColumn("y", y[0].Length == 1 ? new Shape() : new Shape(y[0].Length), [.. y.SelectMany(r => r)])]);

    /// <summary>Clouds of points around the corners of a square: two features, as many classes as asked for (up to four).</summary>
    internal static Dataset Clouds(int rows, int classes, long seed = 1)
    {
        var random = new RandomStream(seed, RandomPurpose.Synthesis);
        float[] x = new float[rows * 2];
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            codes[i] = i % classes;
            x[2 * i] = (codes[i] & 1) * 3 + (float)random.NextNormal();
            x[2 * i + 1] = (codes[i] >> 1) * 3 + (float)random.NextNormal();
        }
        return Dataset.Create("clouds", [new FloatColumn("x", new Shape(2), x)],
            [new ClassColumn("class", codes, [.. "ABCD".Take(classes).Select(c => c.ToString())])]);
    }

    /// <summary>A data set cut in two: the first rows to train on, the rest to validate on.</summary>
    internal static Dataset Cut(Dataset data, int train)
    {
        Dataset rest = data.Select("validation", Enumerable.Range(train, data.Count - train));
        return data.WithPieces(data.Select("train", Enumerable.Range(0, train)), rest, rest);
    }

    internal static NetworkDefinition Mlp(int inputs, int outputs, params int[] hidden)
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(inputs));
        foreach (int width in hidden) network = network.Add(new LinearLayer { OutFeatures = width }).Add(new TanhLayer());
        return network.Add(new LinearLayer { OutFeatures = outputs });
    }
}
