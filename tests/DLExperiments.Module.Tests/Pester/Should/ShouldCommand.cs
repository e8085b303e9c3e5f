using System.Collections.ObjectModel;
using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>Should: asserts on its input. Each operator of <see cref="ShouldOperator"/> is a parameter set of its own.</summary>
[Cmdlet("Assert", "PesterShould")]
public sealed class ShouldCommand : PSCmdlet, IDynamicParameters
{
    /// <summary>Id of the error that a failed assertion throws.</summary>
    public const string FailureId = "PesterAssertionFailed";

    private readonly List<object?> _input = [];
    private RuntimeDefinedParameterDictionary _parameters = [];

    /// <summary>The value to be judged.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull, AllowEmptyCollection, AllowEmptyString]
    public object? ActualValue { get; set; }

    /// <summary>Turns the assertion round.</summary>
    [Parameter]
    public SwitchParameter Not { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters()
    {
        _parameters = [];
        foreach (var shouldOperator in ShouldOperator.All.Values)
        {
            Add(shouldOperator.Name, typeof(SwitchParameter), shouldOperator.Name, null, shouldOperator.Aliases);
            var position = 0;
            foreach (var parameter in shouldOperator.Parameters)
                Add(parameter.Name, parameter.Type, shouldOperator.Name, parameter.Type == typeof(SwitchParameter) ? null : position++, []);
            Add("Because", typeof(string), shouldOperator.Name, position, []);
        }
        return _parameters;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _input.Add(ActualValue);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!ShouldOperator.All.TryGetValue(ParameterSetName, out var shouldOperator))
            throw new PSArgumentException("Should needs an operator, such as -Be, -Throw or -BeNullOrEmpty.");
        var values = (_input.Count, shouldOperator.TakesArray) switch
        {
            (0, _) => [null],
            // Also an array that -ActualValue brings: Pester 5 takes it as one element.
            (_, true) => [_input.ToArray()],
            _ => _input,
        };
        var arguments = shouldOperator.Parameters.Select(p => p.Name).Append("Because")
            .Where(name => _parameters[name].IsSet && MyInvocation.BoundParameters.ContainsKey(name))
            .ToDictionary(name => name, object? (name) => _parameters[name].Value);
        foreach (var value in values)
        {
            var input = new ShouldInput(value, Not, arguments.GetValueOrDefault("Because") as string, arguments, this);
            if (Judge(shouldOperator, input) is { } message)
                Fail(message, value);
            else if (input.PassThru is { } output)
                WriteObject(output);
        }
    }

    private string? Judge(ShouldOperator shouldOperator, ShouldInput input)
    {
        try
        {
            return shouldOperator.Judge(input);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            return exception.Message;
        }
    }

    private void Fail(string message, object? value)
    {
        var error = new ErrorRecord(new AssertionFailedException(message), FailureId, ErrorCategory.InvalidResult, value);
        if (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var action) && action is ActionPreference.Continue && PesterRun.Current.CurrentTest is not null)
        {
            PesterRun.Current.SoftFailures.Add(error);
            return;
        }
        ThrowTerminatingError(error);
    }

    private void Add(string name, Type type, string set, int? position, string[] aliases)
    {
        var attribute = new ParameterAttribute { ParameterSetName = set, Mandatory = name == set };
        if (position is { } at) attribute.Position = at;
        if (_parameters.TryGetValue(name, out var existing))
        {
            existing.Attributes.Add(attribute);
            // The same name with two types, as ExpectedValue of -Be and -HaveCount: each operator converts what it gets.
            if (existing.ParameterType != type) existing.ParameterType = typeof(object);
            return;
        }
        var attributes = new Collection<Attribute> { attribute, new AllowNullAttribute(), new AllowEmptyStringAttribute(), new AllowEmptyCollectionAttribute() };
        if (aliases.Length > 0) attributes.Add(new AliasAttribute(aliases));
        _parameters.Add(name, new RuntimeDefinedParameter(name, type, attributes));
    }
}
