using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>Set-Variable: sets variables, and makes those that are not there.</summary>
[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
[OutputType(typeof(PSVariable))]
public sealed class SetVariableCommand : VariableCommand
{
    private readonly ArrayList piped = [];
    private bool named;

    /// <summary>The names; wildcards mean variables that are there.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, Mandatory = true)]
    public string[] Name { get; set; } = [];

    /// <summary>The value; several from the pipeline become an array.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; } = AutomationNull.Value;

    /// <summary>Only names that match one of these.</summary>
    [Parameter]
    public string[]? Include { get; set; }

    /// <summary>Only names that match none of these.</summary>
    [Parameter]
    public string[]? Exclude { get; set; }

    /// <summary>A text about the variable.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>ReadOnly, Constant, Private, AllScope.</summary>
    [Parameter]
    public ScopedItemOptions Option { get; set; }

    /// <summary>Sets read-only variables too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether other sessions see the variable.</summary>
    [Parameter]
    public SessionStateEntryVisibility Visibility { get; set; }

    /// <summary>Writes the variable.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        named = MyInvocation.BoundParameters.ContainsKey(nameof(Name)) && MyInvocation.BoundParameters.ContainsKey(nameof(Value));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (named)
            SetAll(Value);
        else if (Value != AutomationNull.Value)
            piped.Add(Value);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!named)
            SetAll(piped.Count switch { 0 => AutomationNull.Value, 1 => piped[0], _ => piped.ToArray() });
    }

    private void SetAll(object? value)
    {
        // Without a scope, a variable of an outer scope is not changed but hidden by a new one here, as by assignment.
        Scope ??= "local";
        foreach (var name in Name)
        {
            var found = Find(name, Include, Exclude, reportMissing: false);
            foreach (var variable in found)
                Try(() => Change(variable, value));
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name) && Include is null && Exclude is null)
                Try(() => Make(name, value));
        }
    }

    private void Make(string name, object? value)
    {
        if (!ShouldProcess($"Name: {name} Value: {value}", "Set variable"))
            return;
        var variable = new PSVariable(name, value == AutomationNull.Value ? null : value, Option) { Visibility = Visibility };
        if (Description is not null)
            variable.Description = Description;
        var made = EngineAccess.Invoke(Scopes, "SetVariableAtScope", variable, Scope, (bool)Force, Origin);
        if (PassThru)
            WriteObject(made);
    }

    private void Change(PSVariable variable, object? value)
    {
        if (!ShouldProcess($"Name: {variable.Name} Value: {value}", "Set variable"))
            return;
        if (Force && variable.Options.HasFlag(ScopedItemOptions.ReadOnly))
            EngineAccess.Invoke(variable, "SetOptions", variable.Options & ~ScopedItemOptions.ReadOnly, true);
        if (value != AutomationNull.Value)
            variable.Value = value;
        if (Description is not null)
            variable.Description = Description;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Option)))
            variable.Options = Option;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Visibility)))
            variable.Visibility = Visibility;
        if (PassThru)
            WriteObject(variable);
    }
}
