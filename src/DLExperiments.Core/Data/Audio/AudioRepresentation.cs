namespace DLExperiments.Data.Audio;

/// <summary>What of a sound a network sees.</summary>
public enum AudioRepresentation
{
    /// <summary>The samples, [channels, samples], between -1 and 1.</summary>
    Waveform,

    /// <summary>The power of each frequency over time, [channels, frequencies, frames].</summary>
    Spectrogram,

    /// <summary>The power in bands as the ear tells them apart, [channels, bands, frames].</summary>
    Mel,
}
