using System.Collections.Immutable;
using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <content>Single parameters that layers of different types have in common.</content>
public sealed partial class NetworkDefinition
{
    /// <summary>
    /// Returns this network with parameters of a layer replaced by those of the same name and shape of others: the last layer of a language model that
    /// computes with the vectors of its embedding.
    /// </summary>
    /// <param name="layer">The layer that gives its own parameters up.</param>
    /// <param name="weights">Full names of the parameters that it computes with instead: <c>embedding_1.weight</c>.</param>
    /// <exception cref="ExperimentException">UnknownLayerName; UnknownWeight: there is no such parameter, or the layer has none of that name;
    /// TiedShapeMismatch: they have different shapes; InvalidTie: the layer's own parameter is in use by a third, or it is the same one.</exception>
    public NetworkDefinition WithTied(string layer, params string[] weights)
    {
        string name = ResolveName(layer);
        int place = Layers.ToList().FindIndex(l => l.Name == name);
        if (place < 0 || Layers[place].SharedWith is not null)
            throw new ExperimentException("InvalidTie", ErrorKind.InvalidArgument, $"'{name}' has no parameters of its own that could be tied.", name);
        LayerNode node = Layers[place];
        foreach (string weight in weights) node = node.With(Tie(node, weight));
        return new NetworkDefinition(Name, Inputs, Layers.SetItem(place, node), NamedOutputs);
    }

    private WeightTie Tie(LayerNode node, string weight)
    {
        var all = Layers.SelectMany(l => l.Parameters.Select(p => (Owner: l, Parameter: p, FullName: $"{l.Name}.{p.Name}"))).ToList();
        (LayerNode owner, ParameterSpec theirs, _) = all.Find(a => a.FullName.Equals(weight, StringComparison.OrdinalIgnoreCase)) is { Owner: not null } found
            ? found
            : throw new ExperimentException("UnknownWeight", ErrorKind.NotFound, $"There is no weight named '{weight}'. {NearNames.Suggest(weight, [.. all.Select(a => a.FullName)])}", weight);
        ParameterSpec own = node.Parameters.FirstOrDefault(p => p.Name == theirs.Name) ?? throw new ExperimentException("UnknownWeight", ErrorKind.NotFound,
            $"{node.Type} '{node.Name}' has no parameter '{theirs.Name}' of its own that '{weight}' could replace.", weight);
        if (owner.Name == node.Name || Layers.Any(l => l.Ties.Contains(new WeightTie(own.Name, node.Name))))
            throw new ExperimentException("InvalidTie", ErrorKind.InvalidArgument, $"'{node.Name}.{own.Name}' cannot be tied to '{weight}': it is "
                + (owner.Name == node.Name ? "the same." : "in use by another layer; tie that one to it as well."), weight);
        if (!own.Shape.Equals(theirs.Shape))
            throw new ExperimentException("TiedShapeMismatch", ErrorKind.InvalidOperation,
                $"'{node.Name}.{own.Name}' has the shape {own.Shape} and cannot be tied to '{owner.Name}.{theirs.Name}' of shape {theirs.Shape}.", weight);
        return new WeightTie(theirs.Name, owner.Name);
    }
}
