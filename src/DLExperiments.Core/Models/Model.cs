using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Networks;

namespace DLExperiments.Models;

/// <summary>
/// A network with weights and with the preprocessing and class names of the data it was trained on: everything that prediction needs.
/// The weights lie in managed memory; engines borrow them.
/// </summary>
public sealed class Model : IDisposable
{
    private readonly List<IDisposable> attached = [];

    /// <summary>Puts the parts together.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Weights of exactly this network.</param>
    /// <param name="preprocessing">What turns raw data into the network's input; null for none.</param>
    /// <param name="classNames">Names of the classes in the order of the network's outputs, or null.</param>
    /// <param name="loss">The loss it was trained with, or null; it decides how outputs are read.</param>
    /// <exception cref="DLExperiments.Errors.ExperimentException">WeightMismatch: the weights are not those of the network.</exception>
    public Model(NetworkDefinition network, WeightSet weights, Preprocessing? preprocessing = null,
        IReadOnlyList<string>? classNames = null, Loss? loss = null)
    {
        weights.Verify(network);
        Network = network;
        Weights = weights;
        Preprocessing = preprocessing ?? Preprocessing.None;
        ClassNames = classNames;
        Loss = loss;
    }

    /// <summary>The network.</summary>
    public NetworkDefinition Network { get; }

    /// <summary>The weights.</summary>
    public WeightSet Weights { get; }

    /// <summary>What turns raw data into the network's input.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>Names of the classes in the order of the network's outputs, or null for regression.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>The loss it was trained with, or null when it never was.</summary>
    public Loss? Loss { get; }

    /// <summary>How many trained numbers it has.</summary>
    public long ParameterCount => Network.ParameterCount;

    /// <summary>A model of a changed network: layers that stay keep copies of their weights, new ones (and those of another shape) are initialised.</summary>
    /// <param name="network">The changed network.</param>
    /// <param name="seed">The seed of new weights.</param>
    /// <returns>A model of its own; class names stay where the first output has as many numbers as before.</returns>
    public Model WithNetwork(NetworkDefinition network, long seed = 0)
    {
        Dictionary<string, WeightTensor> kept = Weights.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var weights = new WeightSet(WeightSet.Initialise(network, seed).Tensors.Select(made =>
            kept.TryGetValue(made.Name, out WeightTensor? old) && old.Shape.Equals(made.Shape) && old.IsBuffer == made.IsBuffer
                ? new WeightTensor(made.Name, made.Shape, (float[])old.Values.Clone(), made.IsBuffer)
                : made));
        return new Model(network, weights, Preprocessing, network.OutputShape.Equals(Network.OutputShape) ? ClassNames : null, Loss);
    }

    /// <summary>Ties something native to the model's lifetime, such as an engine that is kept for further predictions.</summary>
    /// <param name="make">Makes it when the model has none of the type yet.</param>
    /// <typeparam name="T">Its type.</typeparam>
    internal T Attach<T>(Func<T> make)
        where T : class, IDisposable
    {
        lock (attached)
        {
            if (attached.OfType<T>().FirstOrDefault() is { } kept) return kept;
            T made = make();
            attached.Add(made);
            return made;
        }
    }

    /// <summary>Frees native memory that predictions have kept; the weights stay, and the model can be used again.</summary>
    public void Dispose()
    {
        lock (attached)
        {
            foreach (IDisposable item in attached) item.Dispose();
            attached.Clear();
        }
    }
}
