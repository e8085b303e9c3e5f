using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>Finds out what format a file has.</summary>
public static class DatasetFile
{
    /// <summary>The catalogue entry of the format that fits a file or folder best, by its content and its name.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="settings">Names of settings that were given: a format that has them all goes before one that has not.</param>
    /// <exception cref="ExperimentException">FileNotFound, EmptyFile, DamagedArchive, UnrecognizedFormat.</exception>
    public static CatalogueEntry FindFormat(string path, IReadOnlyCollection<string>? settings = null)
    {
        DataFile file = DataFile.Inspect(path);
        IReadOnlyList<CatalogueEntry> entries = Catalogue<DataFormat>.Default.Entries;
        var fitting = entries.Select(e => (Entry: e, Format: (DataFormat)e.Create()))
            .Where(f => file.IsFolder ? f.Format.ReadsFolders : f.Format.ReadsFiles)
            .Select(f => (f.Entry, Score: f.Format.Recognize(file))).Where(f => f.Score > 0)
            .OrderByDescending(f => settings is null || settings.All(s => f.Entry.Parameters.Any(p => p.Name.Equals(s, StringComparison.OrdinalIgnoreCase))))
            .ThenByDescending(f => f.Score).ToList();
        return fitting.Count > 0
            ? fitting[0].Entry
            : throw new ExperimentException("UnrecognizedFormat", ErrorKind.InvalidData,
                $"'{path}' is in no known format. Known formats: {string.Join(", ", entries.Select(e => e.Name))}; name one with -Format if it is one of these.", path);
    }

    /// <summary>Stops a format that is asked to read a folder but knows only files, or the other way round.</summary>
    /// <param name="entry">The format.</param>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="ExperimentException">NotAFile or NotAFolder.</exception>
    public static void Verify(CatalogueEntry entry, string path)
    {
        var format = (DataFormat)entry.Create();
        bool folder = Directory.Exists(path);
        if (folder && !format.ReadsFolders)
            throw new ExperimentException("NotAFile", ErrorKind.InvalidArgument, $"'{path}' is a folder, but the format {entry.Name} reads single files; name a file in it.", path);
        if (!folder && !format.ReadsFiles)
            throw new ExperimentException("NotAFolder", ErrorKind.InvalidArgument, $"'{path}' is a file, but the format {entry.Name} reads a folder; name the folder that it lies in.", path);
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
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (Directory.Exists(path)) return name.Length > 0 ? name : path;
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        return Path.GetFileNameWithoutExtension(name);
    }
}
