using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Data;

/// <summary>Adds a transform to a data set and gives the changed data set back; the one piped in stays as it is.</summary>
/// <remarks>
/// There are three kinds. Resize, Grayscale, Flatten, OneHot, MapClass and NoisePair change the data at once; new data for the model
/// needs the same. Standardize, MinMax, Normalize and Impute are fitted on the training piece when training starts, are part of the
/// model, and apply to all that is measured or predicted. Augmentations (RandomRotation, RandomFlip, MixUp and others) change the
/// training rows anew in every step, never what is validated or predicted.
/// </remarks>
[Cmdlet(VerbsCommon.Add, "Transform")]
[OutputType(typeof(Dataset))]
public sealed class AddTransformCommand : ExperimentCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? settings;

    /// <summary>The data set, with its pieces.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Dataset? Dataset { get; set; }

    /// <summary>The type of the transform, as Get-TransformType lists them; its settings follow by position or by name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogueCompleter<DataStep>))]
    public string Type { get; set; } = "";

    /// <summary>For MapClass: a hashtable of old and new class names, or a script block that gives the new name of the class in $_, a number where it is one.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Map { get; set; }

    /// <summary>Declares the settings of the transform that was typed.</summary>
    public object GetDynamicParameters()
    {
        settings = new DynamicCatalogueParameters(Catalogue<DataStep>.Default, Type.Length > 0 ? Type : null, firstPosition: 1, nameof(Map));
        return settings.Dictionary;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        IDictionary values = settings?.Values ?? new Hashtable();
        if (Map is not null) values["Map"] = MapOf(CatalogueValueAttribute.Unwrap(Map)!);
        WriteObject(Catalogue<DataStep>.Default.Create(Type, values).AddTo(Dataset!));
    }

    private Hashtable MapOf(object map)
    {
        if (map is IDictionary given) return new Hashtable(given);
        if (map is not ScriptBlock script)
            throw new ExperimentException("InvalidParameterType", ErrorKind.InvalidArgument, "Map must be a hashtable of old and new class names, or a script block that gives a new name.", map);
        var made = new Hashtable();
        foreach (string name in Dataset!.ClassNames ?? [])
        {
            object item = double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : name;
            made[name] = string.Join(' ', script.InvokeWithContext(null, [new PSVariable("_", item)]).Select(o => LanguagePrimitives.ConvertTo<string>(o)));
        }
        return made;
    }
}
