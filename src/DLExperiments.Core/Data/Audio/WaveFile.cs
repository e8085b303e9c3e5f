using System.Buffers.Binary;
using DLExperiments.Errors;

namespace DLExperiments.Data.Audio;

/// <summary>A sound from a WAV file: PCM of 8, 16, 24 or 32 bits, or floating point of 32 or 64, any number of channels.</summary>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Channels">How many channels.</param>
/// <param name="Values">[Channels, samples], whole numbers brought to [-1,1).</param>
public sealed record WaveFile(int SampleRate, int Channels, float[] Values)
{
    private const int Pcm = 1, FloatingPoint = 3, Extensible = 0xFFFE;

    /// <summary>How many samples each channel has.</summary>
    public int Length => Values.Length / Channels;

    /// <summary>Whether bytes begin as a WAV file does.</summary>
    /// <param name="start">The first bytes.</param>
    public static bool HasMagic(ReadOnlySpan<byte> start) => start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WAVE"u8);

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="ExperimentException">NotAudio, UnsupportedAudio, TruncatedAudio.</exception>
    public static WaveFile Read(ReadOnlySpan<byte> file, string name)
    {
        if (!HasMagic(file)) throw new ExperimentException("NotAudio", ErrorKind.InvalidData, $"'{name}' is no WAV file: it does not begin with RIFF and WAVE.", name);
        ReadOnlySpan<byte> format = [];
        for (int at = 12; at + 8 <= file.Length; )
        {
            ReadOnlySpan<byte> id = file.Slice(at, 4);
            uint claimed = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            at += 8;
            bool isData = id.SequenceEqual("data"u8);
            // Recorders that stream do not know the length when they begin and write the largest number.
            long length = isData && claimed == uint.MaxValue ? file.Length - at : claimed;
            if (length > file.Length - at)
                throw new ExperimentException("TruncatedAudio", ErrorKind.InvalidData, $"'{name}' is cut off: its part '{System.Text.Encoding.ASCII.GetString(id).Trim()}' announces {length} bytes, but only {file.Length - at} follow.", name);
            ReadOnlySpan<byte> content = file.Slice(at, (int)length);
            if (id.SequenceEqual("fmt "u8)) format = content;
            if (isData) return Decode(format, content, name);
            at += (int)length + (int)(length & 1); // parts begin at even places
        }
        throw new ExperimentException("TruncatedAudio", ErrorKind.InvalidData, $"'{name}' has no samples: it ends before its part 'data'.", name);
    }

    private static WaveFile Decode(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data, string name)
    {
        if (format.Length < 16) throw new ExperimentException("TruncatedAudio", ErrorKind.InvalidData, $"'{name}' does not say of what kind its samples are: the part 'fmt' is missing or too short.", name);
        int kind = BinaryPrimitives.ReadUInt16LittleEndian(format), channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]), bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        int rate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        if (kind == Extensible && format.Length >= 26) kind = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        bool known = kind == Pcm ? bits is 8 or 16 or 24 or 32 : kind == FloatingPoint && bits is 32 or 64;
        if (!known || channels == 0 || rate <= 0)
            throw new ExperimentException("UnsupportedAudio", ErrorKind.InvalidData,
                $"'{name}' has samples of kind {kind} with {bits} bits, {channels} channel(s), {rate} a second; known are PCM of 8, 16, 24, 32 bits and floating point of 32 and 64. Save it as 16-bit PCM.", name);
        int size = bits / 8, count = data.Length / (size * channels);
        float[] values = new float[count * channels];
        for (int i = 0; i < count; i++)
            for (int c = 0; c < channels; c++)
                values[c * count + i] = Sample(data.Slice((i * channels + c) * size, size), kind);
        return new WaveFile(rate, channels, values);
    }

    private static float Sample(ReadOnlySpan<byte> raw, int kind) => (kind, raw.Length) switch
    {
        (FloatingPoint, 4) => BinaryPrimitives.ReadSingleLittleEndian(raw),
        (FloatingPoint, _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(raw),
        (_, 1) => (raw[0] - 128) / 128f, // the only size without a sign
        (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(raw) / 32768f,
        (_, 3) => ((raw[0] << 8 | raw[1] << 16 | raw[2] << 24) >> 8) / 8388608f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(raw) / 2147483648f,
    };

    /// <summary>This sound with the mean of its channels as the only one.</summary>
    public WaveFile ToMono()
    {
        if (Channels == 1) return this;
        float[] mean = new float[Length];
        for (int c = 0; c < Channels; c++)
            for (int i = 0; i < mean.Length; i++) mean[i] += Values[c * mean.Length + i] / Channels;
        return new WaveFile(SampleRate, 1, mean);
    }

    /// <summary>This sound cut at the end, or followed by silence, to a length.</summary>
    /// <param name="length">Samples a channel.</param>
    public WaveFile WithLength(int length)
    {
        if (length == Length) return this;
        float[] values = new float[length * Channels];
        for (int c = 0; c < Channels; c++) Values.AsSpan(c * Length, Math.Min(length, Length)).CopyTo(values.AsSpan(c * length));
        return new WaveFile(SampleRate, Channels, values);
    }
}
