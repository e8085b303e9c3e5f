using DLExperiments.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Networks.Torch;

/// <summary>
/// libtorch's recurrent layers as functions of their parameters. TorchSharp has them as modules only, whose parameters are their own and have one precision;
/// TorchScript calls the functions themselves, on views of a flat buffer, and autograd goes through.
/// </summary>
internal static class RecurrentKernels
{
    private static readonly Lazy<jit.CompilationUnit> Unit = new(() =>
    {
        TorchLibrary.EnsureLoaded();
        return jit.compile(Source);
    });

    private static string Source => Function("lstm", "[h, h]", "y, h, c") + string.Concat(new[] { "gru", "rnn_tanh", "rnn_relu" }.Select(name => Function(name, "h", "y, h")));

    /// <summary>Runs one layer, in one direction or both, over sequences.</summary>
    /// <param name="function">lstm, gru, rnn_tanh or rnn_relu.</param>
    /// <param name="sequences">[batch, steps, features].</param>
    /// <param name="parameters">Of each direction: weight_ih, weight_hh and, where there are biases, bias_ih, bias_hh.</param>
    /// <param name="units">How many units the state has.</param>
    /// <param name="biases">Whether there are biases.</param>
    /// <param name="bidirectional">Whether the sequences are also read backwards.</param>
    /// <param name="training">Whether this is a training step.</param>
    /// <returns>The states of all steps [batch, steps, directions·units], and the last one of each direction [directions, batch, units].</returns>
    internal static (Tensor All, Tensor Last) Run(string function, Tensor sequences, Tensor[] parameters, int units, bool biases, bool bidirectional, bool training)
    {
        Tensor zero = zeros([bidirectional ? 2 : 1, sequences.shape[0], units], sequences.dtype, sequences.device);
        return Unit.Value.invoke<(Tensor, Tensor)>(function, sequences, zero, parameters, biases, bidirectional, training);
    }

    private static string Function(string name, string state, string results) => $"""
        def {name}(x, h, w: List[Tensor], biases: bool, both: bool, training: bool):
            {results} = torch.{name}(x, {state}, w, biases, 1, 0.0, training, both, True)
            return y, h

        """;
}
