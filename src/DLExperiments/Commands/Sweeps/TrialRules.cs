using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Commands.Sweeps;

/// <summary>The rules of a trial's own param() block (types, ValidateSet, ValidateRange and so on), tried by PowerShell itself on settings before any trial begins.</summary>
internal static class TrialRules
{
    /// <summary>Tries settings.</summary>
    /// <param name="code">The trial.</param>
    /// <param name="settings">The settings to try.</param>
    /// <exception cref="ExperimentException">InvalidParameter: a value breaks a rule; MissingParameter: a setting has no value for a mandatory parameter.</exception>
    internal static void Check(TrialCode code, IEnumerable<Setting> settings)
    {
        if (code.Parameters.Count == 0) return;
        string[] mandatory = [.. code.Parameters.Where(TrialParameters.IsMandatory).Select(p => p.Name.VariablePath.UserPath)];
        var rules = code.Parameters.ToDictionary(p => p.Name.VariablePath.UserPath, RuleOf, StringComparer.OrdinalIgnoreCase);
        var tried = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Setting setting in settings)
        {
            Hashtable arguments = TrialParameters.Arguments(code, new TrialAssignment(0, 0, 0, 0, 0, setting, ""), null);
            foreach (string name in mandatory.Where(n => setting.Columns.Count > 0 && !arguments.ContainsKey(n) && !n.Equals("Dataset", StringComparison.OrdinalIgnoreCase)))
                throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, $"The trial's parameter {name} is mandatory, but the setting {setting} does not have it.", name);
            foreach (DictionaryEntry argument in arguments)
            {
                string name = (string)argument.Key;
                if (rules.TryGetValue(name, out ScriptBlock? rule) && rule is not null && tried.Add($"{name}={SpaceValues.Text(argument.Value)}")) Try(rule, name, argument.Value);
            }
        }
    }

    private static void Try(ScriptBlock rule, string name, object? value)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        // Anything but a refusal is of a type or a set that only the trial's own session knows: it judges by itself.
        shell.AddScript("param($__rule, $__arguments) try { & $__rule @__arguments } catch { $_ }", useLocalScope: true).AddArgument(rule).AddArgument(new Hashtable { [name] = value });
        if (shell.Invoke().Select(o => o?.BaseObject).OfType<ErrorRecord>().FirstOrDefault(e => e.FullyQualifiedErrorId.StartsWith("ParameterArgument", StringComparison.Ordinal)) is { } refusal)
            throw new ExperimentException("InvalidParameter", ErrorKind.InvalidArgument, $"The space gives {name} the value {SpaceValues.Text(value)}, which the trial's param() block does not take: {refusal.Exception.Message}", name, refusal.Exception);
    }

    // Each parameter alone and without its default, which may be long work; [Parameter()] says nothing of values, and would ask for one that is missing.
    private static ScriptBlock? RuleOf(ParameterAst parameter)
    {
        AttributeBaseAst[] rules = [.. parameter.Attributes.Where(a => a is TypeConstraintAst || a.TypeName.Name is var name && (name.StartsWith("Validate", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Allow", StringComparison.OrdinalIgnoreCase)))];
        if (rules.Length == 0) return null;
        string text = $"param({string.Concat(rules.Select(a => a.Extent.Text))} ${{{parameter.Name.VariablePath.UserPath}}})";
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Length > 0 ? null : ScriptBlock.Create(text);
    }
}
