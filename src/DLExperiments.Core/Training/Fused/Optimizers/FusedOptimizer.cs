using System.Numerics;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

/// <summary>An optimizer at work: updates parameters as their gradients come, and remembers values for each.</summary>
internal abstract unsafe class FusedOptimizer<T> : GradientSink<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected FusedOptimizer(Optimizer settings, params (string Name, double Start)[] remembered)
    {
        Settings = settings;
        Remembered = remembered;
    }

    /// <summary>Its settings.</summary>
    internal Optimizer Settings { get; }

    /// <summary>The weight decay where gradients, decay included, are divided by their norm before the rule sees them; null where they are not.</summary>
    internal double? NormalisedDecay => Settings is SgdOptimizer { NormaliseGradient: true } ? Settings.WeightDecay : null;

    /// <summary>What it remembers, as named in snapshots, and what that starts with.</summary>
    internal (string Name, double Start)[] Remembered { get; }

    /// <summary>The remembered values, each as large as the parameters.</summary>
    internal T*[] Values { get; private set; } = [];

    /// <summary>How many steps it has made.</summary>
    internal long Step { get; set; }

    private protected T* Parameters { get; private set; }

    /// <summary>Learns where the parameters are, and makes room for what it remembers.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="size">How many.</param>
    /// <param name="memory">Gives memory.</param>
    internal void Bind(T* parameters, int size, AlignedMemory memory)
    {
        Parameters = parameters;
        Values = new T*[Remembered.Length];
        for (int i = 0; i < Values.Length; i++)
        {
            Values[i] = memory.Allocate<T>(size);
            new Span<T>(Values[i], size).Fill(T.CreateTruncating(Remembered[i].Start));
        }
    }

    /// <summary>Begins a step.</summary>
    /// <param name="learningRate">The learning rate.</param>
    internal abstract void Begin(double learningRate);
}

/// <summary>A kind of optimizer that the fused engine knows, registered for the class of its definition.</summary>
internal abstract class FusedOptimizerKind
{
    /// <summary>The class of the definition.</summary>
    internal abstract Type Definition { get; }

    /// <summary>Makes the optimizer.</summary>
    /// <param name="optimizer">Its settings.</param>
    internal abstract FusedOptimizer<T> Make<TVec, T>(Optimizer optimizer)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}
