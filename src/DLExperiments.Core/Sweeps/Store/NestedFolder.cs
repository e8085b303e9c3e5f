using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Sweeps.Samplers;

namespace DLExperiments.Sweeps.Store;

/// <summary>
/// A nested cross-validation on disk: <c>nested.json</c>, and for each outer fold two sweeps, <c>outer-00/selection</c> (the settings on folds of the fold's training rows) and
/// <c>outer-00/estimate</c> (the setting that was chosen, trained on all those rows and measured on the held-out ones).
/// </summary>
public sealed class NestedFolder
{
    private const string PlanFile = "nested.json", Format = "DLExperiments nested sweep 1";

    private NestedFolder(string path, SweepPlan plan, int outerFolds, bool stratify) => (Path, Plan, OuterFolds, Stratify) = (path, plan, outerFolds, stratify);

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The plan that all selections have; its Data is that of all rows.</summary>
    public SweepPlan Plan { get; }

    /// <summary>How many outer folds there are.</summary>
    public int OuterFolds { get; }

    /// <summary>Whether each class is dealt evenly to the folds.</summary>
    public bool Stratify { get; }

    /// <summary>Whether a folder holds a nested cross-validation.</summary>
    /// <param name="path">Full path.</param>
    public static bool Exists(string path) => File.Exists(System.IO.Path.Combine(path, PlanFile));

    /// <summary>Begins one.</summary>
    /// <param name="path">Full path of the folder; it is made when it does not exist.</param>
    /// <param name="plan">The plan of a selection, with the hash of all rows as its Data.</param>
    /// <param name="outerFolds">How many outer folds, at least 2.</param>
    /// <param name="stratify">Whether each class is dealt evenly to the folds.</param>
    /// <exception cref="ExperimentException">SweepExists; FileNotWritable.</exception>
    public static NestedFolder Create(string path, SweepPlan plan, int outerFolds, bool stratify)
    {
        if (Exists(path) || SweepFolder.Exists(path))
            throw new ExperimentException("SweepExists", ErrorKind.AlreadyExists, $"'{path}' holds a sweep already. Go on with it (Resume-Sweep, or -Resume), replace it (-Force), or choose another -Path.", path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"The folder '{path}' cannot be made: {e.Message}", path, e);
        }
        var json = new JsonObject { ["format"] = Format, ["outerFolds"] = outerFolds, ["stratify"] = stratify, ["plan"] = SweepPlanJson.Write(plan) };
        AtomicFile.Write(System.IO.Path.Combine(path, PlanFile), overwrite: true, s => s.Write(Encoding.UTF8.GetBytes(json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }))));
        return new NestedFolder(path, plan, outerFolds, stratify);
    }

    /// <summary>Opens one.</summary>
    /// <param name="path">Full path of its folder.</param>
    /// <exception cref="ExperimentException">SweepNotFound; InvalidSweepFile.</exception>
    public static NestedFolder Open(string path)
    {
        string file = System.IO.Path.Combine(path, PlanFile);
        if (!File.Exists(file)) throw new ExperimentException("SweepNotFound", ErrorKind.NotFound, $"There is no nested sweep in '{path}': it has no {PlanFile}.", path);
        try
        {
            JsonNode json = JsonNode.Parse(File.ReadAllText(file))!;
            return new NestedFolder(path, SweepPlanJson.Read(json["plan"]!), json["outerFolds"]!.GetValue<int>(), json["stratify"]!.GetValue<bool>());
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ExperimentException("InvalidSweepFile", ErrorKind.InvalidData, $"'{file}' is damaged, or no {PlanFile} of this version{(e is NullReferenceException ? "" : $": {e.Message}")}. Choose another folder, or remove that file to begin anew.", file, e);
        }
    }

    /// <summary>Opens one to go on with it as a plan says.</summary>
    /// <param name="path">Full path of its folder.</param>
    /// <param name="plan">The plan, which must compute the same.</param>
    /// <param name="outerFolds">How many outer folds there are to be.</param>
    /// <param name="stratify">Whether classes are to be dealt evenly.</param>
    /// <exception cref="ExperimentException">SweepNotFound; InvalidSweepFile; SweepMismatch.</exception>
    public static NestedFolder Open(string path, SweepPlan plan, int outerFolds, bool stratify)
    {
        NestedFolder folder = Open(path);
        string? difference = folder.OuterFolds != outerFolds ? $"it has {folder.OuterFolds} outer folds, not {outerFolds}"
            : folder.Stratify != stratify ? $"it is {(folder.Stratify ? "" : "not ")}stratified" : SweepPlanJson.Difference(folder.Plan, plan);
        return difference is null ? folder : throw new ExperimentException("SweepMismatch", ErrorKind.InvalidOperation,
            $"The nested sweep in '{path}' is another one: {difference}. Replace it (-Force), or choose another -Path.", path);
    }

    /// <summary>Removes one with all its sweeps, and the folder when nothing else is in it.</summary>
    /// <param name="path">Full path of its folder.</param>
    /// <exception cref="ExperimentException">SweepNotFound; SweepInUse: a process is at one of its trials.</exception>
    public static void Remove(string path)
    {
        NestedFolder folder = Open(path);
        foreach (SweepFolder sweep in folder.Sweeps) SweepFolder.Remove(sweep.Path);
        File.Delete(System.IO.Path.Combine(path, PlanFile));
        for (int fold = 0; fold < folder.OuterFolds; fold++) SweepFolder.DeleteEmpty(System.IO.Path.GetDirectoryName(folder.SelectionPath(fold))!);
        SweepFolder.DeleteEmpty(path);
    }

    /// <summary>Removes what a folder holds: a sweep or a nested one.</summary>
    /// <param name="path">Full path of the folder.</param>
    /// <exception cref="ExperimentException">SweepNotFound; SweepInUse.</exception>
    public static void RemoveAny(string path)
    {
        if (Exists(path)) Remove(path);
        else SweepFolder.Remove(path);
    }

    /// <summary>The sweeps that have been begun, of each outer fold the selection before the estimate.</summary>
    public IEnumerable<SweepFolder> Sweeps => Enumerable.Range(0, OuterFolds).SelectMany(f => new[] { SelectionPath(f), EstimatePath(f) }).Append(FinalPath).Where(SweepFolder.Exists).Select(SweepFolder.Open);

    /// <summary>Full path of the sweep that chooses a setting on the training rows of an outer fold.</summary>
    /// <param name="fold">The outer fold, from 0.</param>
    public string SelectionPath(int fold) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"outer-{fold:00}"), "selection");

    /// <summary>Full path of the sweep of one setting that measures it on the held-out rows of an outer fold.</summary>
    /// <param name="fold">The outer fold, from 0.</param>
    public string EstimatePath(int fold) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"outer-{fold:00}"), "estimate");

    /// <summary>Full path of the sweep that chooses the setting of the final model on all rows.</summary>
    public string FinalPath => System.IO.Path.Combine(Path, "final");

    /// <summary>Begins a selection, or goes on with it.</summary>
    /// <param name="path">Its full path: <see cref="SelectionPath"/> or <see cref="FinalPath"/>.</param>
    /// <param name="data">The hash of the rows that it has.</param>
    /// <param name="files">Texts that belong to the plan, by file name.</param>
    public SweepFolder BeginSelection(string path, string data, IReadOnlyDictionary<string, string> files)
    {
        SweepPlan plan = Plan with { Data = data };
        return SweepFolder.Exists(path) ? SweepFolder.Open(path, plan) : SweepFolder.Create(path, plan, files);
    }

    /// <summary>Begins the estimate of an outer fold, or goes on with it; one of another setting, which was the best before failed trials were run again, is replaced.</summary>
    /// <param name="fold">The outer fold, from 0.</param>
    /// <param name="place">The setting that was chosen, as a point of the cube.</param>
    /// <param name="data">The hash of the rows that it has.</param>
    /// <param name="files">Texts that belong to the plan, by file name.</param>
    public SweepFolder BeginEstimate(int fold, double[] place, string data, IReadOnlyDictionary<string, string> files)
    {
        string path = EstimatePath(fold);
        SweepPlan plan = Plan with { Data = data, Points = 1, Folds = 1, FirstPoints = [place], Sampler = new RandomSampler(), Pruner = null };
        if (SweepFolder.Exists(path))
        {
            SweepFolder old = SweepFolder.Open(path);
            if (old.DifferenceFrom(plan) is null) return old;
            SweepFolder.Remove(path);
        }
        return SweepFolder.Create(path, plan, files);
    }
}
