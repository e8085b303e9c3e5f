using DLExperiments.Data;
using DLExperiments.Errors;

namespace DLExperiments.Training;

/// <summary>Finds classes that validation rows have and training rows have not: the network cannot learn them.</summary>
internal static class UnseenClasses
{
    /// <summary>Checks a validation piece against its training piece.</summary>
    /// <exception cref="ExperimentException">UnseenClass: the message names the class.</exception>
    internal static void Check(Dataset train, Dataset validation)
    {
        if (train.Targets.FirstOrDefault() is not ClassColumn trained || validation.Targets.FirstOrDefault() is not ClassColumn measured) return;
        HashSet<string> seen = [.. train.Rows.Select(r => trained.ClassNames[trained.Codes[r]])];
        foreach (int row in validation.Rows)
            if (!seen.Contains(measured.ClassNames[measured.Codes[row]]))
                throw Error(measured.ClassNames[measured.Codes[row]], validation, measured.Name);
    }

    internal static ExperimentException Error(string name, Dataset validation, string column) =>
        new("UnseenClass", ErrorKind.InvalidData,
            $"The validation data '{validation.Name}' has the class '{name}' in '{column}', which no training row has; "
            + "split with -Stratify, or leave such rows out.", name);
}
