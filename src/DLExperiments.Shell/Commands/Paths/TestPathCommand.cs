using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Test-Path: whether a path has an item.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = ByPath)]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PathCommand
{
    /// <summary>Paths to test; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public override string[] Path { get; set; } = [];

    /// <summary>Paths to test, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public override string[] LiteralPath { get; set; } = [];

    /// <summary>The kind of item that counts.</summary>
    [Parameter]
    [Alias("Type")]
    public TestPathType PathType { get; set; } = TestPathType.Any;

    /// <summary>Tests whether the syntax is valid, not whether the item exists.</summary>
    [Parameter]
    public SwitchParameter IsValid { get; set; }

    private protected override bool IsLiteral => ParameterSetName == ByLiteralPath;

    private protected override object? ProviderParameters(object context) =>
        !IsValid && FirstPath.Length > 0 ? EngineProviders.ExistsParameters(InvokeProvider.Item, FirstPath, context) : null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Paths is not { Length: > 0 } paths)
        {
            WriteError(NullPath());
            return;
        }
        foreach (var path in paths) WriteObject(Test(path));
    }

    private bool Test(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            if (path is null) WriteError(NullPath());
            return false;
        }
        try
        {
            if (IsValid) return SessionState.Path.IsValid(path);
            var context = NewContext();
            return PathType switch
            {
                TestPathType.Container => EngineProviders.Exists(InvokeProvider.Item, path, context) && Contains(path, context),
                TestPathType.Leaf => EngineProviders.Exists(InvokeProvider.Item, path, context) && !Contains(path, context),
                _ => EngineProviders.Exists(InvokeProvider.Item, path, context),
            };
        }
        catch (SessionStateException)
        {
            // A drive or provider that does not exist has no item.
            return false;
        }
    }

    private static ErrorRecord NullPath() => new(
        new ArgumentNullException("The provided Path argument was null or an empty collection."), "NullPathNotPermitted", ErrorCategory.InvalidArgument, null);

    private bool Contains(string path, object context) => EngineProviders.IsContainer(InvokeProvider.Item, path, context);
}
