using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>
/// A function over tensors as a setting of a layer: its text, which is saved with the network, and, once it is bound, what computes it.
/// Text from a file is bound only where the caller allows it, for it is code.
/// </summary>
public sealed class TensorFunction
{
    private readonly Func<IReadOnlyList<torch.Tensor>, torch.Tensor>? body;

    /// <summary>Makes a function.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="body">What computes it, with operations that autograd records; null leaves it unbound.</param>
    public TensorFunction(string text, Func<IReadOnlyList<torch.Tensor>, torch.Tensor>? body = null)
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
    public static TensorFunction Parse(string text) => new(text);

    /// <summary>Computes it.</summary>
    /// <param name="inputs">Batches, batch dimension first.</param>
    /// <exception cref="ExperimentException">ScriptNotBound: it is text only.</exception>
    public torch.Tensor Invoke(IReadOnlyList<torch.Tensor> inputs) => body is not null
        ? body(inputs)
        : throw new ExperimentException("ScriptNotBound", ErrorKind.InvalidOperation,
            "The function of a Lambda layer is text only; give it as a script block: Add-Layer Lambda { param($x) $x.relu() }.", Text);

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
