using System.Collections.Specialized;
using System.Globalization;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Evaluation;

/// <summary>Reads a network's outputs as classes with probabilities, or as numbers: as the loss it was trained with means them.</summary>
internal sealed class OutputReader
{
    private readonly OutputReading reading;

    internal OutputReader(ModelOutput output, Shape shape, Loss? loss)
    {
        Width = shape.ElementCount;
        reading = loss?.Reading ?? Guess(output.ClassNames, Width);
        bool binary = IsBinary;
        int classes = binary ? 2 : Width;
        // Several yes/no answers a row (or a class for each pixel) are not one choice: their outputs stay numbers.
        IsClassifier = reading != OutputReading.Identity && (binary ? Width == 1 : shape.Count == 1);
        ClassNames = output.ClassNames is { } names && names.Count == classes
            ? names
            : reading == OutputReading.Sign ? ["-1", "1"]
            : [.. Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>How many numbers a row has.</summary>
    internal int Width { get; }

    internal IReadOnlyList<string> ClassNames { get; }

    internal bool IsClassifier { get; }

    private bool IsBinary => reading is OutputReading.Sigmoid or OutputReading.Probability or OutputReading.Sign;

    /// <summary>The class of one row; the first of equals.</summary>
    internal int Class(ReadOnlySpan<float> outputs)
    {
        if (IsBinary) return outputs[0] > (reading == OutputReading.Probability ? 0.5f : 0) ? 1 : 0;
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
            if (outputs[i] > outputs[best]) best = i;
        return best;
    }

    /// <summary>The class that a target stands for when it is not an index: 1, 0 or -1 for one output, else the largest soft target.</summary>
    internal int ClassOfTarget(ReadOnlySpan<float> target) =>
        reading is OutputReading.Sigmoid or OutputReading.Probability ? (target[0] > 0.5f ? 1 : 0) : Class(target);

    /// <summary>The probability of every class of one row; null when the outputs are scores that have none.</summary>
    internal double[]? Probabilities(ReadOnlySpan<float> outputs) => reading switch
    {
        OutputReading.Sigmoid => Pair(1 / (1 + Math.Exp(-outputs[0]))),
        OutputReading.Probability => Pair(outputs[0]),
        OutputReading.Sign => null,
        _ => Softmax(outputs), // of log-probabilities it is exp, since they sum to one
    };

    /// <summary>A row's own target in the model's terms: the index of its class by name, or the number; null when the model does not know the class.</summary>
    internal float? Match(float value, IReadOnlyList<string>? classNames)
    {
        if (!IsClassifier) return value;
        // Losses of signs take -1 and 1, and 0 for -1.
        int index = classNames is not null ? ClassNames.ToList().IndexOf(classNames[(int)value])
            : reading == OutputReading.Sign && value == -1 ? 0 : (int)value;
        return index >= 0 && index < ClassNames.Count ? index : null;
    }

    internal RowPrediction Predict(ReadOnlySpan<float> outputs, int row, object? input, float? actual)
    {
        if (!IsClassifier)
        {
            double[] values = new double[outputs.Length];
            for (int i = 0; i < values.Length; i++) values[i] = outputs[i];
            return new ValuePrediction { Row = row, InputObject = input, Values = values, Actual = actual };
        }
        int best = Class(outputs);
        double[]? probabilities = Probabilities(outputs);
        OrderedDictionary? table = probabilities is null ? null : [];
        for (int c = 0; c < probabilities?.Length; c++) table![ClassNames[c]] = probabilities[c];
        return new ClassPrediction
        {
            Row = row,
            InputObject = input,
            Prediction = ClassNames[best],
            Probability = probabilities?[best],
            Probabilities = table,
            Actual = actual is { } code ? ClassNames[(int)code] : null,
        };
    }

    // A model that was never trained has no loss; class names say that it is meant as a classifier.
    private static OutputReading Guess(IReadOnlyList<string>? classNames, int width) =>
        classNames is null ? OutputReading.Identity
        : width == 1 && classNames.Count == 2 ? OutputReading.Sigmoid
        : OutputReading.Softmax;

    private static double[] Pair(double second) => [1 - second, second];

    private static double[] Softmax(ReadOnlySpan<float> outputs)
    {
        double[] p = new double[outputs.Length];
        double top = double.NegativeInfinity, sum = 0;
        foreach (float o in outputs) top = Math.Max(top, o);
        for (int i = 0; i < p.Length; i++) sum += p[i] = Math.Exp(outputs[i] - top);
        for (int i = 0; i < p.Length; i++) p[i] /= sum;
        return p;
    }
}
