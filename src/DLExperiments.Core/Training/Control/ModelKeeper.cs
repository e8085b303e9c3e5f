using System.Globalization;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Models;

namespace DLExperiments.Training.Control;

/// <summary>Writes the model files of a training, each whole or not at all.</summary>
internal sealed class ModelKeeper
{
    private readonly ModelFiles files;
    private readonly EarlyStoppingClock best;

    /// <summary>Looks whether the files can be written.</summary>
    /// <param name="files">Which.</param>
    /// <param name="stopping">What early stopping watches, when it does.</param>
    /// <param name="overwrite">Whether existing files may be replaced.</param>
    /// <exception cref="ExperimentException">FileExists, FolderNotFound or FileNotWritable.</exception>
    internal ModelKeeper(ModelFiles files, EarlyStopping? stopping, bool overwrite)
    {
        this.files = files;
        best = new EarlyStoppingClock(files.Metric is { } metric ? new EarlyStopping { Metric = metric } : stopping ?? new EarlyStopping());
        Check(files, overwrite);
        if (files.Folder is not { } folder) return;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"The folder '{folder}' for models cannot be made: {e.Message}", folder, e);
        }
    }

    /// <summary>Looks whether the files can be written, and writes nothing.</summary>
    /// <param name="files">Which.</param>
    /// <param name="overwrite">Whether existing files may be replaced.</param>
    /// <exception cref="ExperimentException">FileExists, FolderNotFound or FileNotWritable.</exception>
    internal static void Check(ModelFiles files, bool overwrite)
    {
        foreach (string file in new[] { files.Best, files.Last }.OfType<string>()) AtomicFile.CheckTarget(file, overwrite);
        if (!overwrite && files.Folder is { } folder && Directory.Exists(folder) && Directory.EnumerateFiles(folder, "epoch-*.safetensors").Any())
            throw new ExperimentException("FileExists", ErrorKind.AlreadyExists, $"The folder '{folder}' has models of a training already. Use -Force to replace them, or choose another folder.", folder);
    }

    /// <summary>Takes notice of an epoch whose files were written when it ended.</summary>
    internal void Replay(EpochResult epoch) => best.OnEpoch(epoch);

    /// <summary>Writes what is to be written after an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="make">Makes the model as it is.</param>
    /// <exception cref="ExperimentException">FileNotWritable: there is no room, for example.</exception>
    internal void OnEpoch(EpochResult epoch, Func<Model> make)
    {
        List<string> targets = [];
        if (best.OnEpoch(epoch) && files.Best is { } file) targets.Add(file);
        if (files.Last is { } last) targets.Add(last);
        if (files.Folder is { } folder && epoch.Epoch % files.Every == 0)
            targets.Add(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch.Epoch:D5}.safetensors")));
        if (targets.Count == 0) return;
        using Model model = make();
        foreach (string target in targets)
        {
            try
            {
                ModelFile.Export(model, target, overwrite: true);
            }
            catch (ExperimentException e) when (e.ErrorId == "FileNotWritable")
            {
                throw new ExperimentException(e.ErrorId, e.Kind, $"{e.Message} With a checkpoint, Resume-Training goes on from here when the file can be written, and writes it.", target, e);
            }
        }
    }
}
