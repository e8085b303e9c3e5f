namespace DLExperiments.Reports.Documents;

/// <summary>How much a report holds and how it prints.</summary>
public enum ReportLayout
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>One page of A4: the best runs, their curves and one measure.</summary>
    Interim,

    /// <summary>Up to four pages of A4: introduction, method, results, examples, discussion, conclusion, reproduction.</summary>
    Coursework,
}
