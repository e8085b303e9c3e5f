using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Layers chosen by name: with wildcards, or by the name of the block that they are in.</summary>
internal static class LayerSelection
{
    /// <summary>The names of the layers that any pattern fits.</summary>
    /// <exception cref="ExperimentException">UnknownLayerName: a pattern fits none.</exception>
    internal static HashSet<string> Select(NetworkDefinition network, IEnumerable<string> patterns)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string pattern in patterns)
        {
            var wildcard = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
            List<string> found = [.. network.Layers.Select(l => l.Name).Where(n => wildcard.IsMatch(n) || NetworkDefinition.IsInside(n, pattern))];
            if (found.Count == 0)
                throw new ExperimentException("UnknownLayerName", ErrorKind.NotFound,
                    $"The network has no layer that fits '{pattern}'. {NearNames.Suggest(pattern, [.. network.Layers.Select(l => l.Name)])}", pattern);
            chosen.UnionWith(found);
        }
        return chosen;
    }
}
