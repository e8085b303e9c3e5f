using System.Runtime.InteropServices;
using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Training.Prefetching;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>Batches that are read ahead, as tensors on a device.</summary>
/// <param name="piece">The rows.</param>
/// <param name="augments">Whether they are trained on.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="device">Where the tensors go.</param>
/// <param name="follow">The batch after one, or null after the last.</param>
internal sealed class TorchAhead(PreparedPiece piece, bool augments, long seed, torch.Device device, Func<BatchPlace, BatchPlace?> follow) : IDisposable
{
    private readonly BatchPrefetcher prefetcher = new(piece, augments, seed, follow);

    internal TimeSpan Waited => prefetcher.Waited;

    internal void Begin(int[] order) => prefetcher.Begin(order);

    /// <summary>Puts what was read ahead in its place among the inputs of a batch.</summary>
    /// <returns>The first targets where they were augmented too, else null.</returns>
    internal torch.Tensor? Take(BatchPlace place, torch.Tensor?[] inputs)
    {
        PrefetchedBatch batch = prefetcher.Take(place);
        for (int i = 0; i < inputs.Length; i++)
        {
            FeatureSource source = piece.Sources[i];
            long[] sizes = source.Input.Shape.WithBatch(place.Count);
            if (batch.Features[source.Feature] is float[] values)
            {
                float[] own = source.IsWhole ? values : new float[place.Count * source.Input.Shape.ElementCount];
                if (!source.IsWhole) Preprocessing.Cut(values, place.Count, source, own);
                inputs[i] = OnDevice<float>(own, sizes, torch.ScalarType.Float32);
            }
            if (batch.Features[source.Feature] is not byte[] bytes) continue;
            using Scalar scale = ((PixelColumn)piece.Data.Features[source.Feature]).Scale.ToScalar();
            inputs[i] = OnDevice<byte>(bytes, sizes, torch.ScalarType.Byte).to(torch.ScalarType.Float32).mul_(scale);
        }
        float[]? targets = batch.Targets;
        prefetcher.Return(batch);
        if (targets is null || piece.TargetSets.Count == 0) return null;
        TargetLayout layout = piece.Layout;
        bool soft = layout.IsIndex && piece.MixesTargets;
        torch.Tensor target = OnDevice<float>(targets, soft ? [place.Count, layout.Classes] : [place.Count, .. layout.Shape.Sizes.Select(s => (long)s)], torch.ScalarType.Float32);
        return layout.IsIndex && !soft ? target.to(torch.ScalarType.Int64) : target;
    }

    /// <inheritdoc/>
    public void Dispose() => prefetcher.Dispose();

    // Into memory of libtorch's own: a tensor over a managed array begins anywhere, and sums depend in the last bit on where it begins.
    private torch.Tensor OnDevice<T>(T[] values, long[] sizes, torch.ScalarType type)
        where T : unmanaged
    {
        torch.Tensor tensor = torch.empty(sizes, type);
        MemoryMarshal.AsBytes<T>(values).CopyTo(tensor.bytes);
        return tensor.to(device);
    }
}
