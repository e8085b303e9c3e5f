using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Catalogues;

/// <summary>Writes the entries of a catalogue whose name or alias fits a pattern: the body of Get-LayerType and its siblings.</summary>
public static class CatalogueListing
{
    /// <summary>Writes the entries; a name without wildcards that nothing has is a non-terminating error with near matches.</summary>
    /// <param name="cmdlet">The cmdlet that lists.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="name">A name or alias, with wildcards.</param>
    public static void Write(Cmdlet cmdlet, ICatalogue catalogue, string name)
    {
        try
        {
            cmdlet.WriteObject(Find(catalogue, name), enumerateCollection: true);
        }
        catch (ExperimentException e)
        {
            cmdlet.WriteError(ErrorRecords.From(e)!);
        }
    }

    /// <summary>The entries whose name or alias fits a pattern.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="name">A name or alias, with wildcards.</param>
    /// <exception cref="ExperimentException">A name without wildcards that nothing has; the message names near matches.</exception>
    public static IEnumerable<CatalogueEntry> Find(ICatalogue catalogue, string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name)) return [catalogue.Find(name)];
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        return catalogue.Entries.Where(e => e.Aliases.Prepend(e.Name).Any(pattern.IsMatch));
    }
}
