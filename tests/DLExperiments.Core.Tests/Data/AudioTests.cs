using System.Numerics;
using DLExperiments.Data;
using DLExperiments.Data.Audio;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class AudioTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<string> warnings = [];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 8, new byte[] { 128, 255, 0, 64 }, new[] { 0f, 127 / 128f, -1f, -.5f })]
    [InlineData(1, 16, new byte[] { 0, 0, 0, 64, 0, 128, 255, 127 }, new[] { 0f, .5f, -1f, 32767 / 32768f })]
    [InlineData(1, 24, new byte[] { 0, 0, 0, 0, 0, 64, 0, 0, 128, 255, 255, 255 }, new[] { 0f, .5f, -1f, -1 / 8388608f })]
    [InlineData(1, 32, new byte[] { 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 128, 0, 0, 0, 192 }, new[] { 0f, .5f, -1f, -.5f })]
    [InlineData(3, 32, new byte[] { 0, 0, 0, 0, 0, 0, 0, 63, 0, 0, 128, 191, 0, 0, 0, 64 }, new[] { 0f, .5f, -1f, 2f })]
    [InlineData(3, 64, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 224, 63, 0, 0, 0, 0, 0, 0, 240, 191, 0, 0, 0, 0, 0, 0, 0, 64 }, new[] { 0f, .5f, -1f, 2f })]
    public void SamplesOfEverySizeAreBroughtToOne(int kind, int bits, byte[] data, float[] samples)
    {
        WaveFile one = WaveFile.Read(Wav(kind, 1, 8000, bits, data), "x"), two = WaveFile.Read(Wav(kind, 2, 8000, bits, data), "x");
        Assert.Equal((8000, 1, 4), (one.SampleRate, one.Channels, one.Length));
        Assert.Equal(samples, one.Values);
        Assert.Equal([samples[0], samples[2], samples[1], samples[3]], two.Values); // left, right, left, right becomes left, right
        Assert.Equal([(samples[0] + samples[1]) / 2, (samples[2] + samples[3]) / 2], two.ToMono().Values);
        byte[] extensible = Wav(0xFFFE, 1, 8000, bits, data, [22, 0, (byte)bits, 0, 4, 0, 0, 0, (byte)kind, 0, .. new byte[14]]);
        Assert.Equal(samples, WaveFile.Read(extensible, "x").Values);
    }

    [Fact]
    public void OtherPartsAndUnknownLengthsAreBorne()
    {
        byte[] plain = Wav(1, 1, 8000, 16, [0, 64, 0, 64]);
        byte[] withList = [.. plain[..36], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. plain[36..]]; // an odd length is padded
        Assert.Equal([.5f, .5f], WaveFile.Read(withList, "x").Values);
        byte[] streamed = [.. plain];
        streamed.AsSpan(40, 4).Fill(255);
        Assert.Equal([.5f, .5f], WaveFile.Read(streamed, "x").Values);
    }

    [Fact]
    public void DamagedFilesAreNamed()
    {
        byte[] whole = Wav(1, 1, 8000, 16, new byte[100]);
        Assert.Contains("'x' is cut off: its part 'data' announces 100 bytes, but only 50 follow", Fails("TruncatedAudio", whole[..^50]));
        Assert.Contains("ends before its part 'data'", Fails("TruncatedAudio", whole[..36]));
        Assert.Contains("RIFF", Fails("NotAudio", "nothing that sounds"u8.ToArray()));
        Assert.Contains("kind 2 with 4 bits", Fails("UnsupportedAudio", Wav(2, 1, 8000, 4, new byte[10])));
        Assert.Contains("0 channel(s)", Fails("UnsupportedAudio", Wav(1, 0, 8000, 16, new byte[10])));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void TheFourierTransformIsItsDefinition(int size)
    {
        var random = new Random(size);
        Complex[] values = [.. Enumerable.Range(0, size).Select(_ => new Complex(random.NextDouble(), random.NextDouble()))], fast = [.. values];
        new FourierTransform(size).Apply(fast);
        for (int k = 0; k < size; k++)
        {
            Complex slow = 0;
            for (int n = 0; n < size; n++) slow += values[n] * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * n / size);
            Assert.Equal(0, (slow - fast[k]).Magnitude, 1e-12 * size);
        }
    }

    [Fact]
    public void ASineHasThePowerOfTheClosedForm()
    {
        // A sine of amplitude A on frequency k of a periodic Hann window of N has A N / 4 there, half of that beside it, and nothing elsewhere.
        const int n = 64, k = 5, hop = 16;
        float[] wave = [.. Enumerable.Range(0, 512).Select(t => (float)(.5 * Math.Sin(2 * Math.PI * k * t / n)))];
        var spectrogram = new Spectrogram(n, hop, null, 8000, decibels: false);
        Assert.Equal((33, 33), (spectrogram.Height, spectrogram.Width(512)));
        float[] power = new float[33 * 33];
        spectrogram.Apply(wave, power);
        double peak = .5 * n / 4;
        for (int f = 2; f < 31; f++) // frames whose windows are not mirrored at an end
            for (int h = 0; h < 33; h++)
                Assert.Equal(h == k ? peak * peak : Math.Abs(h - k) == 1 ? peak * peak / 4 : 0, power[h * 33 + f], 1e-4);
        float[] decibels = new float[33 * 33];
        new Spectrogram(n, hop, null, 8000, decibels: true).Apply(wave, decibels);
        Assert.Equal(10 * Math.Log10(peak * peak), decibels[k * 33 + 10], 1e-4);
        Assert.All(decibels, d => Assert.True(d >= -100));
    }

    [Fact]
    public void TheEndsAreMirrored()
    {
        // One window of 4 around the first sample of 1, 2, 3: it sees 3, 2, 1, 2 times 0, 1/2, 1, 1/2: sum 3.
        float[] power = new float[3 * 4];
        new Spectrogram(4, 1, null, 8000, decibels: false).Apply([1, 2, 3], power);
        Assert.Equal(9, power[0], 1e-5);
        // Around the last: 2, 3, 2 -> 1/2, 1, 1/2 of 2, 3, 2: 5; the frame after it is centred beyond the end, on the mirrored 2: 3, 2, 1 -> 4.
        Assert.Equal(25, power[2], 1e-5);
        Assert.Equal(16, power[3], 1e-5);
    }

    [Fact]
    public void MelBandsAreTrianglesThatShareEachFrequency()
    {
        // 1,000 Hz are 1,000 mels by the scale's design (to 0.02), and between the first and last centre two triangles add up to one.
        Assert.Equal(1000, Spectrogram.Mel(1000), 0.02);
        float[][] bands = Spectrogram.MelBands(10, 512, 16000);
        double top = Spectrogram.Mel(8000), first = 700 * (Math.Pow(10, top / 11 / 2595) - 1), last = 700 * (Math.Pow(10, top * 10 / 11 / 2595) - 1);
        for (int k = 0; k <= 256; k++)
        {
            double hertz = k * 16000.0 / 512, sum = bands.Sum(b => b[k]);
            if (hertz >= first && hertz <= last) Assert.Equal(1, sum, 1e-5);
            else Assert.InRange(sum, 0, 1);
        }
        Assert.All(bands, b => Assert.InRange(b.Max(), .5f, 1f));
        // A sine on a band's centre lands in that band.
        float[] wave = [.. Enumerable.Range(0, 4000).Select(t => (float)Math.Sin(2 * Math.PI * 2000 * t / 16000))];
        float[] mel = new float[10 * 32];
        new Spectrogram(512, 128, 10, 16000, false).Apply(wave, mel);
        int loudest = Enumerable.Range(0, 10).MaxBy(b => mel[b * 32 + 16]), wanted = (int)Math.Round(Spectrogram.Mel(2000) / top * 11) - 1;
        Assert.Equal(wanted, loudest);
    }

    [Fact]
    public void FoldersHaveClassesAndPieces()
    {
        byte[] Tone(int hertz, int samples = 800, int rate = 8000) =>
            Wav(1, 1, rate, 16, [.. Enumerable.Range(0, samples).SelectMany(t => BitConverter.GetBytes((short)(10000 * Math.Sin(2 * Math.PI * hertz * t / rate))))]);
        folder.Write("train/low/1.wav", Tone(200));
        folder.Write("train/high/1.wav", Tone(2000));
        folder.Write("test/low/1.wav", Tone(250));
        folder.Write("test/high/1.wav", Tone(2000));
        Assert.Equal("Audio", DatasetFile.FindFormat(folder.Root).Name);
        Dataset waves = Read(new AudioFormat());
        Assert.Equal((2, 2, new Shape(1, 800)), (waves.Train!.Count, waves.Test!.Count, waves.InputShape));
        Assert.Equal(["high", "low"], waves.ClassNames);
        Assert.Contains(warnings, w => w.Contains("'train/high/1.wav' is the same file as 'test/high/1.wav'"));
        Assert.Equal(new Shape(1, 129, 13), Read(new AudioFormat { Representation = AudioRepresentation.Spectrogram, WindowSize = 256 }).InputShape);
        Assert.Equal(new Shape(1, 40, 9), Read(new AudioFormat { Representation = AudioRepresentation.Mel, WindowSize = 256, Hop = 100, MelBands = 40, Decibels = true }).InputShape);
        Assert.Equal(new Shape(1, 1000), Read(new AudioFormat { Samples = 1000 }).InputShape);
        folder.Write("train/low/2.wav", Tone(200, 700));
        Assert.Contains("'train/low/2.wav' has 8000 samples a second, 1 channel(s) and 700 samples", Assert.Throws<ExperimentException>(() => Read(new AudioFormat())).Message);
        Assert.Equal(5, Read(new AudioFormat { Samples = 800 }).Count);
        folder.Write("train/low/2.wav", Tone(200, 800, 16000));
        Assert.Contains("one rate", Assert.Throws<ExperimentException>(() => Read(new AudioFormat())).Message);
        folder.Write("train/low/2.wav", Wav(1, 2, 8000, 16, new byte[3200]));
        Assert.Contains("-Mono", Assert.Throws<ExperimentException>(() => Read(new AudioFormat())).Message);
        Assert.Equal(new Shape(1, 800), Read(new AudioFormat { Mono = true }).InputShape);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => Read(new AudioFormat { WindowSize = 100 })).ErrorId);
        Assert.Equal("AudioTooShort", Assert.Throws<ExperimentException>(() => Read(new AudioFormat { Mono = true, Representation = AudioRepresentation.Mel, WindowSize = 2048 })).ErrorId);
        string single = folder.Write("one.wav", Tone(300));
        Assert.Equal("Audio", DatasetFile.FindFormat(single).Name);
        Assert.Empty(DatasetFile.Read(single).Targets);
    }

    /// <summary>A WAV file made by hand: RIFF, WAVE, fmt of 16 bytes (and more for the extensible kind), data.</summary>
    private static byte[] Wav(int kind, int channels, int rate, int bits, byte[] data, byte[]? more = null)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("RIFF"u8);
        writer.Write(36 + (more?.Length ?? 0) + data.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16 + (more?.Length ?? 0));
        writer.Write((ushort)kind);
        writer.Write((ushort)channels);
        writer.Write(rate);
        writer.Write(rate * channels * bits / 8);
        writer.Write((ushort)(channels * bits / 8));
        writer.Write((ushort)bits);
        writer.Write(more ?? []);
        writer.Write("data"u8);
        writer.Write(data.Length);
        writer.Write(data);
        return memory.ToArray();
    }

    private static string Fails(string id, byte[] file)
    {
        ExperimentException error = Assert.Throws<ExperimentException>(() => WaveFile.Read(file, "x"));
        Assert.Equal(id, error.ErrorId);
        return error.Message;
    }

    private Dataset Read(DataFormat format) => format.Read(new ImportRequest(folder.Root, "x", new TableOptions(), warnings.Add));
}
