using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;

namespace DLExperiments.Metrics;

/// <summary>What a network's raw outputs and its loss's targets mean to metrics.</summary>
internal sealed class OutputForm
{
    private readonly Loss loss;
    private readonly TargetLayout layout;
    private readonly string[] names;
    private readonly int width, positions;
    private readonly (int, int, int)? image;
    private readonly Preprocessing? scaled;

    /// <summary>Takes the meaning from a loss.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="layout">The form of its targets.</param>
    /// <param name="output">The shape of one row's outputs.</param>
    /// <param name="classNames">The classes; null to number them.</param>
    /// <param name="preprocessing">The steps on the target, which are undone for numbers: errors are those of the target's own units. Null for none.</param>
    /// <param name="picture">The shape of a row as an image, where it is another than the output's; null for the output's.</param>
    internal OutputForm(Loss loss, TargetLayout layout, Shape output, IReadOnlyList<string>? classNames, Preprocessing? preprocessing = null, Shape? picture = null)
    {
        scaled = layout.Classes > 0 || preprocessing is { TargetTransforms.IsEmpty: true } ? null : preprocessing;
        this.loss = loss;
        this.layout = layout;
        width = output.ElementCount;
        int classes = IsBinary ? 2 : layout.Classes;
        positions = classes == 0 || IsBinary ? width : width / classes;
        names = classNames?.Count == classes ? [.. classNames] : [.. Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        picture ??= output;
        image = picture.Count switch { 3 => (picture[0], picture[1], picture[2]), 2 => (1, picture[0], picture[1]), _ => null };
    }

    /// <summary>Whether nothing is decided about a row by itself, so that only metrics of the order fit.</summary>
    internal bool OrdersOnly { get; init; }

    /// <summary>What there is to measure, as a clause for messages; null for what a network trained with the loss gives.</summary>
    internal string? Gives { get; init; }

    private bool IsBinary => loss.Reading is OutputReading.Sigmoid or OutputReading.Sign;

    /// <summary>Fails when a metric is not for such outputs.</summary>
    /// <exception cref="ExperimentException">MetricMismatch.</exception>
    internal void Check(Metric metric)
    {
        if (Mismatch(metric) is { } mismatch) throw mismatch;
    }

    /// <summary>Why a metric is not for such outputs; null when it is.</summary>
    internal ExperimentException? Mismatch(Metric metric)
    {
        string? wanted = metric.Input switch
        {
            MetricInput.Texts => "texts: decode the outputs, and pipe objects with Actual and Prediction to Measure-Prediction",
            MetricInput.Classes or MetricInput.Labels when layout.Classes == 0 || OrdersOnly => "classes",
            MetricInput.Scores when layout.Classes == 0 => "classes",
            MetricInput.Probabilities when layout.Classes == 0 || loss.Reading == OutputReading.Sign => "the probabilities of classes",
            MetricInput.Values when layout.IsIndex || OrdersOnly => "numbers",
            _ => null,
        };
        return wanted is null ? null
            : new ExperimentException("MetricMismatch", ErrorKind.InvalidArgument, $"{Catalogue<Metric>.Default.EntryOf(metric).Name} is for {wanted}, but {Gives ?? $"a network that was trained with {loss.Type} gives "
                + $"{(layout.Classes == 0 ? "numbers" : loss.Reading == OutputReading.Sign ? "scores of classes" : "classes")}"}. Get-MetricType lists the metrics and what each is for.", metric);
    }

    /// <summary>The rows as metrics want them.</summary>
    /// <param name="outputs">Raw outputs, row-major.</param>
    /// <param name="targets">Targets as the loss wants them, row-major.</param>
    internal PredictionSet Read(float[] outputs, float[] targets)
    {
        int rows = outputs.Length / width;
        if (scaled is not null) (outputs, targets) = (Invert(outputs, width), Invert(targets, layout.Width));
        return new PredictionSet(rows, () => ReadClasses(outputs, targets, rows), () => ReadValues(outputs, targets, rows), () => ReadLabels(outputs, targets, rows));
    }

    private float[] Invert(float[] values, int size) => [.. values.Chunk(size).SelectMany(row =>
    {
        scaled!.InvertTarget(row, new Shape(size));
        return row;
    })];

    private ClassTable ReadClasses(float[] outputs, float[] targets, int rows)
    {
        int count = rows * positions;
        var actual = new int[count];
        var predicted = new int[count];
        double[][] probabilities = new double[count][];
        for (int r = 0; r < rows; r++)
            for (int p = 0; p < positions; p++)
            {
                int entry = r * positions + p;
                (actual[entry], predicted[entry]) = Decide(outputs, targets, r, p);
                // A score is no probability, but puts rows in order as one does; metrics that want more are refused.
                probabilities[entry] = loss.Reading == OutputReading.Sign ? [-outputs[r * width + p], outputs[r * width + p]]
                    : IsBinary ? Pair(outputs[r * width + p]) : Softmax(outputs, r * width + p);
            }
        return new ClassTable(names, actual, predicted, probabilities, positions);
    }

    private ValueTable ReadLabels(float[] outputs, float[] targets, int rows)
    {
        double[][] actual = new double[rows][], predicted = new double[rows][];
        for (int r = 0; r < rows; r++)
        {
            (actual[r], predicted[r]) = (new double[positions], new double[positions]);
            for (int p = 0; p < positions; p++) (actual[r][p], predicted[r][p]) = Decide(outputs, targets, r, p);
        }
        return new ValueTable(actual, predicted);
    }

    private ValueTable ReadValues(float[] outputs, float[] targets, int rows)
    {
        double[][] actual = new double[rows][], predicted = new double[rows][];
        for (int r = 0; r < rows; r++)
        {
            (actual[r], predicted[r]) = (new double[width], new double[width]);
            for (int k = 0; k < width; k++)
            {
                actual[r][k] = targets[r * layout.Width + k];
                predicted[r][k] = loss.Reading switch
                {
                    OutputReading.Sigmoid => Pair(outputs[r * width + k])[1],
                    OutputReading.Softmax or OutputReading.Exponential => Softmax(outputs, r * width + k % positions)[k / positions],
                    _ => outputs[r * width + k],
                };
            }
        }
        return new ValueTable(actual, predicted) { Image = image };
    }

    private (int Actual, int Predicted) Decide(float[] outputs, float[] targets, int row, int position)
    {
        int at = row * width + position, target = row * layout.Width + position;
        if (IsBinary) return (targets[target] > (loss.Reading == OutputReading.Sign ? 0 : .5f) ? 1 : 0, outputs[at] > 0 ? 1 : 0);
        return (layout.IsIndex ? (int)targets[target] : Largest(targets, target), Largest(outputs, at));
    }

    // The classes of a position lie as far apart as there are positions; of equals the first.
    private int Largest(float[] values, int at)
    {
        int best = 0;
        for (int c = 1; c < names.Length; c++)
            if (values[at + c * positions] > values[at + best * positions]) best = c;
        return best;
    }

    private double[] Softmax(float[] values, int at)
    {
        double[] p = new double[names.Length];
        double top = values[at + Largest(values, at) * positions], sum = 0;
        for (int c = 0; c < p.Length; c++) sum += p[c] = Math.Exp(values[at + c * positions] - top);
        for (int c = 0; c < p.Length; c++) p[c] /= sum;
        return p;
    }

    private static double[] Pair(double logit)
    {
        double second = 1 / (1 + Math.Exp(-logit));
        return [1 - second, second];
    }
}
