using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Spreads what a step knows (one number, one for each channel, or one for each number of an item) over a whole item.</summary>
internal static class ItemVector
{
    /// <summary>One number for each number of an item.</summary>
    /// <param name="values">One number, one for each channel of [C,H,W], or one for each number of an item.</param>
    /// <param name="shape">The item's shape.</param>
    /// <param name="owner">The step and parameter, for the message.</param>
    internal static float[] Spread(IReadOnlyList<double> values, Shape shape, string owner)
    {
        int size = shape.ElementCount;
        if (values.Count == size) return [.. values.Select(v => (float)v)];
        bool perChannel = shape.Count > 1 && values.Count == shape[0];
        if (values.Count != 1 && !perChannel)
            throw new ExperimentException("TransformShapeMismatch", ErrorKind.InvalidOperation,
                $"{owner} has {values.Count} numbers, but an item of shape {shape} needs 1, {(shape.Count > 1 ? $"{shape[0]} (one a channel) or " : "or ")}{size}.", owner);
        int plane = size / values.Count;
        float[] spread = new float[size];
        for (int i = 0; i < size; i++) spread[i] = (float)values[i / plane];
        return spread;
    }

    /// <summary>The place of the statistic that a number of an item belongs to, and how many statistics there are.</summary>
    internal static (int Plane, int Count) Groups(Shape shape, bool perChannel)
    {
        int size = shape.ElementCount, count = perChannel ? (shape.Count > 1 ? shape[0] : 1) : size;
        return (size / count, count);
    }

    /// <summary>Sets everything but the chosen numbers to what leaves them as they are.</summary>
    internal static void KeepOthers(double[] values, int[] only, double neutral)
    {
        if (only.Length == 0) return;
        var chosen = new HashSet<int>(only);
        for (int i = 0; i < values.Length; i++)
            if (!chosen.Contains(i)) values[i] = neutral;
    }

    internal static void VerifyOnly(int[] only, Shape shape, bool perChannel, string owner)
    {
        if (only.Length > 0 && perChannel)
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                $"{owner}: Only chooses single numbers and cannot be combined with PerChannel.", owner);
        foreach (int index in only)
            if ((uint)index >= (uint)shape.ElementCount)
                throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                    $"{owner}: Only names number {index}, but an item of shape {shape} has the numbers 0 to {shape.ElementCount - 1}.", index);
    }
}
