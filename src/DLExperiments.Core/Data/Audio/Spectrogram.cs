using System.Numerics;

namespace DLExperiments.Data.Audio;

/// <summary>
/// Power over frequency and time: windows of samples (periodic Hann), each centred on a multiple of the hop with the ends mirrored, Fourier
/// transformed and squared; optionally summed up in mel bands, and in decibels. As torchaudio's Spectrogram and MelSpectrogram by default.
/// </summary>
internal sealed class Spectrogram
{
    private const double Faintest = 1e-10; // -100 dB, so that silence has a logarithm

    private readonly FourierTransform transform;
    private readonly double[] window;
    private readonly int hop;
    private readonly bool decibels;
    private readonly float[][]? bands;

    /// <summary>Prepares for one kind of sound.</summary>
    /// <param name="size">Samples a window, a power of two.</param>
    /// <param name="hop">Samples from window to window.</param>
    /// <param name="bands">How many mel bands; null for all frequencies.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="decibels">Whether powers become 10 log10 of them, not below -100.</param>
    internal Spectrogram(int size, int hop, int? bands, int sampleRate, bool decibels)
    {
        transform = new FourierTransform(size);
        window = [.. Enumerable.Range(0, size).Select(n => 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / size))];
        (this.hop, this.decibels) = (hop, decibels);
        this.bands = bands is { } count ? MelBands(count, size, sampleRate) : null;
    }

    /// <summary>How many numbers a frame has.</summary>
    internal int Height => bands?.Length ?? transform.Size / 2 + 1;

    /// <summary>How many frames a sound has.</summary>
    internal int Width(int samples) => 1 + samples / hop;

    /// <summary>Makes the spectrogram of one channel.</summary>
    /// <param name="wave">The samples, more than half a window.</param>
    /// <param name="result">Room for [<see cref="Height"/>, <see cref="Width"/>].</param>
    internal void Apply(ReadOnlySpan<float> wave, Span<float> result)
    {
        int size = transform.Size, frames = Width(wave.Length), count = size / 2 + 1;
        var values = new Complex[size];
        double[] power = new double[count];
        for (int f = 0; f < frames; f++)
        {
            for (int n = 0; n < size; n++) values[n] = window[n] * wave[Mirror(f * hop + n - size / 2, wave.Length)];
            transform.Apply(values);
            for (int k = 0; k < count; k++) power[k] = values[k].Real * values[k].Real + values[k].Imaginary * values[k].Imaginary;
            for (int h = 0; h < Height; h++)
            {
                double sum = 0;
                if (bands is null) sum = power[h];
                else
                    for (int k = 0; k < count; k++) sum += bands[h][k] * power[k];
                result[h * frames + f] = (float)(decibels ? 10 * Math.Log10(Math.Max(sum, Faintest)) : sum);
            }
        }
    }

    /// <summary>
    /// Triangles whose corners lie evenly on the mel scale, 2595 log10(1 + f/700) (O'Shaughnessy 1987), from 0 to half the sample rate; [bands, frequencies].
    /// </summary>
    internal static float[][] MelBands(int count, int size, int sampleRate)
    {
        double top = Mel(sampleRate / 2.0);
        double[] corners = [.. Enumerable.Range(0, count + 2).Select(i => 700 * (Math.Pow(10, top * i / (count + 1) / 2595) - 1))];
        return [.. Enumerable.Range(0, count).Select(b => Enumerable.Range(0, size / 2 + 1).Select(k =>
        {
            double f = (double)k * sampleRate / size;
            return (float)Math.Max(0, Math.Min((f - corners[b]) / (corners[b + 1] - corners[b]), (corners[b + 2] - f) / (corners[b + 2] - corners[b + 1])));
        }).ToArray())];
    }

    /// <summary>Mels of a frequency in hertz.</summary>
    internal static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static int Mirror(int place, int length) => place < 0 ? -place : place >= length ? 2 * (length - 1) - place : place;
}
