namespace DLExperiments.Data.Text;

/// <summary>What the symbols of a text are.</summary>
public enum TextLevel
{
    /// <summary>Characters (Unicode code points).</summary>
    Character,

    /// <summary>Words and punctuation marks.</summary>
    Word,
}
