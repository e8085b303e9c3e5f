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
                throw Error(measured.ClassNames[measured.Codes[row]], validation, measured.Name,
                    "no training row has; split with -Stratify, or leave such rows out");
    }

    /// <summary>A model that goes on knows only the classes that it was trained on.</summary>
    internal static ExperimentException UnknownToModel(string name, Dataset data, string column) =>
        Error(name, data, column, "the model was not trained on; train a new network, or leave such rows out");

    private static ExperimentException Error(string name, Dataset data, string column, string rest) =>
        new("UnseenClass", ErrorKind.InvalidData, $"The data '{data.Name}' has the class '{name}' in '{column}', which {rest}.", name);
}
