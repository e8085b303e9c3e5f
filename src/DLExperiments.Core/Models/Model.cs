using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training.Objectives;

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
        : this(network, weights, preprocessing, [new ModelOutput(network.Outputs[0], loss, null, classNames, IsFirstTarget: true)], null)
    {
    }

    /// <summary>Puts the parts together, with what each output means.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Weights of exactly this network.</param>
    /// <param name="preprocessing">What turns raw data into the network's input; null for none.</param>
    /// <param name="outputs">What outputs mean; those of the network that are not among them are numbers without a loss.</param>
    /// <param name="objective">How it was trained, where that was said; it goes on so, and is measured so when its outputs have no loss.</param>
    /// <exception cref="DLExperiments.Errors.ExperimentException">WeightMismatch: the weights are not those of the network.</exception>
    public Model(NetworkDefinition network, WeightSet weights, Preprocessing? preprocessing, IReadOnlyList<ModelOutput> outputs, Objective? objective)
    {
        weights.Verify(network);
        Network = network;
        Weights = weights;
        Preprocessing = preprocessing ?? Preprocessing.None;
        Outputs = [.. outputs.Count > 0 && !network.Outputs.Contains(outputs[0].Name) ? outputs : [],
            .. network.Outputs.Select(name => outputs.FirstOrDefault(o => o.Name == name) ?? new ModelOutput(name, null))];
        Objective = objective;
    }

    /// <summary>The network.</summary>
    public NetworkDefinition Network { get; }

    /// <summary>The weights.</summary>
    public WeightSet Weights { get; }

    /// <summary>What turns raw data into the network's input.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>What each output means: its loss, its target and its classes.</summary>
    public IReadOnlyList<ModelOutput> Outputs { get; }

    /// <summary>How it was trained, where that was said (Siamese, Custom, ...); null for what follows from its outputs.</summary>
    public Objective? Objective { get; }

    /// <summary>Names of the classes of the first output, in the order of its numbers, or null for regression.</summary>
    public IReadOnlyList<string>? ClassNames => Outputs[0].ClassNames;

    /// <summary>The loss that the first output was trained with, or null when it never was.</summary>
    public Loss? Loss => Outputs[0].Loss;

    /// <summary>How many trained numbers it has.</summary>
    public long ParameterCount => Network.ParameterCount;

    /// <summary>A model of a changed network: layers that stay keep copies of their weights, new ones (and those of another shape) are initialised.</summary>
    /// <param name="network">The changed network.</param>
    /// <param name="seed">The seed of new weights.</param>
    /// <returns>A model of its own; class names stay where an output has the shape that it had before.</returns>
    public Model WithNetwork(NetworkDefinition network, long seed = 0)
    {
        Dictionary<string, WeightTensor> kept = Weights.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var weights = new WeightSet(WeightSet.Initialise(network, seed).Tensors.Select(made =>
            kept.TryGetValue(made.Name, out WeightTensor? old) && old.Shape.Equals(made.Shape) && old.IsBuffer == made.IsBuffer
                ? new WeightTensor(made.Name, made.Shape, (float[])old.Values.Clone(), made.IsBuffer)
                : made));
        var outputs = network.Outputs.Select((name, place) =>
        {
            // A first output under another name is the first output still: a head that was replaced.
            ModelOutput? old = Outputs.FirstOrDefault(o => o.Name == name) ?? (place == 0 ? Outputs[0] with { Name = name } : null);
            string before = place == 0 && !Network.Outputs.Contains(name) ? Network.Outputs[0] : name;
            return old is null ? new ModelOutput(name, null)
                : Network.Outputs.Contains(before) && network.ShapeOf(name).Equals(Network.ShapeOf(before)) ? old : old with { ClassNames = null };
        }).ToArray();
        return new Model(network, weights, Preprocessing, outputs, Objective);
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
