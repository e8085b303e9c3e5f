using System.Globalization;
using System.Management.Automation;
using DLExperiments.Data.Text;

namespace DLExperiments.Commands.Data;

/// <summary>Reads word vectors (GloVe, word2vec text) for the symbols of a vocabulary: the weight of an Embedding layer.</summary>
/// <remarks>
/// The file, often a gigabyte, streams by; only the vectors of the vocabulary's symbols are kept. The result says how many symbols were
/// found, and which were not. Its Values go to Set-Weight, its Count and Width to Add-Layer Embedding. The symbol for padding stays zero.
/// </remarks>
[Cmdlet(VerbsData.Import, "WordVector")]
[OutputType(typeof(WordVectorTable))]
public sealed class ImportWordVectorCommand : ExperimentCommand
{
    private const long Interval = 250;

    /// <summary>The file: a word and its numbers a line, plain or gzip.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The symbols: the property Vocabulary of a data set's text feature.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public Vocabulary Vocabulary { get; set; } = null!;

    /// <summary>The vector of symbols that the file does not have: Zero, Mean (of those found) or Random (as those found are distributed).</summary>
    [Parameter]
    public UnknownVector Unknown { get; set; }

    /// <summary>Seed of -Unknown Random.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string file = ResolveSources(Path, literal: true)[0];
        string activity = $"Reading {System.IO.Path.GetFileName(file)}";
        long last = Environment.TickCount64;
        bool shown = false;
        WriteObject(WordVectorReader.Read(file, Vocabulary, Unknown, Seed, lines =>
        {
            if (Environment.TickCount64 - last < Interval) return;
            last = Environment.TickCount64;
            shown = true;
            WriteProgress(new ProgressRecord(0, activity, string.Create(CultureInfo.InvariantCulture, $"{lines:N0} words")));
        }, Cancellation));
        if (shown) WriteProgress(new ProgressRecord(0, activity, "done") { RecordType = ProgressRecordType.Completed });
    }
}
