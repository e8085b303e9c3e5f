using System.Collections;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Updates;

/// <summary>Parameters with optimizer settings of their own.</summary>
/// <param name="Parameters">Names of layers, blocks or parameters, with wildcards (<c>conv*</c>, <c>*.bias</c>).</param>
/// <param name="Optimizer">Their optimizer.</param>
/// <param name="LearningRate">Their learning rate at the start, which a schedule changes in proportion; null for the training's.</param>
public sealed record ParameterGroup(string Parameters, Optimizer Optimizer, double? LearningRate = null)
{
    /// <summary>Makes a group from a table of settings: the same optimizer goes on from what was set for all parameters, another one, by its Name, from its own defaults.</summary>
    /// <param name="parameters">Layers or parameters by name, with wildcards.</param>
    /// <param name="settings">A table such as <c>@{ LearningRate = 1e-4; WeightDecay = 0 }</c>.</param>
    /// <param name="common">The optimizer of all other parameters.</param>
    /// <exception cref="ExperimentException">InvalidParameterType: no table; or an unknown setting or a bad value.</exception>
    public static ParameterGroup From(string parameters, object? settings, Optimizer common)
    {
        if (settings is not IDictionary given)
            throw new ExperimentException("InvalidParameterType", ErrorKind.InvalidArgument, $"ParameterGroup: '{parameters}' needs a hashtable of optimizer settings, such as @{{ LearningRate = 1e-4 }}.", parameters);
        var all = new Hashtable(given, StringComparer.OrdinalIgnoreCase);
        if (!all.ContainsKey("Name"))
        {
            CatalogueEntry optimizer = Catalogue<Optimizer>.Default.EntryOf(common);
            all["Name"] = optimizer.Name;
            foreach (CatalogueParameter parameter in optimizer.Parameters)
                if (!all.ContainsKey(parameter.Name)) all[parameter.Name] = parameter.Get(common);
        }
        Optimizer made = Catalogue<Optimizer>.Default.From(all);
        return new ParameterGroup(parameters, made, given.Contains("LearningRate") ? made.LearningRate : null);
    }
}
