using System.Reflection;
using System.Text.Json.Nodes;

namespace DLExperiments.Catalogues;

/// <summary>A catalogue without its element type, for code that treats all catalogues alike (completion, conversion, listing).</summary>
public interface ICatalogue
{
    /// <summary>What the entries are, in the singular, lower case: <c>layer</c>, <c>loss</c>.</summary>
    string Kind { get; }

    /// <summary>All entries, by name.</summary>
    IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>Adds every entry of this kind that an assembly declares.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The entries that are new.</returns>
    /// <exception cref="DLExperiments.Errors.ExperimentException">CatalogueNameTaken: a name belongs to another class; nothing is added.</exception>
    IReadOnlyList<CatalogueEntry> Register(Assembly assembly);

    /// <summary>Finds an entry by name or alias, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="DLExperiments.Errors.ExperimentException">No such entry; the message names near matches.</exception>
    CatalogueEntry Find(string name);

    /// <summary>Makes an entry from a name, a hashtable with a Name key, or an object of the catalogue's type.</summary>
    /// <param name="value">The value.</param>
    object FromValue(object value);

    /// <summary>Makes an entry from the JSON that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON: an object with a <c>type</c>.</param>
    object FromJson(JsonNode json);

    /// <summary>Writes an entry as JSON: its type and the parameters that differ from their defaults.</summary>
    /// <param name="entry">The entry.</param>
    JsonObject ToJson(object entry);
}
