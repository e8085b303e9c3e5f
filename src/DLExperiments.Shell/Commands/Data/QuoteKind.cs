namespace DLExperiments.Shell.Commands.Data;

/// <summary>Which fields of CSV text are put in quotes.</summary>
public enum QuoteKind
{
    /// <summary>None.</summary>
    Never,

    /// <summary>All that have a value.</summary>
    Always,

    /// <summary>Those with the delimiter, a quote or a line end in them.</summary>
    AsNeeded,
}
