using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace DLExperiments.Training.Curves.TensorBoard;

/// <summary>
/// TensorFlow's records and the few messages of TensorBoard in them: a length (uint64), its masked CRC-32C, the message (protobuf), its masked CRC-32C,
/// all little-endian. Event: 1 wall time (double), 2 step (varint), 3 version (string), 5 summary of values: 1 tag (string), 2 number (float).
/// </summary>
internal static class EventRecord
{
    internal const string Version = "brain.Event:2";

    private const int Head = 12, Foot = 4;

    /// <summary>The first event of a file.</summary>
    internal static byte[] Start(DateTime time) => Wrap([.. Time(time), .. Bytes(3, Encoding.UTF8.GetBytes(Version))]);

    /// <summary>Numbers of a step.</summary>
    internal static byte[] Scalars(DateTime time, long step, IEnumerable<(string Tag, double Value)> values)
    {
        byte[] summary = [.. values.SelectMany(v => Bytes(1, [.. Bytes(1, Encoding.UTF8.GetBytes(v.Tag)), 2 << 3 | 5, .. Float((float)v.Value)]))];
        return Wrap([.. Time(time), 2 << 3, .. Varint((ulong)step), .. Bytes(5, summary)]);
    }

    /// <summary>Whole records from the start of a file: where each ends, and its step (0 for one without).</summary>
    internal static IEnumerable<(int End, long Step)> Read(byte[] file)
    {
        for (int at = 0; file.Length - at >= Head + Foot;)
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            if (Mask(file.AsSpan(at, 8)) != BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)) || length > (ulong)(file.Length - at - Head - Foot)) yield break;
            int size = (int)length, message = at + Head;
            if (Mask(file.AsSpan(message, size)) != BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(message + size))) yield break;
            at = message + size + Foot;
            yield return (at, StepOf(file.AsSpan(message, size)));
        }
    }

    private static byte[] Wrap(byte[] message)
    {
        byte[] record = new byte[Head + message.Length + Foot];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Mask(record.AsSpan(0, 8)));
        message.CopyTo(record, Head);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Head + message.Length), Mask(message));
        return record;
    }

    // A CRC of data that holds CRCs is weak, so TensorFlow turns it by 15 bits and adds a constant.
    private static uint Mask(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data) crc = BitOperations.Crc32C(crc, b);
        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xa282ead8u);
    }

    private static byte[] Time(DateTime time)
    {
        byte[] field = new byte[9];
        field[0] = 1 << 3 | 1;
        BinaryPrimitives.WriteDoubleLittleEndian(field.AsSpan(1), (time.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
        return field;
    }

    private static byte[] Float(float value)
    {
        byte[] four = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        return four;
    }

    private static byte[] Bytes(int field, byte[] value) => [(byte)(field << 3 | 2), .. Varint((ulong)value.Length), .. value];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    // The time comes first, then the step, as they are written here.
    private static long StepOf(ReadOnlySpan<byte> message)
    {
        if (message.Length < 11 || message[9] != 2 << 3) return 0;
        ulong step = 0;
        for (int i = 10, shift = 0; i < message.Length; i++, shift += 7)
        {
            step |= (ulong)(message[i] & 0x7f) << shift;
            if (message[i] < 0x80) break;
        }
        return (long)step;
    }
}
