using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Training;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Which parameters of a trial go where: to its param() block, to a network's block as variables, to Invoke-Training.</summary>
internal static class TrialParameters
{
    /// <summary>The options of Invoke-Training that a sweep may set: the cmdlet's own and those of optimizers, losses, schedules and regularisers.</summary>
    internal static IReadOnlySet<string> TrainingNames { get; } = FindTrainingNames();

    /// <summary>Checks before anything runs that every name has somebody who takes it.</summary>
    /// <exception cref="ExperimentException">UnknownParameter, MissingParameter, MissingMetric, InvalidParameter; those of options of Invoke-Training that are wrong.</exception>
    internal static void Check(TrialCode code, SweepPlan plan, bool hasData)
    {
        SweepSpace space = plan.Space;
        if (code.TrainsItself)
        {
            HashSet<string> known = [.. TrainingNames, .. Variables(code), .. code.Choices.Take(1).Select(_ => TrialCode.NetworkParameter)];
            if (!hasData) throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, "A network is trained on data: give -Dataset.");
            foreach (string name in space.Names.Where(n => !known.Contains(n, StringComparer.OrdinalIgnoreCase)))
                throw Unknown(name, "Neither does the network's block use it as a variable, nor is it an option of Invoke-Training", known);
            foreach ((string name, _) in code.Training.Where(o => !TrainingNames.Contains(o.Key)))
                throw Unknown(name, "Invoke-Training has no such option", [.. TrainingNames]);
            foreach (string name in code.Training.Select(o => o.Key).Intersect(space.Names, StringComparer.OrdinalIgnoreCase))
                throw new ExperimentException("DoubleParameter", ErrorKind.InvalidArgument, $"{name} is in both -Space and -Training; leave it out of one.", name);
            foreach (SweepObjective objective in plan.Objectives.Where(o => !TrainingCheck.ResultNumbers.Contains(o.Metric, StringComparer.OrdinalIgnoreCase)))
                throw new ExperimentException("MissingMetric", ErrorKind.InvalidArgument, $"-Metric {objective.Metric} is no number that a training gives. {NearNames.Suggest(objective.Metric, TrainingCheck.ResultNumbers)}", objective.Metric);
            CheckOptions(code, plan);
            TrialRules.Check(code, Tried(plan));
            return;
        }
        if (code.Ast!.ParamBlock is null)
            throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument,
                $"The trial has no param() block, so that it cannot take {string.Join(", ", space.Names)}: begin it with param({string.Join(", ", space.Names.Select(n => "$" + n))}).", code.Path);
        string[] own = [.. code.Parameters.Select(p => p.Name.VariablePath.UserPath)];
        foreach (string name in space.Names.Where(n => !own.Contains(n, StringComparer.OrdinalIgnoreCase)))
            throw Unknown(name, "The trial's param() block does not have it", own);
        foreach (ParameterAst parameter in code.Parameters.Where(IsMandatory))
        {
            string name = parameter.Name.VariablePath.UserPath;
            if (!space.Names.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.Equals("Seed", StringComparison.OrdinalIgnoreCase) && !(hasData && name.Equals("Dataset", StringComparison.OrdinalIgnoreCase)))
                throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, $"The trial's parameter {name} is mandatory, but the space does not have it.", name);
        }
        TrialRules.Check(code, Tried(plan));
    }

    /// <summary>Checks the options that trainings would get: with the points that were given, every value that is listed, and at both ends of every range.</summary>
    private static void CheckOptions(TrialCode code, SweepPlan plan)
    {
        foreach (Setting setting in Tried(plan))
        {
            try
            {
                TrainingCheck.Check(Training(code, new TrialAssignment(0, 0, 0, 0, 0, setting, "")));
            }
            catch (ExperimentException e)
            {
                throw new ExperimentException(e.ErrorId, ErrorKind.InvalidArgument, $"{(setting.Columns.Count > 0 ? $"The setting {setting} cannot be trained. " : "")}{e.Message}", e.Target, e);
            }
        }
    }

    /// <summary>The points that were given, all values that are listed, and both ends of every range.</summary>
    private static IEnumerable<Setting> Tried(SweepPlan plan) => plan.FirstPoints.Concat(Corners(plan.Space)).Select(place => plan.Space.At(place));

    private static IEnumerable<double[]> Corners(SweepSpace space)
    {
        double[] middle = new double[space.Entries.Count];
        for (int d = 0; d < space.Entries.Count; d++)
        {
            SpaceEntry entry = space.Entries[d];
            IEnumerable<double> places = entry.Values is ListValues { Levels: { } levels } ? Enumerable.Range(0, levels).Select(l => (l + .5) / levels) : [0, 1];
            foreach (double place in places)
            {
                double[] point = (double[])middle.Clone();
                point[d] = place;
                // What it depends on has a value with which it counts.
                for (int inner = d; space.Entries[inner].Parent is var parent and >= 0; inner = parent)
                    point[parent] = (space.Entries[inner].ParentLevels[0] + .5) / space.Entries[parent].Values.Levels!.Value;
                yield return space.Cube.Mask(point);
            }
        }
    }

    /// <summary>The arguments of the param() block: the setting, and Seed and Dataset where it takes them.</summary>
    internal static Hashtable Arguments(TrialCode code, TrialAssignment trial, object? data)
    {
        var arguments = new Hashtable(StringComparer.OrdinalIgnoreCase);
        if (code.Has("Seed")) arguments["Seed"] = trial.Seed;
        if (code.Has("Dataset") && data is not null) arguments["Dataset"] = data;
        foreach (DictionaryEntry item in trial.Setting)
            if (!code.TrainsItself || code.Has(item.Key.ToString()!)) arguments[item.Key] = Plain(item.Value);
        return arguments;
    }

    /// <summary>The options of Invoke-Training: the fixed ones and those of the setting.</summary>
    internal static Hashtable Training(TrialCode code, TrialAssignment trial)
    {
        var options = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, System.Text.Json.Nodes.JsonNode? value) in code.Training) options[name] = Plain(SpaceJson.Plain(value));
        foreach (DictionaryEntry item in trial.Setting)
            if (TrainingNames.Contains(item.Key.ToString()!)) options[item.Key] = Plain(item.Value);
        return options;
    }

    private static IEnumerable<string> Variables(TrialCode code) => code.Ast is null ? []
        : code.Ast.FindAll(a => a is VariableExpressionAst, true).Cast<VariableExpressionAst>().Select(v => v.VariablePath.UserPath);

    // Parameters of scripts are declared as [hashtable], which takes no ordered one.
    private static object? Plain(object? value) => value switch
    {
        IDictionary table => new Hashtable(table.Cast<DictionaryEntry>().ToDictionary(e => e.Key, e => Plain(e.Value)), StringComparer.OrdinalIgnoreCase),
        object?[] list => Array.ConvertAll(list, Plain),
        _ => value,
    };

    internal static bool IsMandatory(ParameterAst parameter) => parameter.Attributes.OfType<AttributeAst>().Where(a => a.TypeName.Name.Equals("Parameter", StringComparison.OrdinalIgnoreCase))
        .SelectMany(a => a.NamedArguments).Any(n => n.ArgumentName.Equals("Mandatory", StringComparison.OrdinalIgnoreCase) && !n.Argument.Extent.Text.Equals("$false", StringComparison.OrdinalIgnoreCase));

    private static ExperimentException Unknown(string name, string why, IReadOnlyCollection<string> known) =>
        new("UnknownParameter", ErrorKind.InvalidArgument, $"Nobody takes the parameter {name}. {why}. {NearNames.Suggest(name, known)}", name);

    private static HashSet<string> FindTrainingNames()
    {
        // What belongs to one run of the cmdlet and not to its result has no place in a sweep.
        string[] not = ["InputObject", "Dataset", "ValidationDataset", "OnEpoch", "OnStep", "StreamEpoch", "ResultVariable", "AsJob", "JobName", "ThrottleLimit",
            "Checkpoint", "Resume", "Force", "LearningCurve", "SaveBest", "SaveMetric", "SaveLast", "SaveFolder", "SaveEvery"];
        IEnumerable<string> own = typeof(InvokeTrainingCommand).GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute)))
            .SelectMany(p => (p.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(p.Name));
        IEnumerable<CatalogueEntry> kinds = Catalogue<Optimizer>.Default.Entries.Concat(Catalogue<Loss>.Default.Entries).Concat(Catalogue<Schedule>.Default.Entries).Concat(Catalogue<Regulariser>.Default.Entries);
        return new(own.Concat(kinds.SelectMany(k => k.Parameters).Select(p => p.Name)).Where(n => !not.Contains(n) && n is not ("Network" or "Model")), StringComparer.OrdinalIgnoreCase);
    }
}
