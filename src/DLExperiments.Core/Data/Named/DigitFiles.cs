using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Named;

/// <summary>Base of the sets in MNIST's layout: IDX files of images and labels, one pair to train on and one to test on.</summary>
public abstract class DigitFiles : NamedDataset
{
    /// <summary>Makes each image one row of 784 numbers.</summary>
    public bool Flatten { get; set; }

    /// <summary>Names of the classes, or none when the files' own numbers are the names.</summary>
    private protected virtual string[] ClassNames => [];

    /// <summary>The four files in MNIST's order and under MNIST's names.</summary>
    private protected static RemoteFile[] Four(string[] bases, params (long Bytes, string MD5)[] files)
    {
        string[] names = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];
        return [.. names.Zip(files, (name, file) => new RemoteFile(name, file.Bytes, Checksum.MD5(file.MD5), [.. bases.Select(b => b + name)]))];
    }

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Join(Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), () => new IdxFormat { Flatten = Flatten }, warn, cancellation);

    /// <summary>One data set of the images to train on and those to test on.</summary>
    private protected Dataset Join(string train, string test, Func<IdxFormat> format, Action<string>? warn, CancellationToken cancellation)
    {
        Dataset[] parts = [Read(format(), train, null, warn, cancellation), Read(format(), test, null, warn, cancellation)];
        if (!parts[0].InputShape.Equals(parts[1].InputShape))
            throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidData,
                $"{Name}: the images to train on are {parts[0].InputShape}, those to test on {parts[1].InputShape}; the files do not belong together.", Name);
        byte[] values = new byte[(long)(parts[0].Count + parts[1].Count) * parts[0].InputShape.ElementCount];
        ((ByteColumn)parts[0].Features[0]).Values.CopyTo(values);
        ((ByteColumn)parts[1].Features[0]).Values.CopyTo(values.AsSpan(parts[0].Count * parts[0].InputShape.ElementCount));
        ClassColumn[] labels = [.. parts.Select(p => (ClassColumn)p.Targets[0])];
        string[] known = ClassNames;
        IReadOnlyList<string> names = known.Length > 0 ? known : labels[0].ClassNames.Count >= labels[1].ClassNames.Count ? labels[0].ClassNames : labels[1].ClassNames;
        if (labels.Max(l => l.ClassNames.Count) > names.Count)
            throw new ExperimentException("LabelOutOfRange", ErrorKind.InvalidData, $"{Name}: the files have labels up to {labels.Max(l => l.ClassNames.Count) - 1}, but there are {names.Count} classes.", Name);
        var data = Dataset.Create(Name, [new ByteColumn("Image", parts[0].InputShape, values)], [new ClassColumn("Label", [.. labels[0].Codes, .. labels[1].Codes], names)]);
        return Pieces.Of(data, [.. Enumerable.Repeat(0, parts[0].Count), .. Enumerable.Repeat(2, parts[1].Count)], null);
    }
}
