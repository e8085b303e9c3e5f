using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Training.Regularisers;

/// <summary>λwᵀΓᵀΓw with a given matrix Γ, where w are the parameters of one or more layers one after the other; Γ = I gives L2.</summary>
[CatalogueEntry("Tikhonov")]
public sealed class TikhonovRegulariser : WeightPenalty
{
    /// <summary>The matrix Γ as a list of rows; each row has as many numbers as w.</summary>
    public required double[][] Matrix { get; init; }

    /// <inheritdoc/>
    public override void Validate(NetworkDefinition network)
    {
        base.Validate(network);
        if (Matrix.Length == 0 || Matrix.Any(r => r.Length != Matrix[0].Length)) throw Invalid("Matrix needs rows of the same length.");
        long count = network.Layers.Where(l => !l.IsFrozen)
            .SelectMany(l => l.Parameters.Where(p => !p.IsBuffer).Select(p => new ParameterSlice($"{l.Name}.{p.Name}", p.Shape, 0, p.Shape.ElementCount, p.IsBias)))
            .Where(Concerns).Sum(s => (long)s.Length);
        if (count != Matrix[0].Length)
            throw Invalid($"a row of Matrix has {Matrix[0].Length} numbers, but {count} parameters are chosen; choose with Layer and Bias.");
    }

    internal override PenaltyTerm Start(TorchNetwork network) => new Term(this, network);

    private sealed class Term : PenaltyTerm
    {
        private readonly double lambda;
        private readonly ParameterSlice[] slices;
        private readonly torch.Tensor gamma;

        internal Term(TikhonovRegulariser settings, TorchNetwork network)
        {
            lambda = settings.Lambda;
            slices = [.. network.ParameterSlices.Where(settings.Concerns)];
            float[] flat = [.. settings.Matrix.SelectMany(r => r).Select(v => (float)v)];
            using torch.Tensor matrix = torch.tensor(flat, [settings.Matrix.Length, settings.Matrix[0].Length]);
            gamma = matrix.to(network.Device, copy: true).DetachFromDisposeScope();
        }

        internal override double Add(torch.Tensor w, torch.Tensor g)
        {
            using var scope = torch.NewDisposeScope();
            torch.Tensor image = gamma.mv(torch.cat([.. slices.Select(s => w.narrow(0, s.Offset, s.Length))]));
            torch.Tensor gradient = gamma.t().mv(image);
            long at = 0;
            foreach (ParameterSlice slice in slices)
            {
                g.narrow(0, slice.Offset, slice.Length).add_(gradient.narrow(0, at, slice.Length), 2 * lambda);
                at += slice.Length;
            }
            return lambda * image.dot(image).item<float>();
        }

        public override void Dispose() => gamma.Dispose();
    }
}
