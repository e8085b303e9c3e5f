using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Commands.Sweeps;

/// <summary>The data that trials are given: one set for all, or one for each fold. All trials share its memory.</summary>
internal sealed class TrialData
{
    /// <summary>Ends the fingerprint of data whose folds are stratified.</summary>
    internal const string Stratified = "-stratified";

    private readonly IReadOnlyList<Dataset> folds;

    private readonly bool stratify;
    private readonly RowGroups? groups;

    private TrialData(Dataset? whole, IReadOnlyList<Dataset> folds, bool stratify, RowGroups? groups) => (Whole, this.folds, this.stratify, this.groups) = (whole, folds, stratify, groups);

    /// <summary>The data as it was given, or null.</summary>
    internal Dataset? Whole { get; }

    /// <summary>All sets that trials are given.</summary>
    internal IEnumerable<Dataset> All => Whole is null ? folds : folds.Prepend(Whole);

    /// <summary>A hash of the rows, their pieces and groups, and how they are folded; empty without data.</summary>
    internal string Fingerprint => RowFingerprint + (stratify ? Stratified : "");

    /// <summary>A hash of the rows, their pieces and groups; empty without data.</summary>
    internal string RowFingerprint => Whole is null ? ""
        : string.Join('-', new[] { Whole, Whole.Train, Whole.Validation }.OfType<Dataset>().Select(d => d.Fingerprint[..16])) + (groups is null ? "" : $"-groups-{groups.Fingerprint}");

    /// <summary>Deals the data out.</summary>
    /// <param name="data">The data, or null.</param>
    /// <param name="count">How many folds; 1 for none. Of data with a Train piece that piece is folded, so that nothing of the test rows is seen.</param>
    /// <param name="stratify">Whether each class is dealt evenly.</param>
    /// <param name="seed">The seed of the deal.</param>
    /// <param name="groups">Which rows stay in one fold; null for single rows.</param>
    /// <param name="warn">Told of rare classes.</param>
    internal static TrialData Deal(Dataset? data, int count, bool stratify, long seed, RowGroups? groups, Action<string> warn)
    {
        if (count < 2) return new TrialData(data, [], false, groups);
        if (data is null) throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, "Folds are made of data: give -Dataset.");
        Dataset folded = data.Train ?? data;
        return new TrialData(data, new Folds { Count = count, Stratify = stratify, Groups = groups?.Of(folded) ?? [], Seed = seed }.Split(folded, warn), stratify, groups);
    }

    internal Dataset? Of(TrialAssignment trial) => folds.Count > 0 ? folds[trial.Fold] : Whole;

    /// <summary>All rows that the choice was made with, to train on: those that were folded, else the training and validation pieces together.</summary>
    internal Dataset? ForRefit(SweepPlan plan)
    {
        if (Whole is null) return null;
        if (plan.Folds > 1) return Whole.Train ?? Whole;
        if (Whole.Train is not { } train || Whole.Validation is not { } validation) return Whole;
        // Of two pieces the second validates and tests; the rows of a third are for the test alone.
        return train.Join($"{Whole.Name}, train and validation", validation);
    }

    /// <summary>Refuses other data than the sweep was begun with.</summary>
    internal void Check(SweepPlan plan, string path)
    {
        if (Fingerprint == plan.Data) return;
        throw new ExperimentException("DataMismatch", ErrorKind.InvalidOperation, plan.Data.Length == 0 ? $"The sweep in '{path}' has no data of its own; leave out -Dataset."
            : Whole is null ? $"The sweep in '{path}' was begun with a data set; give the same one with -Dataset."
            : groups is null && plan.Data.Contains("-groups-", StringComparison.Ordinal) ? $"The sweep in '{path}' was begun with groups of rows; give the same ones with -Group."
            : $"The sweep in '{path}' was begun with other data than '{Whole.Name}'{(groups is null ? "" : ", or other groups of its rows")}.", path);
    }
}
