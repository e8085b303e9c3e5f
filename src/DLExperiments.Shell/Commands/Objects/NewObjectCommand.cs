using System.Collections;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>New-Object: makes a .NET object, or a property bag with <c>New-Object PSObject -Property</c>.</summary>
[Cmdlet(VerbsCommon.New, "Object", DefaultParameterSetName = "Net")]
public sealed class NewObjectCommand : PSCmdlet
{
    /// <summary>The name of the type.</summary>
    [Parameter(ParameterSetName = "Net", Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string TypeName { get; set; } = "";

    /// <summary>The arguments of the constructor.</summary>
    [Parameter(ParameterSetName = "Net", Position = 1)]
    [Alias("Args")]
    public object?[]? ArgumentList { get; set; }

    /// <summary>Properties to set (for a property bag, to add).</summary>
    [Parameter]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type) || type is null)
            throw Fail(new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."),
                "TypeNotFound", ErrorCategory.InvalidType);
        if (type.ContainsGenericParameters || type.IsAbstract && type.IsSealed || type.IsByRefLike)
            throw Fail(new PSArgumentException($"The type [{TypeName}] has no instances."), "CannotInstantiateType", ErrorCategory.InvalidType);
        WriteObject(SetProperties(Make(type), type));
    }

    private object Make(Type type)
    {
        if (type == typeof(PSObject) || type == typeof(PSCustomObject))
            return ArgumentList is { Length: > 0 } ? PSObject.AsPSObject(ArgumentList[0] ?? new PSObject()) : new PSObject();
        try
        {
            if (ArgumentList is null or { Length: 0 } && (type.IsValueType || type.GetConstructor(Type.EmptyTypes) is not null))
                return Activator.CreateInstance(type)!;
            var constructors = type.GetConstructors();
            if (constructors.Length > 0)
                return EngineAccess.InvokeStatic("System.Management.Automation.DotNetAdapter", "ConstructorInvokeDotNet",
                    type, constructors, ArgumentList ?? [])!;
        }
        catch (Exception exception) when (exception is MethodException)
        {
            throw Fail(exception, "ConstructorInvokedThrowException", ErrorCategory.InvalidOperation);
        }
        catch (System.Reflection.TargetInvocationException exception)
        {
            throw Fail(exception.InnerException ?? exception, "ConstructorInvokedThrowException", ErrorCategory.InvalidOperation);
        }
        throw Fail(new PSArgumentException($"A constructor was not found. Cannot find an appropriate constructor for type {TypeName}."),
            "CannotFindAppropriateCtor", ErrorCategory.ObjectNotFound);
    }

    private object SetProperties(object made, Type type)
    {
        if (Property is null)
            return made;
        var target = PSObject.AsPSObject(made);
        var bag = type == typeof(PSObject) || type == typeof(PSCustomObject);
        foreach (DictionaryEntry entry in Property)
        {
            var name = entry.Key.ToString()!;
            try
            {
                if (target.Members[name] is PSMethodInfo method)
                    method.Invoke(entry.Value);
                else if (target.Properties[name] is { } property)
                    property.Value = entry.Value;
                else if (bag)
                    target.Properties.Add(new PSNoteProperty(name, entry.Value));
                else
                    WriteError(new ErrorRecord(
                        new PSArgumentException($"The member \"{name}\" was not found for the specified .NET object [{type}]."),
                        "InvalidOperationException", ErrorCategory.InvalidOperation, made));
            }
            catch (ExtendedTypeSystemException exception)
            {
                WriteError(new ErrorRecord(exception, "InvalidOperationException", ErrorCategory.InvalidOperation, made));
            }
        }
        return target;
    }

    private Exception Fail(Exception exception, string id, ErrorCategory category)
    {
        ThrowTerminatingError(new ErrorRecord(exception, id, category, TypeName));
        return exception;
    }
}
