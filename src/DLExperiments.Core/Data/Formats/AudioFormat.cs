using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Security.Cryptography;
using DLExperiments.Catalogues;
using DLExperiments.Data.Audio;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Formats;

/// <summary>
/// Sounds in WAV files: a folder with a folder for each class, or such folders for the pieces (train, validation, test), or a single file. A
/// network sees the samples, the spectrogram, or the mel bands.
/// </summary>
[CatalogueEntry("Audio", "Wav")]
public sealed class AudioFormat : DataFormat
{
    /// <summary>What a network sees: Waveform [channels,samples], Spectrogram [channels,WindowSize/2+1,frames] or Mel [channels,MelBands,frames].</summary>
    public AudioRepresentation Representation { get; set; }

    /// <summary>How many samples a sound has: longer ones are cut, silence follows shorter ones. By default all must have the same number.</summary>
    [Range(1, int.MaxValue)]
    public int? Samples { get; set; }

    /// <summary>The mean of all channels instead of each.</summary>
    public bool Mono { get; set; }

    /// <summary>How many samples a window of a spectrogram has: a power of two.</summary>
    [Range(2, 1 << 20)]
    public int WindowSize { get; set; } = 512;

    /// <summary>How many samples each window begins after the one before; a quarter of a window by default. Frames are 1 + samples / Hop.</summary>
    [Range(1, int.MaxValue)]
    public int? Hop { get; set; }

    /// <summary>How many mel bands.</summary>
    [Range(1, 4096)]
    public int MelBands { get; set; } = 64;

    /// <summary>Powers become 10 log10 of them, not below -100 dB.</summary>
    public bool Decibels { get; set; }

    /// <summary>Goes on without a class that has no files, with a warning, instead of refusing.</summary>
    public bool AllowEmpty { get; set; }

    /// <inheritdoc/>
    public override bool ReadsFolders => true;

    /// <inheritdoc/>
    public override int Recognize(DataFile file) =>
        file.IsFolder ? (ClassFolder.Has(file.Path, IsSound) ? 2 : 0) : WaveFile.HasMagic(file.Start.Span) ? 3 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">
    /// NoSounds, EmptyClass, NotAudio, UnsupportedAudio, TruncatedAudio; AudioMismatch: a file has another rate, number of channels or length than the
    /// first; AudioTooShort, AudioTooLarge, InvalidParameterValue.
    /// </exception>
    public override Dataset Read(ImportRequest request)
    {
        if (!BitOperations.IsPow2(WindowSize))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, $"WindowSize is {WindowSize}; it must be a power of two, as {BitOperations.RoundUpToPowerOf2((uint)WindowSize)}.", WindowSize);
        bool folder = Directory.Exists(request.Path);
        List<ClassFolder.Member> files = folder ? ClassFolder.Scan(request, "sounds", IsSound, AllowEmpty) : [new(request.Path, "", -1)];
        string root = folder ? request.Path : Path.GetDirectoryName(Path.GetFullPath(request.Path))!;
        byte[][] hashes = new byte[files.Count][];
        WaveFile first = Open(files[0], root, out _);
        Spectrogram? spectrogram = Representation == AudioRepresentation.Waveform ? null
            : new Spectrogram(WindowSize, Hop ?? Math.Max(1, WindowSize / 4), Representation == AudioRepresentation.Mel ? MelBands : null, first.SampleRate, Decibels);
        if (spectrogram is not null && first.Length <= WindowSize / 2)
            throw new ExperimentException("AudioTooShort", ErrorKind.InvalidData, $"'{ClassFolder.Shown(files[0].Path, root)}' has {first.Length} samples, too few for windows of {WindowSize}; give a smaller -WindowSize or more -Samples.", files[0].Path);
        Shape shape = spectrogram is null ? new Shape(first.Channels, first.Length) : new Shape(first.Channels, spectrogram.Height, spectrogram.Width(first.Length));
        int size = shape.ElementCount, part = size / first.Channels;
        if ((long)files.Count * size > Array.MaxLength)
            throw new ExperimentException("AudioTooLarge", ErrorKind.InvalidArgument, $"{files.Count} sounds of {shape} do not fit in memory; take fewer -Samples, or a larger -Hop.", request.Path);
        float[] values = new float[files.Count * size];
        try
        {
            Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = request.Cancellation }, i =>
            {
                WaveFile sound = Open(files[i], root, out hashes[i]);
                if ((sound.SampleRate, sound.Channels, sound.Length) != (first.SampleRate, first.Channels, first.Length)) throw Mismatch(files[i], files[0], sound, first, root);
                for (int c = 0; c < sound.Channels; c++)
                {
                    ReadOnlySpan<float> wave = sound.Values.AsSpan(c * sound.Length, sound.Length);
                    Span<float> to = values.AsSpan(i * size + c * part, part);
                    if (spectrogram is null) wave.CopyTo(to);
                    else spectrogram.Apply(wave, to);
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<ExperimentException>().MinBy(x => x.Message, StringComparer.Ordinal) is { } fault)
        {
            throw fault; // whichever thread met it, the same one is told
        }
        var feature = new FloatColumn(Representation.ToString(), shape, values);
        if (!folder) return Dataset.Create(request.Name, [feature], []);
        ClassFolder.WarnOfDuplicates(files, hashes, "sound", request);
        return ClassFolder.WithPieces(Dataset.Create(request.Name, [feature], [ClassFolder.Classes(files)]), files, request);
    }

    private WaveFile Open(ClassFolder.Member file, string root, out byte[] hash)
    {
        byte[] bytes = File.ReadAllBytes(file.Path);
        hash = SHA256.HashData(bytes);
        WaveFile sound = WaveFile.Read(bytes, ClassFolder.Shown(file.Path, root));
        if (Mono) sound = sound.ToMono();
        return Samples is { } length ? sound.WithLength(length) : sound.Length > 0 ? sound
            : throw new ExperimentException("TruncatedAudio", ErrorKind.InvalidData, $"'{ClassFolder.Shown(file.Path, root)}' has no samples.", file.Path);
    }

    private static ExperimentException Mismatch(ClassFolder.Member file, ClassFolder.Member first, WaveFile own, WaveFile wanted, string root)
    {
        string way = own.SampleRate != wanted.SampleRate ? "bring all to one rate first"
            : own.Channels != wanted.Channels ? "take the mean of the channels with -Mono"
            : "cut or fill all to one length with -Samples";
        string Of(WaveFile w) => $"{w.SampleRate} samples a second, {w.Channels} channel(s) and {w.Length} samples";
        return new ExperimentException("AudioMismatch", ErrorKind.InvalidData,
            $"'{ClassFolder.Shown(file.Path, root)}' has {Of(own)}, but '{ClassFolder.Shown(first.Path, root)}' has {Of(wanted)}: {way}.", file.Path);
    }

    private static bool IsSound(string path) =>
        (path.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".wave", StringComparison.OrdinalIgnoreCase)) && !Path.GetFileName(path).StartsWith('.');
}
