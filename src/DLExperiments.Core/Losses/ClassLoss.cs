using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// A loss of one class out of several. Outputs are [classes, ...]; targets are class indices of the remaining shape, or soft
/// targets: one number for each class.
/// </summary>
public abstract class ClassLoss : Loss
{
    /// <summary>One weight for each class, or null for equal weights; rare classes get greater ones.</summary>
    public double[]? ClassWeights { get; init; }

    /// <summary>
    /// Mean over all positions of all rows (the pixels of a map of classes; a row without such has one), BatchMean (the sum over the positions of a row, the mean over
    /// rows) or Sum over all. The sums are not divided by the class weights.
    /// </summary>
    public LossReduction Reduction { get; init; }

    /// <inheritdoc/>
    public sealed override bool IsMean => Reduction == LossReduction.Mean;

    /// <inheritdoc/>
    public sealed override bool IsSum => Reduction == LossReduction.Sum;

    /// <inheritdoc/>
    public sealed override string DefaultMetric => "Accuracy";

    /// <inheritdoc/>
    public sealed override TargetLayout Fit(Shape output, Dataset data)
    {
        IReadOnlyList<DataColumn> targets = TargetsOf(data);
        int outputs = output.Count > 0 ? output[0] : 1;
        if (targets is [ClassColumn { ClassNames: [var only] } single])
            throw TargetError($"the target '{single.Name}' has one class alone, '{only}', so there is nothing to tell apart: the data must have rows of at least two classes.", single);
        if (outputs < 2)
            throw OutputError($"the network's output {output} has one number, but a choice between classes needs one for each class; "
                + "end the network with as many outputs as classes, or use BCEWithLogits for two classes and one output.", output);
        if (ClassWeights is { } weights && weights.Length != outputs)
            throw new ExperimentException("ClassWeightsMismatch", ErrorKind.InvalidArgument,
                $"{Type}: there are {weights.Length} ClassWeights for {outputs} outputs; give one for each.", weights);
        if (targets.Count == 1 && targets[0] is ClassColumn classes && classes.ClassNames.Count != outputs)
            throw OutputError($"the network has {outputs} outputs, but the target '{classes.Name}' has {classes.ClassNames.Count} classes; "
                + $"end the network with {classes.ClassNames.Count} outputs.", output);

        int positions = output.ElementCount / outputs, width = targets.Sum(t => t.ItemShape.ElementCount);
        if (width == positions && targets.Count == 1)
            return new TargetLayout(new Shape([.. output.Sizes.Skip(1)]), IsIndex: true, outputs, positions);
        if (width == output.ElementCount && !targets.OfType<ClassColumn>().Any())
            return new TargetLayout(output, IsIndex: false, outputs, positions);
        throw TargetError($"the targets {string.Join(", ", targets.Select(t => $"'{t.Name}'"))} have {width} number(s), but the output {output} wants "
            + $"{positions} class index(es), or {output.ElementCount} soft targets.", targets[0]);
    }

    /// <inheritdoc/>
    public sealed override string? Encode(ref float value, TargetLayout layout) => layout.IsIndex
        ? value >= 0 && value < layout.Classes && value == MathF.Floor(value) ? null : $"whole numbers from 0 to {layout.Classes - 1} (one for each output)"
        : value >= 0 ? null : "soft targets that are not negative";

    /// <inheritdoc/>
    public override torch.Tensor? TotalWeight(torch.Tensor target, torch.Tensor? sampleWeight)
    {
        if (ClassWeights is null || !IsMean || target.is_floating_point()) return sampleWeight?.sum();
        torch.Tensor weights = WeightsLike(target).index_select(0, target.flatten());
        return sampleWeight is null ? weights.sum() : (weights.view(target.shape[0], -1) * sampleWeight.unsqueeze(1)).sum();
    }

    /// <inheritdoc/>
    internal override double WeightOf(ReadOnlySpan<float> targets, TargetLayout layout)
    {
        if (ClassWeights is null || !IsMean || !layout.IsIndex) return 1;
        double sum = 0;
        foreach (float target in targets) sum += ClassWeights[(int)target];
        return sum;
    }

    /// <inheritdoc/>
    public sealed override long CountCorrect(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, TargetLayout layout)
    {
        int positions = layout.Decisions, size = layout.Classes * positions, rows = outputs.Length / size;
        long correct = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int position = 0; position < positions; position++)
            {
                int best = Largest(outputs.Slice(row * size, size), position, positions);
                int wanted = layout.IsIndex ? (int)targets[row * positions + position] : Largest(targets.Slice(row * size, size), position, positions);
                if (best == wanted) correct++;
            }
        }
        return correct;
    }

    /// <summary>The weighted mean of negative log-likelihoods.</summary>
    /// <param name="logProbabilities">[batch, classes, ...].</param>
    /// <param name="target">Class indices [batch, ...] or soft targets of the shape of <paramref name="logProbabilities"/>.</param>
    /// <param name="sampleWeight">One weight a row, or null.</param>
    /// <param name="smoothing">The share of each target that is spread evenly over all classes (Szegedy et al. 2016).</param>
    /// <param name="isSum">Whether the sum is wanted whatever the reduction is.</param>
    private protected torch.Tensor LogLikelihood(torch.Tensor logProbabilities, torch.Tensor target, torch.Tensor? sampleWeight, double smoothing, bool isSum = false)
    {
        long rows = logProbabilities.shape[0];
        torch.Tensor? weights = ClassWeights is null ? null : WeightsLike(logProbabilities).view([1, -1, .. Enumerable.Repeat(1L, (int)logProbabilities.dim() - 2)]);
        torch.Tensor weighted = weights is null ? logProbabilities : logProbabilities * weights;
        bool soft = target.is_floating_point();
        torch.Tensor losses = soft ? -(weighted * target).sum([1]) : -weighted.gather(1, target.unsqueeze(1)).squeeze(1);
        if (smoothing > 0) losses = losses * (1 - smoothing) - weighted.sum([1]) * (smoothing / logProbabilities.shape[1]);

        torch.Tensor sums = losses.view(rows, -1);
        if (sampleWeight is not null) sums = sums * sampleWeight.unsqueeze(1);
        if (IsSum || isSum) return sums.sum();
        if (!IsMean) return sampleWeight is null ? sums.sum() / rows : Divide(sums.sum(), sampleWeight.sum());
        if (!soft && TotalWeight(target, sampleWeight) is { } total && weights is not null) return Divide(sums.sum(), total);
        return sampleWeight is null ? sums.mean() : Divide(sums.mean([1]).sum(), sampleWeight.sum());
    }

    /// <summary>The class weights as a tensor on the device of another.</summary>
    private protected torch.Tensor WeightsLike(torch.Tensor like) =>
        torch.tensor(ClassWeights!, dtype: like.is_floating_point() ? like.dtype : torch.ScalarType.Float32, device: like.device);

    private static int Largest(ReadOnlySpan<float> values, int start, int stride)
    {
        int best = 0;
        float most = values[start];
        for (int c = 1, at = start + stride; at < values.Length; c++, at += stride)
        {
            if (values[at] > most) (most, best) = (values[at], c);
        }
        return best;
    }
}
