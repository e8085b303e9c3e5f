using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Training.Engines;
using TorchSharp;

namespace DLExperiments.Training.Objectives;

/// <summary>
/// Several outputs at once: the weighted sum of one loss for each output and its target (Caruana 1997). An output takes the target of its name; when no
/// name is the same, they go together in their order. Auxiliary outputs (those of GoogLeNet; Szegedy and others 2015) are trained on the target
/// of the one main output and left out when the model is measured and used.
/// </summary>
[CatalogueEntry("MultiTask")]
public sealed class MultiTaskObjective : Objective
{
    private ModelOutput[] outputs = [];
    private TargetPlan[] targets = [];
    private string[] names = [], measures = ["Loss"];
    private int[] lossPlaces = [], accuracyPlaces = [];
    private int mains;

    /// <summary>Outputs with the target column that each is trained on, such as 'head1=Age', 'head2=Sex'; by name or order when not given.</summary>
    public string[] Target { get; init; } = [];

    /// <summary>Names of auxiliary outputs, with wildcards.</summary>
    public string[] Auxiliary { get; init; } = ["aux*"];

    /// <summary>The factor of each auxiliary output's loss, where -LossWeight gives no other.</summary>
    [Range(0.0, double.MaxValue)]
    public double AuxiliaryWeight { get; init; } = 0.3;

    /// <inheritdoc/>
    public override string LossName => string.Join(", ", outputs.Select(o => $"{o.Name}: {o.Loss!.Type}"));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures => measures;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelOutput> Outputs => outputs;

    /// <inheritdoc/>
    public override bool MeasuresOutputs => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TargetPlan> Targets => targets;

    /// <inheritdoc/>
    public override Objective Fit(ObjectiveRequest request)
    {
        MultiTaskObjective fitted = Copy<MultiTaskObjective>();
        string[] all = [.. request.Network.Outputs];
        string[] main = [.. all.Where(o => !IsAuxiliary(o))];
        if (main.Length == 0) main = all;
        string[] extra = [.. all.Except(main)];
        if (extra.Length > 0 && main.Length > 1)
            throw new ExperimentException("AmbiguousOutput", ErrorKind.InvalidArgument,
                $"The network has the auxiliary outputs {Names(extra)} beside {main.Length} others, {Names(main)}: an auxiliary output needs one main output whose target it shares. Rename them, or set Auxiliary.", extra);
        request.RequireOutputs(all, Type);
        fitted.outputs = [.. TargetMatch.Find(request.Train, main, Target).Select(m => Main(request, m.Output, m.Column))];
        fitted.mains = main.Length;
        fitted.outputs = [.. fitted.outputs, .. extra.Select(output => fitted.outputs[0] with
        {
            Name = output,
            Loss = ObjectiveRequest.Value(request.Losses, output) ?? fitted.outputs[0].Loss,
            Weight = request.WeightOf(output) ?? AuxiliaryWeight,
            IsAuxiliary = true,
        })];
        fitted.names = [.. fitted.outputs.Select(o => o.Name)];
        fitted.targets = [.. fitted.outputs.Select(o => new TargetPlan(o.Name, o.Target, o.Loss, request.Network.ShapeOf(o.Name), o.ClassNames))];
        fitted.NameMeasures(request.Train);
        return fitted;
    }

    /// <inheritdoc/>
    public override double Train(TorchStep step)
    {
        (torch.Tensor total, double value) = Compute(step, outputs.Length);
        if (double.IsFinite(value)) step.Update(total);
        return value;
    }

    /// <inheritdoc/>
    public override void Evaluate(TorchStep step) => Compute(step, mains);

    private static ModelOutput Main(ObjectiveRequest request, string output, DataColumn? column)
    {
        DataColumn? only = column ?? request.Train.Targets.FirstOrDefault();
        IReadOnlyList<string>? classNames = request.Before(output)?.ClassNames ?? (only as ClassColumn)?.ClassNames;
        return new ModelOutput(output, request.LossOf(output, only), column?.Name, classNames, request.WeightOf(output) ?? 1,
            IsFirstTarget: column is null || column.Name == request.Train.Targets[0].Name);
    }

    /// <summary>The sum of the first so many outputs' losses times their weights, as it is minimised; each loss and each accuracy is added to the totals.</summary>
    private (torch.Tensor Total, double Value) Compute(TorchStep step, int count)
    {
        torch.Tensor[] predictions = step.Forward(count == names.Length ? names : names[..count]);
        torch.Tensor? total = null;
        double value = 0, shown = 0;
        for (int i = 0; i < count; i++)
        {
            Loss loss = outputs[i].Loss!;
            torch.Tensor part = step.Compute(loss, i, predictions[i]);
            double found = part.item<float>(), factor = outputs[i].Weight * (step.IsTraining ? step.PartFactor(loss, i) : 1);
            (double sum, double rows) = loss.Weigh(found, step.Targets[i], step.SampleWeights, step.Count);
            step.Totals.Add(lossPlaces[i], sum, rows);
            if (accuracyPlaces[i] > 0)
            {
                TargetLayout layout = step.Layouts[i];
                step.Totals.Add(accuracyPlaces[i], loss.CountCorrect(step.ReadOutputs(predictions[i]), step.TargetValuesOf(i), layout), (double)step.Count * layout.Decisions);
            }
            if (step.Totals.WantsOutputs && i < mains) step.Totals.AddOutputs(step.ReadOutputs(predictions[i]), step.TargetValuesOf(i), step.Count, i);
            torch.Tensor weighted = factor == 1 ? part : part * factor;
            total = total is null ? weighted : total + weighted;
            value += factor * found;
            shown += outputs[i].Weight * (!loss.IsSum ? found : rows > 0 ? sum / rows : 0);
        }
        double weight = step.SampleWeights?.sum().item<float>() ?? step.Count;
        step.Totals.Add(0, shown * weight, weight);
        return (total!, value);
    }

    private void NameMeasures(Dataset train)
    {
        List<string> made = ["Loss"];
        lossPlaces = new int[names.Length];
        accuracyPlaces = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            lossPlaces[i] = made.Count;
            made.Add($"Loss_{names[i]}");
            if (targets[i].Fit(targets[i].Select(train)).Decisions == 0 || outputs[i].IsAuxiliary) continue;
            accuracyPlaces[i] = made.Count;
            made.Add(mains == 1 ? "Accuracy" : $"Accuracy_{names[i]}");
        }
        measures = [.. made];
    }

    private bool IsAuxiliary(string output) => Auxiliary.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, output, ignoreCase: true));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}
