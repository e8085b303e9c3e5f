using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Text;

namespace DLExperiments.Data.Named;

/// <summary>Film reviews, negative and positive in equal numbers: 25,000 to train on and 25,000 to test on, as rows of words.</summary>
[CatalogueEntry("IMDB")]
public sealed class Imdb : NamedDataset
{
    /// <summary>How many words are kept, special symbols counted; the others become the unknown.</summary>
    [Range(4, int.MaxValue)]
    public int VocabularySize { get; set; } = 5000;

    /// <summary>How many words a row has.</summary>
    [Range(1, int.MaxValue)]
    public int SequenceLength { get; set; } = 80;

    /// <summary>Keeps capitals; by default they become small letters.</summary>
    public bool KeepCase { get; set; }

    /// <summary>Each row begins with the symbol for the start.</summary>
    public bool StartSymbol { get; set; }

    /// <summary>Where a review that is too short is filled up: End or Start.</summary>
    public TextSide Padding { get; set; }

    /// <summary>Where a review that is too long is cut: End or Start.</summary>
    public TextSide Truncation { get; set; }

    /// <inheritdoc/>
    public override string Task => "text classification";

    /// <inheritdoc/>
    public override int Rows => 50000;

    /// <inheritdoc/>
    public override string Source => "Maas et al. 2011; https://ai.stanford.edu/~amaas/data/sentiment/";

    /// <inheritdoc/>
    public override string License => "none stated; the makers ask to be cited";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files =>
        [new("aclImdb_v1.tar.gz", 84125825, Checksum.MD5("7c2ac02c03563afcf9b574c7e56c153a"), "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz")];

    /// <inheritdoc/>
    internal override bool Includes(string member) => member.Contains("/pos/", StringComparison.Ordinal) || member.Contains("/neg/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Read(new TextFolderFormat
        {
            VocabularySize = VocabularySize, SequenceLength = SequenceLength, Lowercase = !KeepCase, StartSymbol = StartSymbol, Padding = Padding, Truncation = Truncation,
        }, Path.Combine(folder, "aclImdb"), null, warn, cancellation);
}
