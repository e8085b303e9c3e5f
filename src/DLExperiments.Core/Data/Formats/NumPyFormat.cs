using System.Globalization;
using System.IO.Compression;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Formats;

/// <summary>
/// NumPy arrays: a .npy file of features, or an .npz archive of features and targets, also in the layout x_train, y_train, x_test, y_test.
/// The first size counts the rows. A target of whole numbers is a class; bytes of two dimensions or more are pixels, read in [0,1].
/// </summary>
[CatalogueEntry("NumPy")]
public sealed class NumPyFormat : DataFormat
{
    private static readonly string[] FeatureNames = ["x", "features", "data", "images", "inputs"], TargetNames = ["y", "targets", "target", "labels", "label"];

    /// <summary>The archive's array of features; by default x, features, data, images or inputs, or the only array.</summary>
    public string? FeatureArray { get; set; }

    /// <summary>The archive's array of targets; by default y, targets, target, labels or label.</summary>
    public string? TargetArray { get; set; }

    /// <summary>A .npy file of targets that goes with a .npy file of features.</summary>
    public string? TargetPath { get; set; }

    /// <summary>The items are [H,W,C], as many libraries store pictures, and become [C,H,W].</summary>
    public bool ChannelsLast { get; set; }

    /// <inheritdoc/>
    public override int Recognize(DataFile file) =>
        file.Start.Span.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M']) ? 3 : Path.GetExtension(file.PlainName) is ".npy" or ".npz" ? 2 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">NotNumPy, UnsupportedNumPyType, TruncatedNumPy, ArrayNotFound, LabelOutOfRange, ColumnLengthMismatch.</exception>
    public override Dataset Read(ImportRequest request)
    {
        DataFile file = DataFile.Inspect(request.Path);
        if (!file.Start.Span.StartsWith("PK"u8))
        {
            List<DataColumn> targets = TargetPath is null ? [] : [Target("Target", [ReadFile(DataFile.Inspect(TargetPath))])];
            return Dataset.Create(request.Name, [Feature("Feature", [ReadFile(file)])], targets);
        }
        Dictionary<string, NumPyArray> arrays = ReadArchive(request.Path);
        if (FeatureArray is null && arrays.ContainsKey("x_train") && arrays.ContainsKey("y_train")) return ReadPieces(arrays, request);
        NumPyArray features = Find(arrays, FeatureArray, FeatureNames, request.Path) ?? (arrays.Count == 1 ? arrays.Values.First() : throw NotFound(arrays, "FeatureArray", request.Path));
        NumPyArray? target = Find(arrays, TargetArray, TargetNames, request.Path);
        return Dataset.Create(request.Name, [Feature(features.Name, [features])], target is null ? [] : [Target(target.Name, [target])]);
    }

    private Dataset ReadPieces(Dictionary<string, NumPyArray> arrays, ImportRequest request)
    {
        string[] all = ["train", "val", "test"], there = [.. all.Where(p => arrays.ContainsKey($"x_{p}") && arrays.ContainsKey($"y_{p}"))];
        NumPyArray[] features = [.. there.Select(p => arrays[$"x_{p}"])];
        var data = Dataset.Create(request.Name, [Feature("x", features)], [Target("y", [.. there.Select(p => arrays[$"y_{p}"])])]);
        int[] pieces = [.. there.SelectMany((p, i) => Enumerable.Repeat(Array.IndexOf(all, p), features[i].Sizes[0]))];
        return there.Length < 2 ? data : Pieces.Of(data, pieces, request.Warn);
    }

    private DataColumn Feature(string name, NumPyArray[] parts)
    {
        int[] item = ItemSizes(parts);
        bool bytes = parts.All(p => p.Kind == 'u' && p.ElementSize == 1) && item.Length >= 2;
        bool turn = ChannelsLast && item.Length == 3;
        if (ChannelsLast && !turn)
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, $"ChannelsLast needs items of three dimensions; '{name}' has items of [{string.Join(",", item)}].", name);
        var shape = new Shape(turn ? [item[2], item[0], item[1]] : bytes && item.Length == 2 ? [1, .. item] : item);
        if (bytes) return new ByteColumn(name, shape, Ordered([.. parts.SelectMany(p => p.Data)], turn, item));
        return new FloatColumn(name, shape, Ordered([.. parts.SelectMany(p => Enumerable.Range(0, p.Data.Length / p.ElementSize).Select(i => (float)p[i]))], turn, item));
    }

    private static T[] Ordered<T>(T[] values, bool turn, int[] item)
    {
        if (!turn) return values;
        int channels = item[2], plane = item[0] * item[1];
        var turned = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int within = i % (plane * channels);
            turned[i - within + within % channels * plane + within / channels] = values[i];
        }
        return turned;
    }

    private static DataColumn Target(string name, NumPyArray[] parts)
    {
        int[] item = ItemSizes(parts);
        float[] values = [.. parts.SelectMany(p => Enumerable.Range(0, p.Data.Length / p.ElementSize).Select(i => (float)p[i]))];
        if (!parts.All(p => p.IsInteger) || item.Any(s => s > 1)) return new FloatColumn(name, new Shape(item), values);
        int[] codes = Array.ConvertAll(values, v => (int)v);
        int odd = Array.FindIndex(codes, c => c is < 0 or > 65535);
        if (odd >= 0)
            throw new ExperimentException("LabelOutOfRange", ErrorKind.InvalidData,
                $"'{name}': number {odd + 1} is {values[odd]}; classes count from 0 to 65535. Save the array as float if these are no classes.", name);
        return new ClassColumn(name, codes, [.. Enumerable.Range(0, codes.Max() + 1).Select(c => c.ToString(CultureInfo.InvariantCulture))]);
    }

    private static int[] ItemSizes(NumPyArray[] parts)
    {
        foreach (NumPyArray part in parts)
            if (part.Sizes.Length == 0 || part.Sizes[0] == 0 || !part.Sizes.Skip(1).SequenceEqual(parts[0].Sizes.Skip(1)))
                throw new ExperimentException("NumPyShapeMismatch", ErrorKind.InvalidData,
                    $"'{part.Name}' has the shape [{string.Join(",", part.Sizes)}]: the first size must count rows, at least one, and the others be the same in all pieces.", part.Name);
        return parts[0].Sizes[1..];
    }

    private static NumPyArray? Find(Dictionary<string, NumPyArray> arrays, string? name, string[] usual, string path) =>
        name is not null
            ? arrays.GetValueOrDefault(name) ?? throw new ExperimentException("ArrayNotFound", ErrorKind.NotFound, $"'{Path.GetFileName(path)}' has no array '{name}'. {NearNames.Suggest(name, arrays.Keys)}", name)
            : usual.Select(arrays.GetValueOrDefault).FirstOrDefault(a => a is not null);

    private static ExperimentException NotFound(Dictionary<string, NumPyArray> arrays, string setting, string path) =>
        new("ArrayNotFound", ErrorKind.NotFound, $"'{Path.GetFileName(path)}' has the arrays {string.Join(", ", arrays.Keys)}; say with -{setting} which one it is.", path);

    private static Dictionary<string, NumPyArray> ReadArchive(string path)
    {
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            var arrays = new Dictionary<string, NumPyArray>(StringComparer.OrdinalIgnoreCase);
            foreach (ZipArchiveEntry entry in zip.Entries.Where(e => e.Name.EndsWith(".npy", StringComparison.Ordinal)))
            {
                using Stream stream = entry.Open();
                string name = Path.GetFileNameWithoutExtension(entry.Name);
                arrays[name] = NumPyArray.Read(stream, name);
            }
            return arrays;
        }
        catch (InvalidDataException e)
        {
            throw new ExperimentException("DamagedArchive", ErrorKind.InvalidData, $"The archive '{path}' is damaged: {e.Message}", path, e);
        }
    }

    private static NumPyArray ReadFile(DataFile file)
    {
        using Stream stream = file.Open();
        return NumPyArray.Read(stream, Path.GetFileName(file.Path));
    }
}
