using System.Collections;
using System.Text.Json.Nodes;
using DLExperiments.Errors;

namespace DLExperiments.Sweeps.Spaces;

/// <summary>
/// What a sweep varies: entries with their values, from a hashtable such as <c>@{ LearningRate = 'log 1e-4..1e-1'; Units = 16, 32, 64 }</c>. A point of
/// the unit cube is a setting, so that samplers know nothing of names and types. Entries are in the order of their names, except in an ordered table.
/// </summary>
public sealed class SweepSpace
{
    private readonly IReadOnlyList<SpaceNode> roots;

    private readonly IReadOnlyDictionary<(int Entry, double Place), double> exact;

    private SweepSpace(JsonObject source, IReadOnlyList<SpaceEntry> entries, IReadOnlyList<SpaceNode> roots, IReadOnlyDictionary<(int Entry, double Place), double> exact)
    {
        (Source, Entries, this.roots, this.exact) = (source, entries, roots, exact);
        Names = [.. roots.Select(r => r.Name)];
        Cube = new SampleCube([.. entries.Select(e => new CubeDimension(e.Values.Levels, e.Values.IsCategorical, e.Values.IsListed, e.Parent, e.ParentLevels))]);
    }

    /// <summary>The entries, those that others depend on before them: one dimension of the cube each.</summary>
    public IReadOnlyList<SpaceEntry> Entries { get; }

    /// <summary>The names of the parameters that a setting has, without those inside others.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The cube that samplers see.</summary>
    public SampleCube Cube { get; }

    /// <summary>The table as it was given, as JSON.</summary>
    internal JsonObject Source { get; }

    /// <summary>Reads a space.</summary>
    /// <param name="table">
    /// Names and values: a string (<c>'log 1e-4..1e-1'</c>, <c>'int 16..256 step 16'</c>, <c>'16, 32, 64'</c>, <c>'bool'</c>, <c>'0..0.9 when Optimizer = SGD'</c>), a
    /// list of values, one value that stays the same, or a table of settings whose own values may be such strings: <c>'Adam', @{ Name = 'SGD'; Momentum = '0..0.9' }</c>.
    /// </param>
    /// <exception cref="ExperimentException">InvalidSpace: an entry is wrong; the message names it.</exception>
    public static SweepSpace From(IDictionary table)
    {
        if (table.Count == 0) throw new ExperimentException("InvalidSpace", ErrorKind.InvalidArgument, "The space is empty: name at least one parameter, as in @{ LearningRate = 'log 1e-4..1e-1' }.");
        return FromJson(SpaceJson.Write(table));
    }

    /// <summary>Reads the JSON of a plan.</summary>
    /// <param name="json">The table.</param>
    /// <param name="exact">What <see cref="ExactJson"/> wrote; null for none.</param>
    internal static SweepSpace FromJson(JsonObject json, JsonArray? exact = null)
    {
        var builder = new SpaceBuilder(json);
        return new SweepSpace(json, builder.Entries, builder.Roots,
            (exact ?? []).ToDictionary(e => (e![0]!.GetValue<int>(), e[1]!.GetValue<double>()), e => e![2]!.GetValue<double>()));
    }

    /// <summary>The values of <see cref="Keeping"/>: entry, place and value of each; null for none.</summary>
    internal JsonArray? ExactJson => exact.Count == 0 ? null : new([.. exact.OrderBy(e => e.Key).Select(e => new JsonArray(e.Key.Entry, e.Key.Place, e.Value))]);

    /// <summary>The space that gives settings that were given by hand back to the last bit: on the way to the cube and back .05 of a logarithmic range may come to .05000000000000001.</summary>
    /// <param name="settings">The settings, as <see cref="PlaceOf"/> takes them.</param>
    /// <exception cref="ExperimentException">InvalidPoint.</exception>
    public SweepSpace Keeping(IEnumerable<IDictionary> settings)
    {
        var kept = new Dictionary<(int Entry, double Place), double>(exact);
        foreach (IDictionary setting in settings)
        {
            double[] point = PlaceOf(setting);
            Dictionary<string, object?> flat = Flatten(setting);
            for (int i = 0; i < point.Length; i++)
                if (!double.IsNaN(point[i]) && Entries[i].Values is RangeValues { Levels: null } range && SpaceValues.TryNumber(flat[Entries[i].Name], out double value) && !value.Equals(range.At(point[i])))
                    kept[(i, point[i])] = value;
        }
        return new SweepSpace(Source, Entries, roots, kept);
    }

    /// <summary>The setting at a point of the cube.</summary>
    /// <param name="point">One number from 0 to 1 for each entry; those of entries that do not count are ignored.</param>
    public Setting At(IReadOnlyList<double> point)
    {
        var setting = new Setting();
        foreach (SpaceNode root in roots)
            if (root.TryRead(this, point, setting, out object? value)) setting[root.Name] = value;
        return setting;
    }

    /// <summary>The point of a setting that was given by hand.</summary>
    /// <param name="values">Values by name; <c>Optimizer.Momentum</c> or a nested table for a setting inside another. All that count must be there.</param>
    /// <exception cref="ExperimentException">InvalidPoint: a value is missing, unknown or not in the space; the message names it.</exception>
    public double[] PlaceOf(IDictionary values)
    {
        Dictionary<string, object?> flat = Flatten(values);
        double[] point = new double[Entries.Count];
        for (int i = 0; i < point.Length; i++)
        {
            if (!Cube.IsActive(point, i))
            {
                point[i] = double.NaN;
                continue;
            }
            string name = Entries[i].Name;
            if (!flat.TryGetValue(name, out object? value))
                throw Point(name, $"it has no value for {name}; the space has {Entries[i].Values}");
            point[i] = Entries[i].Values.PlaceOf(value) ?? throw Point(name, $"{name} is {Catalogues.ValueConverter.Display(value)}, which is not in {Entries[i].Values}");
        }
        return point;
    }

    internal object? ValueAt(int entry, double place) => exact.TryGetValue((entry, place), out double value) ? value : Entries[entry].Values.At(place);

    private static Dictionary<string, object?> Flatten(IDictionary values)
    {
        var flat = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        SpaceJson.Flatten("", values, flat);
        return flat;
    }

    internal bool IsActive(IReadOnlyList<double> point, int entry) => Cube.IsActive(point, entry);

    private static ExperimentException Point(string name, string what) => new("InvalidPoint", ErrorKind.InvalidArgument, $"The point cannot be tried: {what}.", name);
}
