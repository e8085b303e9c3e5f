using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Networks;

namespace DLExperiments.Models;

/// <summary>
/// The safetensors format (Hugging Face): eight bytes of header length, a JSON header with the place of every tensor and a table of
/// strings, then the numbers. Python's safetensors reads what is written here, and float32 files of Python are read here.
/// </summary>
public static class SafeTensorsFile
{
    private const string MetadataKey = "__metadata__";
    private const string ChecksumKey = "sha256";

    // The format's own limit; a larger number means that the file is something else.
    private const ulong LongestHeader = 100_000_000;

    /// <summary>Writes tensors and metadata; the checksum of the numbers joins the metadata.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="metadata">Strings to keep beside them.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    public static void Write(string path, IReadOnlyList<WeightTensor> tensors, IReadOnlyDictionary<string, string> metadata, bool overwrite)
    {
        var table = new JsonObject();
        foreach ((string key, string value) in metadata) table[key] = value;
        table[ChecksumKey] = Checksum(tensors);
        var header = new JsonObject { [MetadataKey] = table };
        long offset = 0;
        foreach (WeightTensor tensor in tensors)
        {
            long end = offset + (long)tensor.Values.Length * sizeof(float);
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(s => (JsonNode)JsonValue.Create(s))]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header);
        int padding = (8 - text.Length % 8) % 8; // readers that map the file want the numbers aligned
        AtomicFile.Write(path, overwrite, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(text.Length + padding));
            stream.Write(length);
            stream.Write(text);
            for (int i = 0; i < padding; i++) stream.WriteByte((byte)' ');
            foreach (WeightTensor tensor in tensors) stream.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        });
    }

    /// <summary>Reads tensors and metadata, and verifies that the file is whole.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>The tensors in the order of the file, and the metadata.</returns>
    /// <exception cref="ExperimentException">FileNotFound; InvalidModelFile: not safetensors, cut short, or changed since it was written.</exception>
    public static (IReadOnlyList<WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        if (!File.Exists(path))
            throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"There is no file '{path}'.", path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            JsonObject header = ReadHeader(stream, path);
            var metadata = (header[MetadataKey] as JsonObject ?? []).ToDictionary(p => p.Key, p => p.Value!.GetValue<string>());
            return (ReadTensors(stream, header, metadata.GetValueOrDefault(ChecksumKey), path), metadata);
        }
        catch (Exception e) when (e is ExperimentException { ErrorId: "InvalidShape" } or JsonException or InvalidOperationException or FormatException or EndOfStreamException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw Damaged(path, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException("FileNotReadable", ErrorKind.Io, $"'{path}' cannot be read: {e.Message}", path, e);
        }
    }

    private static JsonObject ReadHeader(FileStream stream, string path)
    {
        Span<byte> length = stackalloc byte[8];
        if (stream.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8)
            throw Damaged(path, $"it has only {stream.Length} bytes");
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (size < 2 || size > LongestHeader) throw Damaged(path, "it does not start like a safetensors file");
        if (size > (ulong)(stream.Length - 8)) throw Damaged(path, "its header is cut short");
        byte[] text = new byte[size];
        stream.ReadExactly(text);
        return text[0] == '{' && JsonNode.Parse(text) is JsonObject header ? header : throw Damaged(path, "its header is not JSON");
    }

    private static List<WeightTensor> ReadTensors(FileStream stream, JsonObject header, string? expected, string path)
    {
        var places = header.Where(p => p.Key != MetadataKey)
            .Select(p => (Name: p.Key, Type: p.Value!["dtype"]!.GetValue<string>(), Shape: new Shape([.. p.Value["shape"]!.AsArray().Select(s => s!.GetValue<int>())]),
                Start: p.Value["data_offsets"]![0]!.GetValue<long>(), End: p.Value["data_offsets"]![1]!.GetValue<long>()))
            .OrderBy(p => p.Start).ToList();
        var tensors = new List<WeightTensor>(places.Count);
        long at = 0;
        foreach (var place in places)
        {
            if (place.Type != "F32") throw Damaged(path, $"'{place.Name}' has the type {place.Type}; only F32 is supported");
            if (place.Start != at || place.End - place.Start != (long)place.Shape.ElementCount * sizeof(float))
                throw Damaged(path, $"the place of '{place.Name}' does not fit its shape {place.Shape}");
            if (place.End > stream.Length - stream.Position + at) throw Damaged(path, $"it ends within '{place.Name}'");
            float[] values = new float[place.Shape.ElementCount];
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            tensors.Add(new WeightTensor(place.Name, place.Shape, values));
            at = place.End;
        }
        if (stream.Position != stream.Length) throw Damaged(path, "it is longer than its header says");
        if (expected is not null && Checksum(tensors) != expected)
            throw Damaged(path, "its numbers are not those that were written (checksum)");
        return tensors;
    }

    private static string Checksum(IReadOnlyList<WeightTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (WeightTensor tensor in tensors) hash.AppendData(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    private static ExperimentException Damaged(string path, string what, Exception? inner = null) =>
        new("InvalidModelFile", ErrorKind.InvalidData, $"'{path}' is not a whole safetensors file: {what}.", path, inner);
}
