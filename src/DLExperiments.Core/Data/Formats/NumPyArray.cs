using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>An array in NumPy's .npy format: a type, sizes, and the bytes in C order.</summary>
/// <param name="Name">The file's or member's name, for messages.</param>
/// <param name="Kind">u (unsigned), i (signed), f (float) or b (truth value).</param>
/// <param name="ElementSize">Bytes an element.</param>
/// <param name="IsBigEndian">Whether the first byte of an element weighs most.</param>
/// <param name="Sizes">The sizes, outermost first.</param>
/// <param name="Data">The bytes, last index fastest.</param>
internal sealed record NumPyArray(string Name, char Kind, int ElementSize, bool IsBigEndian, int[] Sizes, byte[] Data)
{
    /// <summary>Whether the elements are whole numbers.</summary>
    internal bool IsInteger => Kind is 'u' or 'i' or 'b';

    /// <summary>An element as a number.</summary>
    internal double this[int index]
    {
        get
        {
            Span<byte> raw = stackalloc byte[8];
            ReadOnlySpan<byte> own = Data.AsSpan(index * ElementSize, ElementSize);
            for (int i = 0; i < ElementSize; i++) raw[i] = own[IsBigEndian ? ElementSize - 1 - i : i];
            return (Kind, ElementSize) switch
            {
                ('f', 8) => BinaryPrimitives.ReadDoubleLittleEndian(raw),
                ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(raw),
                ('f', _) => (double)BinaryPrimitives.ReadHalfLittleEndian(raw),
                ('i', 1) => (sbyte)raw[0],
                ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(raw),
                ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(raw),
                ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(raw),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(raw),
            };
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="stream">The bytes of a .npy file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="ExperimentException">NotNumPy, UnsupportedNumPyType, TruncatedNumPy.</exception>
    internal static NumPyArray Read(Stream stream, string name)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        ReadOnlySpan<byte> bytes = all.GetBuffer().AsSpan(0, (int)all.Length);
        if (bytes.Length < 12 || bytes[0] != 0x93 || !bytes[1..6].SequenceEqual("NUMPY"u8))
            throw new ExperimentException("NotNumPy", ErrorKind.InvalidData, $"'{name}' is no NumPy array: it does not begin with \\x93NUMPY.", name);
        int at = bytes[6] == 1 ? 10 : 12;
        long length = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (at + length > bytes.Length) throw Truncated(name, at + length, bytes.Length);
        string header = Encoding.UTF8.GetString(bytes.Slice(at, (int)length));
        Match type = Regex.Match(header, @"'descr':\s*'([<>|=])([a-zA-Z])(\d+)'"), shape = Regex.Match(header, @"'shape':\s*\(([\d,\s]*)\)");
        if (!type.Success || !shape.Success || type.Groups[2].Value is not ("u" or "i" or "f" or "b"))
            throw new ExperimentException("UnsupportedNumPyType", ErrorKind.InvalidData,
                $"'{name}' holds no plain numbers ({header.Trim()}); save it as float32, float64, an integer or bool type.", name);
        int element = int.Parse(type.Groups[3].Value, CultureInfo.InvariantCulture);
        if (element is not (1 or 2 or 4 or 8))
            throw new ExperimentException("UnsupportedNumPyType", ErrorKind.InvalidData, $"'{name}' has elements of {element} bytes; save it as float32 or float64.", name);
        int[] sizes = [.. shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
        double wanted = sizes.Aggregate((double)element, (product, size) => product * size);
        at += (int)length;
        if (bytes.Length - at < wanted) throw Truncated(name, (long)Math.Min(long.MaxValue, at + wanted), bytes.Length);
        byte[] data = bytes.Slice(at, (int)wanted).ToArray();
        if (header.Contains("'fortran_order': True", StringComparison.Ordinal)) data = ToCOrder(data, sizes, element);
        return new NumPyArray(name, type.Groups[2].Value[0], element, type.Groups[1].Value == ">", sizes, data);
    }

    private static byte[] ToCOrder(byte[] data, int[] sizes, int element)
    {
        byte[] turned = new byte[data.Length];
        int[] index = new int[sizes.Length];
        for (int to = 0; to < data.Length; to += element)
        {
            long from = 0;
            for (int d = sizes.Length - 1; d >= 0; d--) from = from * sizes[d] + index[d];
            data.AsSpan((int)from * element, element).CopyTo(turned.AsSpan(to));
            for (int d = sizes.Length - 1; d >= 0 && ++index[d] == sizes[d]; d--) index[d] = 0;
        }
        return turned;
    }

    private static ExperimentException Truncated(string name, long wanted, long there) =>
        new("TruncatedNumPy", ErrorKind.InvalidData, $"'{name}' needs {wanted} bytes by its header, but has {there}: it was cut off.", name);
}
