using TorchSharp;

namespace DLExperiments.Training.Stacking.Optimizers;

/// <summary>A setting of the optimizers, one for each network: a plain number while all have the same, else a tensor with that of the owner of each parameter.</summary>
internal sealed class StackedNumber : IDisposable
{
    private static readonly Scalar One = 1.0.ToScalar();

    private double[] values = [];
    private Scalar? same;
    private torch.Tensor? each;

    /// <summary>Whether it is zero in all networks.</summary>
    internal bool IsZero => values.All(v => v == 0);

    /// <summary>Sets it; what it was before is kept while nothing changes.</summary>
    /// <param name="numbers">The number of each network.</param>
    /// <param name="owners">Which network each parameter belongs to.</param>
    internal StackedNumber Set(double[] numbers, torch.Tensor owners)
    {
        if (numbers.AsSpan().SequenceEqual(values)) return this;
        Forget();
        values = numbers;
        if (numbers.Distinct().Count() == 1)
        {
            same = numbers[0].ToScalar();
            return this;
        }
        using torch.Tensor all = torch.tensor(Array.ConvertAll(numbers, n => (float)n), device: owners.device);
        each = all.index_select(0, owners).DetachFromDisposeScope();
        return this;
    }

    /// <summary>target ← target · number.</summary>
    internal void Scale(torch.Tensor target)
    {
        if (same is { } number) target.mul_(number);
        else target.mul_(each!);
    }

    /// <summary>target ← target + number.</summary>
    internal void AddTo(torch.Tensor target)
    {
        if (same is { } number) target.add_(number);
        else target.add_(each!);
    }

    /// <summary>target ← target + number · other.</summary>
    internal void AddTo(torch.Tensor target, torch.Tensor other)
    {
        if (same is { } number) target.add_(other, number);
        else target.addcmul_(other, each!, One);
    }

    /// <summary>Forgets the number: the networks have changed.</summary>
    internal void Forget()
    {
        values = [];
        same?.Dispose();
        each?.Dispose();
        (same, each) = (null, null);
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();
}
