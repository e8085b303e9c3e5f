using DLExperiments.Data;

namespace DLExperiments.Reports.Documents;

/// <summary>What a report is called and holds beside the objects that it is made of.</summary>
public sealed record ReportSettings
{
    /// <summary>The title.</summary>
    public string Title { get; init; } = "Report";

    /// <summary>Who wrote it; null for nobody.</summary>
    public string? Author { get; init; }

    /// <summary>How much it holds and how it prints.</summary>
    public ReportLayout Layout { get; init; }

    /// <summary>The data that the runs are of: its fingerprint and pieces are told, and the best run is measured and shown on its Test piece. Null for none.</summary>
    public Dataset? Data { get; init; }

    /// <summary>Text by section (Introduction, Method, Results, Examples, Discussion, Conclusion), in paragraphs; sections of other names come before Reproduction.</summary>
    public IReadOnlyList<(string Section, IReadOnlyList<string> Paragraphs)> Texts { get; init; } = [];

    /// <summary>The command that makes the results again; null when it is not known.</summary>
    public string? Command { get; init; }

    /// <summary>The text of the script that was run, which the report then holds; null for none.</summary>
    public string? Script { get; init; }

    /// <summary>When it was written.</summary>
    public DateTime Date { get; init; } = DateTime.Now;
}
