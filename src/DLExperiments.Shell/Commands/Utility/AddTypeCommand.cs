using System.Management.Automation;
using System.Reflection;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Add-Type: loads an assembly. Source code needs the compiler that only pwsh brings.</summary>
[Cmdlet(VerbsCommon.Add, "Type", DefaultParameterSetName = SourceSet)]
[OutputType(typeof(Type))]
public sealed class AddTypeCommand : ProviderCommand
{
    private const string SourceSet = "FromSource";
    private const string MemberSet = "FromMember";
    private const string PathSet = "FromPath";
    private const string LiteralPathSet = "FromLiteralPath";
    private const string AssemblySet = "FromAssemblyName";

    /// <summary>C# source of types.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SourceSet)]
    public string? TypeDefinition { get; set; }

    /// <summary>Name of the class that gets the members of -MemberDefinition.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MemberSet)]
    public string? Name { get; set; }

    /// <summary>C# source of members of a class.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MemberSet)]
    public string[]? MemberDefinition { get; set; }

    /// <summary>Assembly files; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    public string[] Path { get; set; } = [];

    /// <summary>Assembly files, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Names of assemblies, such as System.Net.Http.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AssemblySet)]
    [Alias("AN")]
    public string[] AssemblyName { get; set; } = [];

    /// <summary>Writes the types.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Configure(object context) => EngineProviders.SetLiteral(context, ParameterSetName == LiteralPathSet);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        switch (ParameterSetName)
        {
            case AssemblySet:
                foreach (var name in AssemblyName) LoadByName(name);
                break;
            case PathSet or LiteralPathSet:
                ForEach(ParameterSetName == PathSet ? Path : LiteralPath, (path, context) =>
                {
                    foreach (var item in EngineProviders.Resolve(SessionState.Path, path, context)) LoadFile(item.ProviderPath);
                });
                break;
            default:
                ThrowNoCompiler(ParameterSetName == SourceSet ? "-TypeDefinition" : "-MemberDefinition");
                break;
        }
    }

    private void LoadByName(string name)
    {
        try
        {
            Write(Assembly.Load(new AssemblyName(name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name)));
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            var message = $"Cannot add type. The assembly '{name}' could not be found.";
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message, error), "ASSEMBLY_NOT_FOUND", ErrorCategory.ObjectNotFound, name));
        }
    }

    private void LoadFile(string file)
    {
        if (!file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) ThrowNoCompiler($"'{file}'");
        try
        {
            Write(Assembly.LoadFrom(file));
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            ThrowTerminatingError(new ErrorRecord(error, "AssemblyLoadFailed", ErrorCategory.ReadError, file));
        }
    }

    private void Write(Assembly assembly)
    {
        if (PassThru) WriteObject(assembly.GetExportedTypes(), enumerateCollection: true);
    }

    private void ThrowNoCompiler(string source)
    {
        var message = $"Add-Type cannot compile {source}: the embedded shell carries no compiler. Use a class in the script, load a built assembly with -Path, or run the script in pwsh.";
        ThrowTerminatingError(new ErrorRecord(new NotSupportedException(message), "COMPILER_NOT_AVAILABLE", ErrorCategory.NotInstalled, null));
    }
}
