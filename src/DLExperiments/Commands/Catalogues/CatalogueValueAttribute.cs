using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Networks;
using DLExperiments.Commands.Training;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Commands.Catalogues;

/// <summary>
/// Converts an argument by the catalogues' own rules before PowerShell's: 2.5 is not rounded to a whole number in silence,
/// one value is a list of one, names and hashtables become catalogue entries, and messages name the entry and what would fit.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class CatalogueValueAttribute : ArgumentTransformationAttribute
{
    private readonly Type type;
    private readonly string owner;

    /// <summary>Sets what to convert to.</summary>
    /// <param name="type">The type wanted.</param>
    /// <param name="owner">What the value is for, at the start of error messages: <c>Conv2d: KernelSize</c>.</param>
    public CatalogueValueAttribute(Type type, string owner)
    {
        this.type = type;
        this.owner = owner;
    }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            object? plain = Unwrap(inputData);
            if (plain is ScriptBlock objective && type == typeof(LossFunction)) return ScriptObjective.Bind(objective);
            return plain is ScriptBlock script && type == typeof(TensorFunction)
                ? ScriptFunction.From(script)
                : ValueConverter.Convert(plain, type, owner);
        }
        catch (ExperimentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <summary>Takes values out of PowerShell's wrappers, in lists too.</summary>
    internal static object? Unwrap(object? value) => value switch
    {
        PSObject wrapped => Unwrap(wrapped.BaseObject),
        SwitchParameter flag => flag.IsPresent,
        Shape shape => shape.ToArray(),
        object?[] list => Array.ConvertAll(list, Unwrap),
        IDictionary table => UnwrapTable(table),
        _ => value,
    };

    private static Hashtable UnwrapTable(IDictionary table)
    {
        var plain = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry item in table) plain[item.Key] = Unwrap(item.Value);
        return plain;
    }
}
