using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Networks.Blocks;

/// <summary>
/// A way to put networks together into one: what <c>Add-Layer Residual { ... }</c> names. A block exists only while a network is defined: its layers
/// are spread out into the network under the block's name. A new kind is one class, as with layers.
/// </summary>
[Catalogue("block")]
public abstract class Block
{
    /// <summary>How many copies follow one another, each with weights of its own; they are numbered 1, 2, ... in the layers' names.</summary>
    [Range(1, int.MaxValue)]
    public int Repeat { get; init; } = 1;

    /// <summary>The name in the catalogue.</summary>
    public string Type => Catalogue<Block>.Default.EntryOf(this).Name;

    /// <summary>The fewest networks that it is made of.</summary>
    public virtual int MinimumBodies => 1;

    /// <summary>The most networks that it is made of.</summary>
    public virtual int MaximumBodies => 1;

    /// <summary>Adds the block to a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bodies">Each takes a network with the block's inputs and no layers, and gives it back with layers.</param>
    /// <param name="name">The block's name; by default its type in lower case and a number.</param>
    /// <param name="from">What feeds it; by default the last layer.</param>
    /// <param name="frozen">Whether training leaves its parameters alone.</param>
    /// <param name="activation">An activation behind each copy, or null.</param>
    /// <exception cref="ExperimentException">BlockBodyCount: too few or too many bodies; and whatever its layers say.</exception>
    public NetworkDefinition AddTo(NetworkDefinition network, IReadOnlyList<Func<NetworkDefinition, NetworkDefinition>> bodies,
        string? name = null, IReadOnlyList<string>? from = null, bool frozen = false, Layer? activation = null)
    {
        name ??= network.NextName(Type);
        if (bodies.Count < MinimumBodies || bodies.Count > MaximumBodies)
            throw new ExperimentException("BlockBodyCount", ErrorKind.InvalidArgument,
                $"{Type} '{name}' takes {(MinimumBodies == MaximumBodies ? $"{MinimumBodies}" : $"at least {MinimumBodies}")} network(s) "
                + $"(script blocks or definitions), but {bodies.Count} were given.", name);
        NetworkDefinition start = NetworkDefinition.Create(from is { Count: > 1 }
            ? from.Select((f, i) => new NetworkInput($"{NetworkDefinition.DefaultInput}_{i + 1}", network.ShapeOf(f)))
            : [new NetworkInput(NetworkDefinition.DefaultInput, network.ShapeOf(from is [var only] ? only : network.LastName))]);
        if (Repeat == 1) return network.AddNetwork(MakeCopy(start), name, from, frozen);
        NetworkDefinition copies = start;
        for (int i = 1; i <= Repeat; i++)
        {
            NetworkDefinition copy = MakeCopy(i == 1 ? start : NetworkDefinition.Create(copies.ShapeOf(copies.LastName)));
            copies = copies.AddNetwork(copy, $"{i}", i == 1 ? [.. start.Inputs.Select(s => s.Name)] : null);
        }
        return network.AddNetwork(copies, name, from, frozen);

        NetworkDefinition MakeCopy(NetworkDefinition empty)
        {
            NetworkDefinition made = Build(empty, [.. bodies.Select(b => (Func<NetworkDefinition, NetworkDefinition>)(part => Run(b, part)))], name);
            return activation is null ? made : made.Add(activation);
        }

        NetworkDefinition Run(Func<NetworkDefinition, NetworkDefinition> body, NetworkDefinition part)
        {
            try
            {
                return body(part);
            }
            catch (ExperimentException e)
            {
                throw new ExperimentException(e.ErrorId, e.Kind, $"In {Type} '{name}': {e.Message}", e.Target, e);
            }
        }
    }

    /// <summary>Puts the bodies together.</summary>
    /// <param name="start">A network with the block's inputs and no layers.</param>
    /// <param name="bodies">As many as the block takes.</param>
    /// <param name="name">The block's name, for messages.</param>
    protected abstract NetworkDefinition Build(NetworkDefinition start, IReadOnlyList<Func<NetworkDefinition, NetworkDefinition>> bodies, string name);
}
