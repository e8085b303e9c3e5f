using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>What a layer sees while it computes: its own parameters, the mode, and randomness that any step can draw again.</summary>
public sealed class LayerContext
{
    private readonly IReadOnlyDictionary<string, torch.Tensor> parameters;
    private readonly Dictionary<Type, object> states = [];
    private readonly int place;

    internal LayerContext(string name, int place, IReadOnlyDictionary<string, torch.Tensor> parameters)
    {
        Name = name;
        this.place = place;
        this.parameters = parameters;
    }

    /// <summary>The layer's name in the definition.</summary>
    public string Name { get; }

    /// <summary>True while training (dropout drops, batch norm uses the batch), false while evaluating.</summary>
    public bool IsTraining { get; internal set; }

    /// <summary>True when the layer is frozen: batch norm then keeps its statistics even while training.</summary>
    public bool IsFrozen { get; internal set; }

    /// <summary>The run's seed.</summary>
    public long Seed { get; internal set; }

    /// <summary>The training step over all epochs, from 0.</summary>
    public long Step { get; internal set; }

    /// <summary>One of the layer's parameters or buffers.</summary>
    /// <param name="name">Its name within the layer, for example <c>weight</c>.</param>
    public torch.Tensor this[string name] => Cast(parameters[name]);

    /// <summary>One of the layer's parameters, or null when the layer's settings leave it out (<c>-Bias:$false</c>).</summary>
    /// <param name="name">Its name within the layer.</param>
    public torch.Tensor? Find(string name) => parameters.TryGetValue(name, out torch.Tensor? parameter) ? Cast(parameter) : null;

    /// <summary>The numbers that the layer computes with when they are not those of its parameters, which are cast then; autograd casts gradients back.</summary>
    internal torch.ScalarType? Reduced { get; init; }

    /// <summary>The layer's random stream of this step: the same seed, layer and step give the same numbers.</summary>
    public RandomStream OpenRandom() => new(Seed, RandomPurpose.Dropout, place, 0, Step);

    /// <summary>A dropout mask from the layer's stream of this step, ready to be multiplied.</summary>
    /// <param name="shape">Its shape, batch dimension first.</param>
    /// <param name="probability">The probability of a zero.</param>
    /// <param name="like">The tensor whose type and device the mask has.</param>
    public torch.Tensor DrawDropoutMask(long[] shape, double probability, torch.Tensor like)
    {
        float[] mask = new float[shape.Aggregate(1L, (product, size) => product * size)];
        DropoutMask.Fill(mask, probability, OpenRandom());
        return torch.tensor(mask, shape, dtype: like.dtype, device: like.device);
    }

    /// <summary>An object that the layer keeps between calls (a native module, a cached table), made at first use.</summary>
    /// <param name="make">Makes it.</param>
    /// <typeparam name="T">Its type; one object of each type is kept.</typeparam>
    public T GetState<T>(Func<T> make)
        where T : class
    {
        if (!states.TryGetValue(typeof(T), out object? state)) states[typeof(T)] = state = make();
        return (T)state;
    }

    private torch.Tensor Cast(torch.Tensor parameter) => Reduced is { } type ? parameter.to(type) : parameter;

    internal void DisposeStates()
    {
        foreach (IDisposable state in states.Values.OfType<IDisposable>()) state.Dispose();
        states.Clear();
    }
}
