using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>Finds out what format a file has.</summary>
public static class DatasetFile
{
    /// <summary>The catalogue entry of the format that fits a file best, by its content and its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExperimentException">FileNotFound, EmptyFile, DamagedArchive, UnrecognizedFormat.</exception>
    public static CatalogueEntry FindFormat(string path)
    {
        DataFile file = DataFile.Inspect(path);
        IReadOnlyList<CatalogueEntry> entries = Catalogue<DataFormat>.Default.Entries;
        (CatalogueEntry entry, int score) = entries.Select(e => (e, ((DataFormat)e.Create()).Recognize(file))).MaxBy(p => p.Item2);
        return score > 0
            ? entry
            : throw new ExperimentException("UnrecognizedFormat", ErrorKind.InvalidData,
                $"'{path}' is in no known format. Known formats: {string.Join(", ", entries.Select(e => e.Name))}; name one with -Format if the file is one of these.", path);
    }

    /// <summary>Reads a file in whatever format it has, with that format's default settings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">How columns become features and targets; null for the defaults.</param>
    public static Dataset Read(string path, TableOptions? table = null) =>
        ((DataFormat)FindFormat(path).Create()).Read(new ImportRequest(path, NameOf(path), table ?? new TableOptions()));

    /// <summary>The name that a file gives its data set: without folder and endings.</summary>
    /// <param name="path">The file.</param>
    public static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        return Path.GetFileNameWithoutExtension(name);
    }
}
