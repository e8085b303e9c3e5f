using DLExperiments.Errors;
using DLExperiments.Models;

namespace DLExperiments.Evaluation;

/// <summary>Finds an output of a model by name.</summary>
internal static class OutputChoice
{
    /// <exception cref="ExperimentException">UnknownOutput: the model has no such output.</exception>
    internal static ModelOutput Find(Model model, string name) =>
        model.Outputs.FirstOrDefault(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new ExperimentException("UnknownOutput", ErrorKind.NotFound,
            $"The model has no output '{name}'. {NearNames.Suggest(name, [.. model.Outputs.Select(o => o.Name)])} What layers in between compute is asked for with -Layer.", name);
}
