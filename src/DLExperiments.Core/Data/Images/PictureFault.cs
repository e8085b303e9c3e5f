namespace DLExperiments.Data.Images;

/// <summary>Why a file gives no picture.</summary>
/// <param name="Text">The reason, as the end of a sentence.</param>
/// <param name="IsSize">Whether it is a sound picture of another size than wanted.</param>
internal sealed record PictureFault(string Text, bool IsSize = false);
