using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Training.Objectives;

/// <summary>
/// The losses of a custom objective as a setting: text, which checkpoints and models keep, and, once it is bound, what computes them.
/// Text from a file is bound only where the caller allows it, for it is code.
/// </summary>
public sealed class LossFunction
{
    private readonly Func<IReadOnlyDictionary<string, torch.Tensor>, IReadOnlyDictionary<string, torch.Tensor>, IReadOnlyDictionary<string, torch.Tensor>, IReadOnlyDictionary<string, torch.Tensor>>? body;

    /// <summary>Makes a function.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="body">Gives named scalar losses of outputs, targets and inputs by name, with operations that autograd records; one loss alone is named Loss. Null leaves it unbound.</param>
    public LossFunction(string text, Func<IReadOnlyDictionary<string, torch.Tensor>, IReadOnlyDictionary<string, torch.Tensor>, IReadOnlyDictionary<string, torch.Tensor>, IReadOnlyDictionary<string, torch.Tensor>>? body = null)
    {
        Text = text.Trim();
        this.body = body;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Whether it can be computed.</summary>
    public bool IsBound => body is not null;

    /// <summary>Reads a function as a file holds it: its text, not bound.</summary>
    /// <param name="text">The text.</param>
    public static LossFunction Parse(string text) => new(text);

    /// <summary>Computes the losses.</summary>
    /// <param name="outputs">The network's outputs by name, batch dimension first.</param>
    /// <param name="targets">The targets by name, batch dimension first.</param>
    /// <param name="inputs">The network's inputs by name, batch dimension first.</param>
    /// <exception cref="ExperimentException">ScriptNotAllowed: it is text only.</exception>
    public IReadOnlyDictionary<string, torch.Tensor> Invoke(
        IReadOnlyDictionary<string, torch.Tensor> outputs, IReadOnlyDictionary<string, torch.Tensor> targets, IReadOnlyDictionary<string, torch.Tensor> inputs) => body is not null
        ? body(outputs, targets, inputs)
        : throw new ExperimentException("ScriptNotAllowed", ErrorKind.InvalidOperation,
            "The custom objective is a script, and a script from a file is code that runs on this machine. Use -AllowScript if you trust the file, or give the script with -Objective.", Text);

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
