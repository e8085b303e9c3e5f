using System.Text.Json.Nodes;
using DLExperiments.Errors;

namespace DLExperiments.Sweeps.Spaces;

/// <summary>Builds the entries and the tree of a space from its table.</summary>
internal sealed class SpaceBuilder
{
    private readonly List<SpaceEntry> entries = [];
    private readonly Dictionary<string, int> byName = new(StringComparer.OrdinalIgnoreCase);

    internal SpaceBuilder(JsonObject json)
    {
        // Entries that depend on others come after them, however the table is ordered.
        var waiting = json.ToList();
        var nodes = new Dictionary<string, SpaceNode>(StringComparer.OrdinalIgnoreCase);
        while (waiting.Count > 0)
        {
            int before = waiting.Count;
            waiting.RemoveAll(item => Ready(item) && nodes.TryAdd(item.Key, Build(item.Key, item.Key, item.Value, -1, [])));
            if (waiting.Count < before) continue;
            (string name, JsonNode? value) = waiting[0];
            string parent = ConditionOf(name, value)!.Value.Parent;
            string[] known = [.. json.Select(j => j.Key)];
            throw SpaceText.Error(name, SpaceJson.Scalar(value), known.Contains(parent, StringComparer.OrdinalIgnoreCase)
                ? $"it cannot depend on {parent}: that does not vary, or depends on {name}"
                : json.Count == 1 ? $"there is no entry '{parent}'" : $"there is no entry '{parent}'. {NearNames.Suggest(parent, [.. known.Where(k => k != name)])}".TrimEnd('.'));
        }
        Roots = [.. json.Select(j => nodes[j.Key])];
        if (entries.Count == 0)
            throw new ExperimentException("InvalidSpace", ErrorKind.InvalidArgument, "Nothing in the space varies: give at least one parameter several values, as in @{ LearningRate = 'log 1e-4..1e-1' }.");
    }

    internal IReadOnlyList<SpaceEntry> Entries => entries;

    internal IReadOnlyList<SpaceNode> Roots { get; }

    private bool Ready(KeyValuePair<string, JsonNode?> item) => ConditionOf(item.Key, item.Value) is not { } condition || byName.ContainsKey(condition.Parent);

    private static (string Parent, string[] Values)? ConditionOf(string name, JsonNode? value)
    {
        if (SpaceJson.Scalar(value) is not string text) return null;
        SpaceText.Parse(name, text, out var condition);
        return condition;
    }

    private SpaceNode Build(string path, string name, JsonNode? value, int parent, IReadOnlyList<int> parentLevels)
    {
        if (value is JsonArray list)
        {
            if (list.Count == 0) throw SpaceText.Error(path, "", "the list is empty");
            return Choice(path, name, [.. list], parent, parentLevels);
        }
        if (value is JsonObject table)
            return new SpaceNode { Name = name, Tables = new Dictionary<int, IReadOnlyList<SpaceNode>> { [-1] = Parts(path, table, parent, parentLevels) } };
        if (SpaceJson.Scalar(value) is not string text) return new SpaceNode { Name = name, Constant = SpaceJson.Scalar(value) };
        SpaceValues values = SpaceText.Parse(path, text, out var condition);
        if (values is ListValues several) CheckDistinct(path, several.Items);
        if (condition is { } when)
        {
            if (parent >= 0) throw SpaceText.Error(path, text, "a setting inside another depends on that one already");
            (parent, parentLevels) = Find(path, text, when.Parent, when.Values);
        }
        else if (values is ListValues { Items.Count: 1 } single) return new SpaceNode { Name = name, Constant = single.Items[0] };
        return new SpaceNode { Name = name, Entry = Add(path, values, parent, parentLevels) };
    }

    private SpaceNode Choice(string path, string name, JsonNode?[] items, int parent, IReadOnlyList<int> parentLevels)
    {
        // Beside plain choices a table is told by its Name; without one the trial could not tell it from them.
        if (items.Any(i => i is not JsonObject) && items.OfType<JsonObject>().FirstOrDefault(t => !t.Any(p => p.Key.Equals("Name", StringComparison.OrdinalIgnoreCase))) is { } nameless)
            throw SpaceText.Error(path, string.Join(", ", nameless.Select(p => p.Key)), $"a choice with settings of its own needs a Name, as in @{{ Name = 'SGD'; Momentum = '0..0.9' }}. {NearNames.Suggest("Name", [.. nameless.Select(p => p.Key)])}".TrimEnd('.'));
        object?[] labels = [.. items.Select((item, i) => item switch
        {
            JsonObject table => SpaceJson.Scalar(table.FirstOrDefault(p => p.Key.Equals("Name", StringComparison.OrdinalIgnoreCase)).Value) ?? $"#{i + 1}",
            JsonArray => item.ToJsonString(),
            _ => SpaceJson.Scalar(item),
        })];
        CheckDistinct(path, labels);
        var lists = items.Select((item, i) => (i, item)).Where(p => p.item is JsonArray).ToDictionary(p => p.i, p => SpaceJson.Plain(p.item));
        int entry = Add(path, lists.Count == 0 ? new ListValues(labels) : new ListValues([.. labels.Select((l, i) => lists.GetValueOrDefault(i, l))]), parent, parentLevels);
        var tables = new Dictionary<int, IReadOnlyList<SpaceNode>>();
        for (int i = 0; i < items.Length; i++)
            if (items[i] is JsonObject table) tables[i] = Parts(path, table, entry, [i]);
        return new SpaceNode { Name = name, Entry = entry, Tables = tables };
    }

    private static void CheckDistinct(string path, IEnumerable<object?> labels)
    {
        if (labels.GroupBy(SpaceValues.Text, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw SpaceText.Error(path, twice.Key, "it is listed twice");
    }

    private SpaceNode[] Parts(string path, JsonObject table, int parent, IReadOnlyList<int> parentLevels) =>
        [.. table.Select(p => Build($"{path}.{p.Key}", p.Key, p.Value, parent, parentLevels))];

    private int Add(string path, SpaceValues values, int parent, IReadOnlyList<int> parentLevels)
    {
        entries.Add(new SpaceEntry(path, values, parent, parentLevels));
        byName[path] = entries.Count - 1;
        return entries.Count - 1;
    }

    private (int Parent, IReadOnlyList<int> Levels) Find(string path, string text, string name, string[] wanted)
    {
        if (!byName.TryGetValue(name, out int parent)) throw SpaceText.Error(path, text, $"there is no entry '{name}' before it");
        if (entries[parent].Values is not ListValues list) throw SpaceText.Error(path, text, $"{name} has a range; a condition needs an entry with listed values");
        int[] levels = [.. wanted.Select(w => list.PlaceOf(SpaceText.Scalar(w)) is { } place ? SpaceValues.Part(place, list.Items.Count)
            : throw SpaceText.Error(path, text, $"{name} is never '{w}': it is one of {list}"))];
        return (parent, levels);
    }
}
