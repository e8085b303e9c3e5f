using System.Collections;
using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>InModuleScope: runs code inside an imported script module, so that it sees what the module does not export.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PesterInModuleScope")]
public sealed class InModuleScopeCommand : PSCmdlet
{
    /// <summary>Name of the imported module.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string ModuleName { get; set; } = "";

    /// <summary>The code.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Named arguments for a body with a param block.</summary>
    [Parameter]
    public Hashtable Parameters { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        const string code = "param($______name, $______body, $______named) $______module = @(Get-Module $______name); " +
            "if ($______module.Count -ne 1) { throw \"No module '$______name' is imported.\" }; & $______module[0] $______body @______named";
        WriteObject(InvokeCommand.InvokeScript(true, ScriptBlock.Create(code), null, ModuleName, ScriptBlock, Parameters), true);
    }
}
