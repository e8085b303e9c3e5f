namespace DLExperiments.Data.Tables;

/// <summary>How a text feature becomes numbers.</summary>
public enum TextEncoding
{
    /// <summary>One number for each category: 1 for the row's own, 0 for the others.</summary>
    OneHot,

    /// <summary>The index of the category, from 0, in the order of the names.</summary>
    Label,
}
