using DLExperiments.Networks;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused;

/// <summary>Runs a chain of dense layers forward in evaluation mode, whatever the vectors. One object serves one thread at a time.</summary>
internal abstract class FusedForward : IDisposable
{
    /// <summary>Makes it for a network that <see cref="FusedScope"/> does not refuse.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights; copied.</param>
    internal static FusedForward Create(NetworkDefinition network, WeightSet weights) => FusedWidth.Choose(network) switch
    {
        512 => new FusedForward<Lanes512<float>>(network, weights),
        256 => new FusedForward<Lanes256<float>>(network, weights),
        128 => new FusedForward<Lanes128<float>>(network, weights),
        _ => new FusedForward<LanesOne<float>>(network, weights),
    };

    /// <summary>Computes the outputs of rows.</summary>
    /// <param name="features">Rows as the network sees them, row-major.</param>
    /// <param name="outputs">Gets the outputs, row-major.</param>
    internal abstract void Run(ReadOnlySpan<float> features, Span<float> outputs);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>With vectors of one width.</summary>
internal sealed unsafe class FusedForward<TVec> : FusedForward
    where TVec : struct, ILanes<TVec, float>
{
    private const int MostRows = 64;

    private readonly FusedNetwork<TVec, float> network;
    private readonly float* inputs;

    internal FusedForward(NetworkDefinition definition, WeightSet weights)
    {
        network = new FusedNetwork<TVec, float>(definition, MostRows);
        network.Import(weights);
        inputs = network.Memory.Allocate<float>((long)MostRows * network.InputSize);
        for (int i = 0; i < MostRows; i++) network.Batch.Rows[i] = inputs + (nint)i * network.InputSize;
    }

    internal override void Run(ReadOnlySpan<float> features, Span<float> outputs)
    {
        int size = network.OutputSize, rows = outputs.Length / size;
        for (int first = 0; first < rows; first += MostRows)
        {
            int count = Math.Min(MostRows, rows - first);
            features.Slice(first * network.InputSize, count * network.InputSize).CopyTo(new Span<float>(inputs, count * network.InputSize));
            network.Batch.Count = count;
            network.Forward();
            for (int i = 0; i < count; i++)
                new ReadOnlySpan<float>(network.Output + (nint)i * network.OutputWidth, size).CopyTo(outputs[((first + i) * size)..]);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => network.Dispose();
}
