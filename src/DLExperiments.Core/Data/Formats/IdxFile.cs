using System.Buffers.Binary;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// An array in the IDX format of the MNIST files: two zero bytes, a type code, the number of dimensions, the sizes as big-endian 32-bit
/// numbers, then the elements, row-major, big-endian.
/// </summary>
/// <param name="TypeCode">0x08 unsigned byte, 0x09 signed byte, 0x0B int16, 0x0C int32, 0x0D float32, 0x0E float64.</param>
/// <param name="Sizes">The sizes, outermost first.</param>
/// <param name="Data">The elements' bytes.</param>
internal sealed record IdxFile(byte TypeCode, int[] Sizes, byte[] Data)
{
    internal static bool HasMagic(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && start[0] == 0 && start[1] == 0 && ElementSize(start[2]) > 0 && start[3] is > 0 and <= 8;

    internal static IdxFile Read(string path)
    {
        DataFile file = DataFile.Inspect(path);
        string shown = Path.GetFileName(path);
        if (!HasMagic(file.Start.Span))
            throw new ExperimentException("NotIdx", ErrorKind.InvalidData,
                $"'{shown}' is no IDX file: it begins with {Convert.ToHexString(file.Start.Span[..Math.Min(4, file.Start.Length)])}, not with 0000, a type code and a number of dimensions.", path);
        try
        {
            using Stream stream = file.Open();
            return Read(stream, shown, path);
        }
        catch (InvalidDataException e)
        {
            throw DataFile.Damaged(path, e);
        }
    }

    /// <summary>Element i as a number.</summary>
    internal double this[int i] => TypeCode switch
    {
        0x08 => Data[i],
        0x09 => (sbyte)Data[i],
        0x0B => BinaryPrimitives.ReadInt16BigEndian(Data.AsSpan(i * 2)),
        0x0C => BinaryPrimitives.ReadInt32BigEndian(Data.AsSpan(i * 4)),
        0x0D => BinaryPrimitives.ReadSingleBigEndian(Data.AsSpan(i * 4)),
        _ => BinaryPrimitives.ReadDoubleBigEndian(Data.AsSpan(i * 8)),
    };

    private static IdxFile Read(Stream stream, string shown, string path)
    {
        byte[] head = new byte[4];
        stream.ReadExactly(head);
        byte[] sizeBytes = new byte[head[3] * 4];
        if (stream.ReadAtLeast(sizeBytes, sizeBytes.Length, throwOnEndOfStream: false) < sizeBytes.Length)
            throw Truncated(shown, path, $"its header announces {head[3]} sizes and ends before them");
        int[] sizes = [.. Enumerable.Range(0, head[3]).Select(i => BinaryPrimitives.ReadInt32BigEndian(sizeBytes.AsSpan(i * 4)))];
        string shape = string.Join(" x ", sizes);
        double total = sizes.Aggregate((double)ElementSize(head[2]), (product, size) => product * size);
        if (sizes.Any(s => s < 1) || total > Array.MaxLength)
            throw new ExperimentException("InvalidIdxSize", ErrorKind.InvalidData, $"'{shown}' claims an array of {shape}: that is not possible, the header is damaged.", path);
        // Grows with what is there, so that a lying header cannot make us ask for gigabytes.
        byte[] data = ReadUpTo(stream, (int)total, out int count);
        if (count < data.Length || count < (int)total)
            throw Truncated(shown, path, $"its header announces {shape} = {total:0} bytes, but only {count} follow");
        if (stream.ReadByte() >= 0)
            throw new ExperimentException("IdxTooLong", ErrorKind.InvalidData, $"'{shown}' goes on after the {shape} = {total:0} bytes that its header announces: header or file is damaged.", path);
        return new IdxFile(head[2], sizes, data);
    }

    private static byte[] ReadUpTo(Stream stream, int total, out int count)
    {
        byte[] data = new byte[Math.Min(total, 1 << 24)];
        for (count = 0; ; )
        {
            count += stream.ReadAtLeast(data.AsSpan(count), data.Length - count, throwOnEndOfStream: false);
            if (count < data.Length || data.Length == total) return data;
            Array.Resize(ref data, (int)Math.Min(total, data.Length * 2L));
        }
    }

    private static int ElementSize(byte typeCode) => typeCode switch { 0x08 or 0x09 => 1, 0x0B => 2, 0x0C or 0x0D => 4, 0x0E => 8, _ => 0 };

    private static ExperimentException Truncated(string shown, string path, string how) =>
        new("TruncatedIdx", ErrorKind.InvalidData, $"'{shown}' is cut off: {how}. Fetch the file again.", path);
}
