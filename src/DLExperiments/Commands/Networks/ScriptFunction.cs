using System.Management.Automation;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Commands.Networks;

/// <summary>Makes functions over tensors from script blocks.</summary>
internal static class ScriptFunction
{
    private const string What = "a Lambda layer";

    /// <summary>Binds a script block that was typed; it keeps the scope in which it was written.</summary>
    internal static TensorFunction From(ScriptBlock script)
    {
        var bound = new BoundScript(script, What, "LambdaFailed");
        return bound.In(new TensorFunction(bound.Text, inputs =>
        {
            object? result = bound.Run([.. inputs]);
            return result as torch.Tensor ?? throw bound.Wrong($"the script gives {(result is object[] list ? $"{list.Length} objects" : result?.GetType().Name ?? "nothing")}, not one tensor.");
        }));
    }

    /// <summary>Binds text from a file.</summary>
    /// <exception cref="Errors.ExperimentException">InvalidScript: it does not parse.</exception>
    internal static TensorFunction From(string text) => From(BoundScript.Compile(text, What));
}
