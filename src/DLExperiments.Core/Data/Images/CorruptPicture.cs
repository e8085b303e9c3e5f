namespace DLExperiments.Data.Images;

/// <summary>What is done about a picture that cannot be decoded.</summary>
public enum CorruptPicture
{
    /// <summary>Reading stops with an error that names the file.</summary>
    Refuse,

    /// <summary>The picture is left out, and a warning names it.</summary>
    Skip,
}
