namespace DLExperiments.Data.Tables;

/// <summary>How a table's column becomes numbers.</summary>
public enum ColumnEncoding
{
    /// <summary>One number as it is.</summary>
    Number,

    /// <summary>One number for each category: 1 for the row's own, 0 for the others.</summary>
    OneHot,

    /// <summary>The index of the category, from 0.</summary>
    Label,
}
