using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Update-TypeData: adds members and display rules to types, from parameters or from files (.types.ps1xml).</summary>
[Cmdlet(VerbsData.Update, "TypeData", SupportsShouldProcess = true, DefaultParameterSetName = "FileSet")]
public sealed class UpdateTypeDataCommand : PSCmdlet
{
    private readonly List<string> before = [], after = [];

    /// <summary>The kind of member.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNullOrEmpty]
    public PSMemberTypes MemberType { get; set; }

    /// <summary>The name of the member.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNullOrEmpty]
    public string? MemberName { get; set; }

    /// <summary>The value, script block, or aliased member.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public object? Value { get; set; }

    /// <summary>The setter of a script property, or the type of an alias.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNull]
    public object? SecondValue { get; set; }

    /// <summary>The type into which objects are made again after serialisation.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNull]
    public Type? TargetTypeForDeserialization { get; set; }

    /// <summary>How many levels of an object are serialised.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    public int SerializationDepth { get; set; } = 1;

    /// <summary>The property shown by Format-Wide.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNull]
    public string? DefaultDisplayProperty { get; set; }

    /// <summary>The properties shown by Format-List.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNull]
    public string[]? DefaultDisplayPropertySet { get; set; }

    /// <summary>The properties by which objects are sorted, grouped and compared.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNull]
    public string[]? DefaultKeyPropertySet { get; set; }

    /// <summary>The converter of the type.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNull]
    public Type? TypeConverter { get; set; }

    /// <summary>The adapter of the type.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNull]
    public Type? TypeAdapter { get; set; }

    /// <summary>The type.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "DynamicTypeSet")]
    [ValidateNotNullOrEmpty]
    public string? TypeName { get; set; }

    /// <summary>Data of types, as Get-TypeData writes it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "TypeDataSet")]
    public TypeData[]? TypeData { get; set; }

    /// <summary>Replaces members that are there.</summary>
    [Parameter(ParameterSetName = "DynamicTypeSet")]
    [Parameter(ParameterSetName = "TypeDataSet")]
    public SwitchParameter Force { get; set; }

    /// <summary>Files that are read after those already loaded.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "FileSet")]
    [Alias("PSPath", "Path")]
    [ValidateNotNull]
    public string[] AppendPath { get; set; } = [];

    /// <summary>Files that are read before those already loaded.</summary>
    [Parameter(ParameterSetName = "FileSet")]
    [ValidateNotNull]
    public string[] PrependPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        after.AddRange(SessionFiles.Resolve(this, AppendPath, ".ps1xml"));
        before.AddRange(SessionFiles.Resolve(this, PrependPath, ".ps1xml"));
        foreach (var data in TypeName is not null ? [FromParameters()] : TypeData ?? [])
            Add(data);
    }

    private TypeData FromParameters()
    {
        var data = new TypeData(TypeName!) { IsOverride = Force };
        if (MemberName is not null)
            data.Members.Add(MemberName, Member());
        data.DefaultDisplayProperty = DefaultDisplayProperty;
        data.DefaultDisplayPropertySet = DefaultDisplayPropertySet is null ? null : new PropertySetData(DefaultDisplayPropertySet);
        data.DefaultKeyPropertySet = DefaultKeyPropertySet is null ? null : new PropertySetData(DefaultKeyPropertySet);
        data.TypeConverter = TypeConverter;
        data.TypeAdapter = TypeAdapter;
        data.TargetTypeForDeserialization = TargetTypeForDeserialization;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(SerializationDepth)))
            data.SerializationDepth = (uint)SerializationDepth;
        return data;
    }

    private TypeMemberData Member()
    {
        try
        {
            return MemberType switch
            {
                PSMemberTypes.NoteProperty => new NotePropertyData(MemberName, Value),
                PSMemberTypes.AliasProperty => new AliasPropertyData(MemberName, As<string>(Value), SecondValue is null ? null : As<Type>(SecondValue)),
                PSMemberTypes.ScriptProperty => new ScriptPropertyData(
                    MemberName, Value is null ? null : As<ScriptBlock>(Value), SecondValue is null ? null : As<ScriptBlock>(SecondValue)),
                PSMemberTypes.ScriptMethod => new ScriptMethodData(MemberName, As<ScriptBlock>(Value)),
                PSMemberTypes.CodeProperty => new CodePropertyData(MemberName, As<MethodInfo>(Value), SecondValue is null ? null : As<MethodInfo>(SecondValue)),
                PSMemberTypes.CodeMethod => new CodeMethodData(MemberName, As<MethodInfo>(Value)),
                _ => throw new ArgumentException($"Update-TypeData cannot add a member of the type {MemberType}."),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidCastException)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "CannotUpdateMemberType", ErrorCategory.InvalidArgument, MemberType));
            throw;
        }
    }

    private static T As<T>(object? value) => LanguagePrimitives.ConvertTo<T>(value);

    private void Add(TypeData data)
    {
        if (!ShouldProcess(data.TypeName, "Update TypeData"))
            return;
        var errors = new ConcurrentBag<string>();
        EngineAccess.Invoke(EngineAccess.Get(EngineAccess.Context(this), "TypeTable")!, "Update", data, errors, false);
        foreach (var error in errors)
            WriteError(new ErrorRecord(new RuntimeException(error), "TypesDynamicUpdateException", ErrorCategory.InvalidOperation, data.TypeName));
        // The session's own list too: importing a module builds the table anew from it.
        if (errors.IsEmpty)
            ((InitialSessionState)EngineAccess.Get(EngineAccess.Context(this), "InitialSessionState")!).Types.Add(new SessionStateTypeEntry(data, isRemove: false));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName != "FileSet")
            return;
        var state = (InitialSessionState)EngineAccess.Get(EngineAccess.Context(this), "InitialSessionState")!;
        var all = before.Where(file => ShouldProcess(file, "Update TypeData")).Select(file => new SessionStateTypeEntry(file))
            .Concat(state.Types)
            .Concat(after.Where(file => ShouldProcess(file, "Update TypeData")).Select(file => new SessionStateTypeEntry(file)))
            .DistinctBy(entry => entry.FileName ?? (object)entry)
            .ToArray();
        state.Types.Clear();
        state.Types.Add(all);
        SessionFiles.Report(this, "TypesXmlUpdateException", () => EngineAccess.Invoke(state, "UpdateTypes", EngineAccess.Context(this), false));
    }
}
