using DLExperiments.Data;
using DLExperiments.Errors;

namespace DLExperiments.Training.Control;

/// <summary>Row weights that let all classes count alike: n/(k·nᶜ) for a row of the class c, where k classes have rows; their mean is 1.</summary>
internal static class ClassBalance
{
    /// <exception cref="ExperimentException">NoClasses: the target is a number.</exception>
    internal static float[] Weights(Dataset data)
    {
        if (data.Targets.FirstOrDefault() is not ClassColumn classes)
            throw new ExperimentException("NoClasses", ErrorKind.InvalidOperation, $"BalanceClass needs a target of classes, but that of '{data.Name}' is a number.", data.Name);
        int[] codes = [.. data.Rows.Select(r => classes.Codes[r])];
        Dictionary<int, int> counts = codes.GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count());
        return [.. codes.Select(c => (float)((double)codes.Length / (counts.Count * (double)counts[c])))];
    }
}
