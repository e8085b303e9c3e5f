using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace DLExperiments.Data;

/// <summary>The content hash of a data set: SHA-256 over names, shapes, types, classes, table schema and the rows in their order.</summary>
internal static class DatasetFingerprint
{
    private const int ChunkElements = 1 << 18;

    internal static string Compute(Dataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"{data.Count} rows, {data.Features.Count} features, {data.Targets.Count} targets\n{data.Schema?.ToJson().ToJsonString()}\n");
        foreach (DataColumn column in data.Features.Concat(data.Targets).Concat(data.SampleWeight is { } weight ? [weight] : Array.Empty<DataColumn>()))
        {
            Append(hash, $"{column.Name}\n{column.ItemShape}\n{column.ElementType}\n");
            if (column is ClassColumn classes) Append(hash, string.Join('\n', classes.ClassNames) + "\n");
            column.AppendTo(hash, data.Rows);
        }
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <summary>The default way to hash a column: its rows as little-endian float32, a chunk at a time.</summary>
    internal static void AppendFloats(DataColumn column, IncrementalHash hash, ReadOnlySpan<int> rows)
    {
        int size = column.ItemShape.ElementCount, step = Math.Max(1, ChunkElements / size);
        float[] buffer = ArrayPool<float>.Shared.Rent(Math.Min(step, Math.Max(1, rows.Length)) * size);
        for (int start = 0; start < rows.Length; start += step)
        {
            ReadOnlySpan<int> some = rows.Slice(start, Math.Min(step, rows.Length - start));
            Span<float> values = buffer.AsSpan(0, some.Length * size);
            column.Read(some, values);
            hash.AppendData(MemoryMarshal.AsBytes(values));
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
