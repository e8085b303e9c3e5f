using System.Collections;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Add-Member: adds members to one object.</summary>
[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "TypeNameSet", RemotingCapability = RemotingCapability.None)]
public sealed class AddMemberCommand : PSCmdlet
{
    /// <summary>The object.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "MemberSet")]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "TypeNameSet")]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "NotePropertySingleMemberSet")]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "NotePropertyMultiMemberSet")]
    public PSObject InputObject { get; set; } = new();

    /// <summary>The kind of member.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "MemberSet")]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; }

    /// <summary>The name of the member.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "MemberSet")]
    public string Name { get; set; } = "";

    /// <summary>The value, script block, or the name of the aliased member.</summary>
    [Parameter(Position = 2, ParameterSetName = "MemberSet")]
    public object? Value { get; set; }

    /// <summary>The setter of a script property, or the type of an alias.</summary>
    [Parameter(Position = 3, ParameterSetName = "MemberSet")]
    public object? SecondValue { get; set; }

    /// <summary>A type name to put on top of the object's.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "TypeNameSet")]
    [Parameter(ParameterSetName = "MemberSet")]
    [Parameter(ParameterSetName = "NotePropertySingleMemberSet")]
    [Parameter(ParameterSetName = "NotePropertyMultiMemberSet")]
    [ValidateNotNullOrEmpty]
    public string? TypeName { get; set; }

    /// <summary>Replaces a member that is there already.</summary>
    [Parameter(ParameterSetName = "MemberSet")]
    [Parameter(ParameterSetName = "NotePropertySingleMemberSet")]
    [Parameter(ParameterSetName = "NotePropertyMultiMemberSet")]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The name of a note.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NotePropertySingleMemberSet")]
    [NoteName]
    [ValidateNotNullOrEmpty]
    public string? NotePropertyName { get; set; }

    /// <summary>The value of the note.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "NotePropertySingleMemberSet")]
    [AllowNull]
    public object? NotePropertyValue { get; set; }

    /// <summary>Names and values of notes.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NotePropertyMultiMemberSet")]
    [ValidateNotNullOrEmpty]
    public IDictionary? NotePropertyMembers { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TypeName is not null)
        {
            var name = LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type) && type is not null ? type.FullName! : TypeName;
            InputObject.TypeNames.Insert(0, name);
        }
        switch (ParameterSetName)
        {
            case "NotePropertySingleMemberSet":
                Add(new PSNoteProperty(NotePropertyName, NotePropertyValue));
                break;
            case "NotePropertyMultiMemberSet":
                foreach (DictionaryEntry entry in NotePropertyMembers!)
                    Add(new PSNoteProperty(entry.Key.ToString(), entry.Value));
                break;
            case "MemberSet" when Make() is { } member:
                Add(member);
                break;
        }
        if (PassThru)
            WriteObject(InputObject);
    }

    private PSMemberInfo? Make()
    {
        var value = Value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : Value;
        switch (MemberType)
        {
            case PSMemberTypes.NoteProperty:
                return new PSNoteProperty(Name, Value);
            case PSMemberTypes.AliasProperty when value is not null:
                return SecondValue is null ? new PSAliasProperty(Name, value.ToString())
                    : new PSAliasProperty(Name, value.ToString(), LanguagePrimitives.ConvertTo<Type>(SecondValue));
            case PSMemberTypes.ScriptProperty when value is ScriptBlock || SecondValue is not null:
                return SecondValue is null ? new PSScriptProperty(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(value))
                    : new PSScriptProperty(Name, value is null ? null : LanguagePrimitives.ConvertTo<ScriptBlock>(value), LanguagePrimitives.ConvertTo<ScriptBlock>(SecondValue));
            case PSMemberTypes.ScriptMethod when value is ScriptBlock script:
                return new PSScriptMethod(Name, script);
            case PSMemberTypes.CodeProperty when value is not null:
                return new PSCodeProperty(Name, LanguagePrimitives.ConvertTo<System.Reflection.MethodInfo>(value),
                    SecondValue is null ? null : LanguagePrimitives.ConvertTo<System.Reflection.MethodInfo>(SecondValue));
            case PSMemberTypes.CodeMethod when value is not null:
                return new PSCodeMethod(Name, LanguagePrimitives.ConvertTo<System.Reflection.MethodInfo>(value));
            case PSMemberTypes.PropertySet when value is not null:
                return new PSPropertySet(Name, LanguagePrimitives.ConvertTo<string[]>(value));
            case PSMemberTypes.MemberSet:
                return new PSMemberSet(Name, value is null ? [] : LanguagePrimitives.ConvertTo<PSMemberInfo[]>(value));
        }
        WriteError(new ErrorRecord(
            new InvalidOperationException($"Cannot add a member of the type \"{MemberType}\" with the value given. Give a kind that Add-Member makes, and a value that it needs."),
            "CannotAddMemberType", ErrorCategory.InvalidOperation, MemberType));
        return null;
    }

    private void Add(PSMemberInfo member)
    {
        if (InputObject.Members[member.Name] is { } existing)
        {
            if (!Force)
            {
                WriteError(new ErrorRecord(
                    new InvalidOperationException($"Cannot add a member with the name \"{member.Name}\" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command."),
                    "MemberAlreadyExists", ErrorCategory.InvalidOperation, InputObject));
                return;
            }
            if (existing.IsInstance)
                InputObject.Members.Remove(member.Name);
        }
        InputObject.Members.Add(member);
    }

    /// <summary>
    /// Keeps <c>Add-Member NoteProperty Name 1</c> from being taken as a note named NoteProperty: the error is of the kind
    /// that makes the binder go on to the next parameter set.
    /// </summary>
    private sealed class NoteNameAttribute : ValidateArgumentsAttribute
    {
        protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
        {
            if (arguments is string text && Enum.TryParse<PSMemberTypes>(text, ignoreCase: true, out _))
                throw (Exception)EngineAccess.Create("System.Management.Automation.ValidationMetadataException",
                    $"The value '{text}' cannot be the name of a note.", true);
        }
    }
}
