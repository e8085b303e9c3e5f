namespace DLExperiments.Data.Tables;

/// <summary>What a target column is read as.</summary>
public enum TargetType
{
    /// <summary>A column of numbers is a number, a column of text is a class.</summary>
    Auto,

    /// <summary>A class, even when the column holds numbers (0 and 1, digits, grades).</summary>
    Class,

    /// <summary>A number.</summary>
    Number,
}
