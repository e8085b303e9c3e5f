using DLExperiments.Catalogues;

namespace DLExperiments.Data.Formats;

/// <summary>A kind of file that holds data: it recognises its files and reads them into a data set. Its properties are its settings.</summary>
[Catalogue("format")]
public abstract class DataFormat
{
    /// <summary>Whether its files are tables, so that the column settings apply.</summary>
    public virtual bool IsTable => false;

    /// <summary>Whether a parameter about the columns of tables (Target, Scale, ...) means something to it.</summary>
    /// <param name="parameter">The parameter's name.</param>
    public virtual bool TakesTableParameter(string parameter) => IsTable;

    /// <summary>Whether it can read a folder of files.</summary>
    public virtual bool ReadsFolders => false;

    /// <summary>Whether it can read a single file.</summary>
    public virtual bool ReadsFiles => true;

    /// <summary>How surely a file is of this format: 0 not at all, 1 by its name alone or as a last resort, 2 by name, 3 by its content.</summary>
    /// <param name="file">The file's name and first bytes; a folder only where <see cref="ReadsFolders"/> says so.</param>
    public abstract int Recognize(DataFile file);

    /// <summary>The names of a table's columns, without reading the rest of it; none for what is no table.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DLExperiments.Errors.ExperimentException">The file is not what it should be.</exception>
    public virtual IReadOnlyList<string> ReadColumns(string path) => [];

    /// <summary>Reads a file.</summary>
    /// <param name="request">What to read and how to report.</param>
    /// <exception cref="DLExperiments.Errors.ExperimentException">The file is not what it should be; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public abstract Dataset Read(ImportRequest request);
}
