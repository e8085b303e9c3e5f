using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using DLExperiments.Errors;

namespace DLExperiments.Catalogues;

/// <summary>
/// All implementations of one kind (layers, losses, optimizers, ...), found by their <see cref="CatalogueEntryAttribute"/>.
/// One class is one entry; its public settable properties are its parameters, and completion, hashtables, JSON and help follow.
/// </summary>
/// <typeparam name="T">The kind's base class, marked with <see cref="CatalogueAttribute"/>.</typeparam>
public sealed class Catalogue<T> : ICatalogue
    where T : class
{
    private readonly Dictionary<string, CatalogueEntry> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Type, CatalogueEntry> byType = [];
    private readonly object gate = new();

    private Catalogue()
    {
        Kind = typeof(T).GetCustomAttribute<CatalogueAttribute>()?.Kind
            ?? throw new InvalidOperationException($"{typeof(T)} is not marked with [Catalogue].");
        Register(typeof(T).Assembly);
    }

    /// <summary>The catalogue.</summary>
    public static Catalogue<T> Default { get; } = new();

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CatalogueEntry> Entries
    {
        get
        {
            lock (gate) return byType.Values.OrderBy(e => e.Name, StringComparer.OrdinalIgnoreCase).ToList();
        }
    }

    /// <summary>Adds every entry that an assembly declares, so that a project of its own can bring, say, a new layer.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The entries that are new.</returns>
    /// <exception cref="ExperimentException">CatalogueNameTaken: a name belongs to another class; nothing is added.</exception>
    public IReadOnlyList<CatalogueEntry> Register(Assembly assembly)
    {
        var found = assembly.GetTypes().Where(t => !t.IsAbstract && typeof(T).IsAssignableFrom(t))
            .Select(t => (Type: t, Attribute: t.GetCustomAttribute<CatalogueEntryAttribute>(inherit: false))).Where(t => t.Attribute is not null)
            .Select(t => new CatalogueEntry(Kind, t.Type, t.Attribute!)).ToList();
        lock (gate)
        {
            List<CatalogueEntry> added = [.. found.Where(e => !byType.ContainsKey(e.Type))];
            var names = added.SelectMany(e => e.Aliases.Prepend(e.Name).Select(name => (Name: name, Entry: e))).ToList();
            foreach ((string name, CatalogueEntry entry) in names)
            {
                Type? other = byName.TryGetValue(name, out CatalogueEntry? known) ? known.Type
                    : names.FirstOrDefault(n => n.Entry != entry && n.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Entry?.Type;
                if (other is not null)
                    throw new ExperimentException("CatalogueNameTaken", ErrorKind.AlreadyExists, $"Two classes claim the {Kind} name '{name}': {other} and {entry.Type}. Rename one.", name);
            }
            foreach (CatalogueEntry entry in added) byType.Add(entry.Type, entry);
            foreach ((string name, CatalogueEntry entry) in names) byName.Add(name, entry);
            return added;
        }
    }

    /// <inheritdoc/>
    public CatalogueEntry Find(string name)
    {
        lock (gate)
        {
            if (byName.TryGetValue(name, out CatalogueEntry? entry)) return entry;
        }
        throw new ExperimentException($"Unknown{char.ToUpperInvariant(Kind[0])}{Kind[1..]}", ErrorKind.NotFound,
            $"There is no {Kind} named '{name}'. {NearNames.Suggest(name, Entries.Select(e => e.Name).ToList())}", name);
    }

    /// <summary>Makes an entry by name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">Parameter names and values; those not given keep their defaults.</param>
    public T Create(string name, IDictionary? values = null) => (T)Find(name).Create(values);

    /// <summary>The entry that describes an object.</summary>
    /// <param name="value">An object of one of the catalogue's classes.</param>
    public CatalogueEntry EntryOf(T value)
    {
        lock (gate)
        {
            if (byType.TryGetValue(value.GetType(), out CatalogueEntry? entry)) return entry;
        }
        throw new ExperimentException($"Unregistered{char.ToUpperInvariant(Kind[0])}{Kind[1..]}", ErrorKind.InvalidOperation,
            $"The class {value.GetType()} is not registered as a {Kind}: mark it with [CatalogueEntry] and register its assembly.", value);
    }

    /// <summary>Makes an entry from a name, a hashtable with a Name key, or an object of the catalogue's type.</summary>
    /// <param name="value">For example <c>'SGD'</c> or <c>@{ Name = 'SGD'; Momentum = .9 }</c>.</param>
    /// <exception cref="ExperimentException">An unknown name or parameter, or a bad value.</exception>
    public T From(object value)
    {
        switch (value)
        {
            case T made:
                return made;
            case string name:
                return Create(name);
            case IDictionary table:
                var rest = new Hashtable(StringComparer.OrdinalIgnoreCase);
                foreach (DictionaryEntry item in table) rest[item.Key.ToString()!] = item.Value;
                object? key = rest.ContainsKey("Name") ? rest["Name"] : rest["Type"];
                if (key is not string entry)
                    throw new ExperimentException("MissingName", ErrorKind.InvalidArgument,
                        $"{NearNames.WithArticle(Kind)} given as a hashtable needs a Name: @{{ Name = '{Entries[0].Name}'; ... }}.", value);
                rest.Remove("Name");
                rest.Remove("Type");
                return Create(entry, rest);
            default:
                throw new ExperimentException("InvalidParameterType", ErrorKind.InvalidArgument,
                    $"{NearNames.WithArticle(Kind)} is given by name or as a hashtable with a Name, not as {value.GetType().Name}.", value);
        }
    }

    /// <inheritdoc/>
    object ICatalogue.FromValue(object value) => From(value);

    /// <inheritdoc/>
    object ICatalogue.FromJson(JsonNode json) => FromJson(json);

    /// <inheritdoc/>
    JsonObject ICatalogue.ToJson(object entry) => ToJson((T)entry);

    /// <summary>Makes an entry from JSON.</summary>
    /// <param name="json">An object with a <c>type</c> and parameters.</param>
    /// <exception cref="ExperimentException">Not such an object, an unknown type or parameter, or a bad value.</exception>
    public T FromJson(JsonNode json) => (T)CatalogueJson.Read(this, json);

    /// <summary>Writes an entry as JSON: its type and the parameters that differ from their defaults.</summary>
    /// <param name="entry">The entry.</param>
    public JsonObject ToJson(T entry) => CatalogueJson.Write(EntryOf(entry), entry);
}
