using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Networks;
using DLExperiments.Training.Objectives;
using TorchSharp;

namespace DLExperiments.Commands.Training;

/// <summary>Makes objectives from what scripts give: a name, a hashtable, or a script block over named tensors.</summary>
internal static class ScriptObjective
{
    private const string What = "The custom objective";

    /// <summary>Makes an objective; null for the default.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="settings">Its settings as parameters.</param>
    internal static Objective? From(object? value, DynamicCatalogueParameters? settings) => CatalogueValueAttribute.Unwrap(value) switch
    {
        null => null,
        ScriptBlock script => new CustomObjective { Script = Bind(script) },
        string name => Catalogue<Objective>.Default.Create(name, settings?.Values),
        IDictionary table => Catalogue<Objective>.Default.From(BindScripts(table)),
        var other => Catalogue<Objective>.Default.From(other),
    };

    /// <summary>Binds a script block that was typed; it keeps the scope in which it was written.</summary>
    internal static LossFunction Bind(ScriptBlock script)
    {
        var bound = new BoundScript(script, What, "ObjectiveFailed");
        return bound.In(new LossFunction(bound.Text, (outputs, targets, inputs) => bound.Run(outputs, targets, inputs) switch
        {
            torch.Tensor loss => new Dictionary<string, torch.Tensor> { ["Loss"] = loss },
            IDictionary table => table.Cast<DictionaryEntry>().ToDictionary(e => e.Key.ToString()!, e => CatalogueValueAttribute.Unwrap(e.Value) as torch.Tensor
                ?? throw bound.Wrong($"{What} failed: the loss '{e.Key}' is {e.Value?.GetType().Name ?? "null"}, not a tensor."), StringComparer.OrdinalIgnoreCase),
            object[] list => throw bound.Wrong($"{What} failed: the script gives {list.Length} objects, not one loss or a hashtable of named losses. Something in it writes to the output; assign it or pipe it to Out-Null."),
            PSCustomObject => throw bound.Wrong($"{What} failed: the script gives nothing, not a tensor or a hashtable of named losses."),
            var other => throw bound.Wrong($"{What} failed: the script gives {other?.GetType().Name ?? "nothing"}, not a tensor or a hashtable of named losses."),
        }));
    }

    /// <summary>Binds text from a file.</summary>
    /// <exception cref="Errors.ExperimentException">InvalidScript: it does not parse.</exception>
    internal static LossFunction Bind(string text) => Bind(BoundScript.Compile(text, What));

    private static Hashtable BindScripts(IDictionary table)
    {
        var bound = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry item in table) bound[item.Key] = item.Value is ScriptBlock script ? Bind(script) : item.Value;
        return bound;
    }
}
