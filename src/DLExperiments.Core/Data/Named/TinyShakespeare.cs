using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Text;

namespace DLExperiments.Data.Named;

/// <summary>1,115,394 characters of Shakespeare's plays, 65 different ones: rows of consecutive symbols, each with the next.</summary>
[CatalogueEntry("TinyShakespeare")]
public sealed class TinyShakespeare : NamedDataset
{
    /// <summary>What the symbols are: Character or Word.</summary>
    public TextLevel Level { get; set; }

    /// <summary>How many symbols a row has.</summary>
    [Range(1, int.MaxValue)]
    public int SequenceLength { get; set; } = 100;

    /// <summary>How many symbols each row begins after the one before.</summary>
    [Range(1, int.MaxValue)]
    public int Stride { get; set; } = 1;

    /// <inheritdoc/>
    public override string Task => "text generation";

    /// <inheritdoc/>
    public override int Rows => 1115294;

    /// <inheritdoc/>
    public override string Source => "Karpathy 2015; https://github.com/karpathy/char-rnn";

    /// <inheritdoc/>
    public override string License => "the text is in the public domain";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files =>
    [
        new("input.txt", 1115394, Checksum.SHA256("86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"),
            "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"),
    ];

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Read(new TextFormat { Level = Level, SequenceLength = SequenceLength, Stride = Stride }, Path.Combine(folder, "input.txt"), null, warn, cancellation);
}
