using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Fused.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Training.Fused.Updates;

/// <summary>
/// Update rules at work between the backward pass and the optimizer: penalties, clipping, parts of batches, factors of the learning rate,
/// averaging. What needs one gradient at a time happens while it is in the nearest cache; what needs all of them (a norm to clip by, the sum over
/// parts) gathers them first.
/// </summary>
internal sealed unsafe class FusedUpdate<TVec, T> : GradientSink<T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Whole vectors of every width, few enough to stay in the nearest cache through all passes.
    private const int BlockNumbers = 2048;

    private readonly UpdateRules rules;
    private readonly FusedNetwork<TVec, T> network;
    private readonly FusedOptimizer<T> optimizer;
    private readonly FusedPenalties<TVec, T>? penalties;
    private readonly (int Offset, int Count)[] regions;
    private readonly T* gathered;
    private readonly T* factors;
    private readonly T* before;
    private readonly T* average;
    private double learningRate, squares, clippedSquares;
    private T share;
    private bool isFirstPart;

    internal FusedUpdate(UpdateRules rules, FusedNetwork<TVec, T> network, FusedOptimizer<T> optimizer, bool isShared)
    {
        this.rules = rules;
        this.network = network;
        this.optimizer = optimizer;
        regions = network.TrainedRegions();
        if (rules.Regularisers.Count > 0) penalties = new FusedPenalties<TVec, T>(rules.Regularisers.Cast<WeightPenalty>(), network);
        // Several threads may bring gradients at once; gathering keeps them apart. A reported norm is the same to the last bit with clipping and without.
        if (isShared || rules.ReportNorms || rules.ClipNorm is not null || rules.BatchParts > 1 || optimizer.NormalisedDecay is not null) gathered = network.Memory.Allocate<T>(network.Size);
        if (rules.LearningRateFactors.Count > 0)
        {
            before = network.Memory.Allocate<T>(BlockNumbers);
            factors = network.Memory.Allocate<T>(network.Size);
            foreach ((ParameterSlot slot, _) in network.Trained())
            {
                double factor = rules.LearningRateFactors.Where(f => ParameterPattern.IsMatch(f.Key, slot.Name)).Aggregate(1.0, (product, f) => product * f.Value);
                new Span<T>(factors + slot.Offset, slot.Rows * slot.Width).Fill(T.CreateTruncating(factor));
            }
        }
        if (rules.WeightAverage is null) return;
        average = network.Memory.Allocate<T>(network.Size);
        new Span<T>(network.Parameters, network.Size).CopyTo(new Span<T>(average, network.Size));
    }

    /// <summary>The moving average of the weights, laid out as the parameters; null where there is none.</summary>
    internal T* Average => average;

    /// <summary>The penalties at the last update.</summary>
    internal double Penalty { get; private set; }

    /// <summary>The 2-norm of all gradients at the last update, penalties included, before clipping.</summary>
    internal double GradientNorm { get; private set; }

    /// <summary>Begins the gradients of a part of a batch.</summary>
    /// <param name="part">Which one; the first forgets what was gathered before.</param>
    internal void BeginPart(BatchPart part)
    {
        share = T.CreateTruncating(part.Share);
        isFirstPart = part.IsFirst;
    }

    /// <summary>Begins the last part of a batch, whose gradients complete the update.</summary>
    /// <param name="rate">The learning rate.</param>
    internal void BeginUpdate(double rate)
    {
        learningRate = rate;
        Penalty = squares = clippedSquares = 0;
        optimizer.Begin(rate);
    }

    /// <summary>Ends the update: what was gathered reaches the weights.</summary>
    internal void EndUpdate()
    {
        if (gathered != null)
        {
            foreach ((int offset, int count) in regions)
                for (int at = offset; at < offset + count; at += BlockNumbers) Prepare(at, gathered + at, Math.Min(BlockNumbers, offset + count - at));
            double norm = Math.Sqrt(clippedSquares);
            T scale = rules.ClipNorm is { } limit && norm > limit ? T.CreateTruncating(limit / (norm + 1e-6)) : T.One;
            if (scale != T.One)
                foreach ((int offset, int count) in regions) Scale(gathered + offset, count, scale);
            if (optimizer.NormalisedDecay is { } decay) Normalise(decay);
            foreach ((int offset, int count) in regions)
                for (int at = offset; at < offset + count; at += BlockNumbers) Step(at, gathered + at, Math.Min(BlockNumbers, offset + count - at));
        }
        GradientNorm = Math.Sqrt(squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Take(int offset, T* gradients, int count)
    {
        if (gathered == null)
        {
            for (int i = 0; i < count; i += BlockNumbers)
            {
                int some = Math.Min(BlockNumbers, count - i);
                Prepare(offset + i, gradients + i, some);
                Step(offset + i, gradients + i, some);
            }
            return;
        }
        TVec factor = TVec.Create(share);
        T* to = gathered + offset;
        for (int i = 0; i < count; i += TVec.Count)
        {
            TVec part = TVec.Load(gradients + i) * factor;
            (isFirstPart ? part : TVec.Load(to + i) + part).Store(to + i);
        }
    }

    /// <summary>Puts the average in the place of the weights, or takes it out again: each call exchanges the two.</summary>
    internal void ExchangeAverage()
    {
        if (average == null) return;
        foreach ((int offset, int count) in regions)
            for (int i = offset; i < offset + count; i++) (average[i], network.Parameters[i]) = (network.Parameters[i], average[i]);
    }

    /// <summary>From the gradients of the loss to those of the step, but for the clipping by norm.</summary>
    private void Prepare(int offset, T* g, int count)
    {
        if (penalties is not null) Penalty += penalties.Add(offset, network.Parameters + offset, g, count);
        if (rules.ClipNorm is null && rules.ClipValue is null && !rules.ReportNorms) return;
        double some = Squares(g, count);
        squares += some;
        if (rules.ClipValue is { } limit)
        {
            Clamp(g, count, limit);
            if (rules.ClipNorm is not null) some = Squares(g, count);
        }
        clippedSquares += some;
    }

    /// <summary>Divides what was gathered, with the weight decay λw, by its norm; a gradient of zero stays zero.</summary>
    private void Normalise(double decay)
    {
        TVec factor = VectorMath<TVec, T>.Number(decay);
        double sum = 0;
        foreach ((int offset, int count) in regions)
            for (int at = offset; at < offset + count; at += BlockNumbers)
            {
                int some = Math.Min(BlockNumbers, offset + count - at);
                for (int i = at; i < at + some; i += TVec.Count)
                    TVec.MultiplyAdd(TVec.Load(network.Parameters + i), factor, TVec.Load(gathered + i)).Store(gathered + i);
                sum += Squares(gathered + at, some);
            }
        if (sum == 0) return;
        foreach ((int offset, int count) in regions) Scale(gathered + offset, count, T.CreateTruncating(1 / Math.Sqrt(sum)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(int offset, T* g, int count)
    {
        T* w = network.Parameters + offset;
        if (factors != null) new Span<T>(w, count).CopyTo(new Span<T>(before, count));
        optimizer.Take(offset, g, count);
        if (factors != null)
            // Every optimizer's step is proportional to its learning rate, so a factor of the rate is a factor of the step.
            for (int i = 0; i < count; i += TVec.Count)
            {
                TVec from = TVec.Load(before + i);
                TVec.MultiplyAdd(TVec.Load(w + i) - from, TVec.Load(factors + offset + i), from).Store(w + i);
            }
        if (penalties is { IsProximal: true }) penalties.Shrink(offset, w, count, learningRate, factors);
        if (rules.WeightAverage is not { } decay) return;
        TVec keep = VectorMath<TVec, T>.Number(decay), add = VectorMath<TVec, T>.Number(1 - decay);
        for (int i = 0; i < count; i += TVec.Count)
            TVec.MultiplyAdd(TVec.Load(average + offset + i), keep, TVec.Load(w + i) * add).Store(average + offset + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Squares(T* g, int count)
    {
        TVec sum = default;
        for (int i = 0; i < count; i += TVec.Count)
        {
            TVec x = TVec.Load(g + i);
            sum = TVec.MultiplyAdd(x, x, sum);
        }
        return double.CreateTruncating(TVec.Sum(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clamp(T* g, int count, double limit)
    {
        TVec most = VectorMath<TVec, T>.Number(limit), least = VectorMath<TVec, T>.Number(-limit);
        for (int i = 0; i < count; i += TVec.Count)
        {
            TVec x = TVec.Load(g + i);
            TVec.Select(TVec.Greater(x, most), most, TVec.Select(TVec.Greater(least, x), least, x)).Store(g + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(T* g, int count, T scale)
    {
        TVec factor = TVec.Create(scale);
        for (int i = 0; i < count; i += TVec.Count) (TVec.Load(g + i) * factor).Store(g + i);
    }
}
