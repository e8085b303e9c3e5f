using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using DLExperiments.Errors;

namespace DLExperiments.Catalogues;

/// <summary>One parameter of a catalogue entry, read from a public settable property.</summary>
public sealed class CatalogueParameter
{
    internal CatalogueParameter(PropertyInfo property, object? defaultValue)
    {
        Property = property;
        DefaultValue = defaultValue;
        Position = property.GetCustomAttribute<PositionAttribute>()?.Index;
        Aliases = property.GetCustomAttribute<ParameterAliasAttribute>()?.Names ?? [];
        IsMandatory = property.IsDefined(typeof(RequiredMemberAttribute), inherit: true);
        Validations = property.GetCustomAttributes<ValidationAttribute>(inherit: true).ToList();
    }

    /// <summary>The name, as in <c>-Momentum</c> or the key of a hashtable.</summary>
    public string Name => Property.Name;

    /// <summary>Other names that mean the same in scripts.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The .NET type of the value.</summary>
    public Type Type => Property.PropertyType;

    /// <summary>The type as scripts know it: <c>int[]</c>, <c>bool</c>, <c>PaddingMode</c>.</summary>
    public string TypeName => ScriptName(Type);

    /// <summary>Place among the values given without a name, or null when it must be named.</summary>
    public int? Position { get; }

    /// <summary>Whether it must be given.</summary>
    public bool IsMandatory { get; }

    /// <summary>The value it has when it is not given; null for a mandatory one.</summary>
    public object? DefaultValue { get; }

    /// <summary>What the property's XML documentation says.</summary>
    public string Description => XmlDocumentation.Of(Property);

    /// <summary>As in a cmdlet's syntax: <c>[-KernelSize] &lt;int[]&gt;</c>, or <c>[-Groups &lt;int&gt;]</c> when it may be left out.</summary>
    public override string ToString() =>
        (Position is null ? $"-{Name}" : $"[-{Name}]") + $" <{TypeName}>" is var syntax && IsMandatory ? syntax : $"[{syntax}]";

    /// <summary>The value that an entry has.</summary>
    /// <param name="entry">The entry.</param>
    public object? Get(object entry) => Property.GetValue(entry);

    /// <summary>Whether a name is its name or one of its aliases, without regard to case.</summary>
    /// <param name="name">The name.</param>
    public bool IsCalled(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);

    internal PropertyInfo Property { get; }

    internal IReadOnlyList<ValidationAttribute> Validations { get; }

    /// <summary>Sets the parameter on an entry after converting and validating the value.</summary>
    /// <param name="target">The entry.</param>
    /// <param name="value">The value: of the type, or something that converts to it (string, number, array, hashtable).</param>
    /// <param name="owner">The entry's name, for messages.</param>
    /// <exception cref="ExperimentException">The value does not convert (InvalidParameterType) or is out of range (InvalidParameterValue).</exception>
    internal void Set(object target, object? value, string owner)
    {
        object? converted = ValueConverter.Convert(value, Type, $"{owner}: {Name}");
        foreach (ValidationAttribute validation in Validations)
        {
            if (!Valid(validation, converted))
                throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                    $"{owner}: {Name} is {ValueConverter.Display(converted)}; {Explain(validation)}.", value);
        }
        Property.SetValue(target, converted);
    }

    private static bool Valid(ValidationAttribute validation, object? value) =>
        value is Array { Rank: 1 } array && validation is RangeAttribute
            ? array.Cast<object>().All(validation.IsValid)
            : value is not double.NaN && validation.IsValid(value);

    private static string Explain(ValidationAttribute validation) => validation switch
    {
        RangeAttribute r => $"it must be {(r.MinimumIsExclusive ? "greater than" : "at least")} {r.Minimum}"
            + (IsUnbounded(r.Maximum) ? "" : $" and {(r.MaximumIsExclusive ? "less than" : "at most")} {r.Maximum}"),
        AllowedValuesAttribute a => $"it must be one of {string.Join(", ", a.Values)}",
        _ => validation.FormatErrorMessage("it"),
    };

    private static string ScriptName(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? ScriptName(inner)
        : type.IsArray ? $"{ScriptName(type.GetElementType()!)}[]"
        : System.Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.Double => "double",
            TypeCode.Single => "float",
            TypeCode.Boolean => "bool",
            TypeCode.String => "string",
            _ => type.Name,
        };

    private static bool IsUnbounded(object maximum) => maximum is int.MaxValue or long.MaxValue or double.MaxValue or double.PositiveInfinity;
}
