namespace DLExperiments.Data.Text;

/// <summary>An end of a text.</summary>
public enum TextSide
{
    /// <summary>After the last symbol.</summary>
    End,

    /// <summary>Before the first symbol.</summary>
    Start,
}
