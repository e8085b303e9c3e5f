using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using TorchSharp;

namespace DLExperiments.Training.Objectives;

/// <summary>
/// An objective of your own, from a script block over tensors: { param($outputs, $targets, $inputs) ($outputs.y.squeeze(1) - $targets.y).square().mean() }. It gets
/// hashtables of batches by name (classes as int64 indices) and gives one scalar, or a hashtable of named losses, which are
/// added up with the factors of -LossWeight and reported one by one (a factor of 0 only reports). Autograd goes through it. It is tried on two rows of made-up numbers before the training starts.
/// Metrics compare each output with the target of its name, or the only output with the only target; numbers are taken as they are, and outputs for a class as logits.
/// </summary>
[CatalogueEntry("Custom")]
public sealed class CustomObjective : Objective
{
    private const int TrialBatch = 2;
    private const float Output = 0.7f, OtherTarget = 0.2f, FarTarget = 0.95f; // on both sides of the output

    private string[] losses = [], measures = ["Loss"], inputs = [];
    private double[] weights = [];
    private TargetPlan[] targets = [];
    private (int Output, int Set)[] pairs = [];
    private NetworkDefinition network = null!;

    /// <summary>The script block.</summary>
    [Position(0)]
    public required LossFunction Script { get; init; }

    /// <summary>Factors of named losses, such as 'age=0.1'; -LossWeight goes before them.</summary>
    public string[] Weight { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures => measures;

    /// <inheritdoc/>
    public override IReadOnlyList<TargetPlan> Targets => targets;

    /// <summary>Binds the script of an objective that a file held; other objectives stay as they are.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="compile">Binds the text; null leaves it unbound, so that training and measuring refuse it.</param>
    internal static Objective Bind(Objective objective, Func<string, LossFunction>? compile) =>
        objective is CustomObjective { Script: { IsBound: false } script } custom && compile is not null ? new CustomObjective { Script = compile(script.Text), Weight = custom.Weight } : objective;

    /// <inheritdoc/>
    public override Objective Fit(ObjectiveRequest request)
    {
        IReadOnlyDictionary<string, double> factors = request.LossWeights.Count > 0 ? request.LossWeights : Weight.Select(Split).ToDictionary(w => w.Name, w => w.Factor);
        var fitted = new CustomObjective { Script = Script, Weight = [.. factors.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => FormattableString.Invariant($"{w.Key}={w.Value:R}"))] };
        fitted.network = request.Network;
        fitted.inputs = [.. request.Network.Inputs.Select(i => i.Name)];
        fitted.targets = [.. TargetColumns.Single(request.Train).Select(t => new TargetPlan(t.Name, t.Name, null, null, (t as ClassColumn)?.ClassNames))];
        fitted.pairs = fitted.Match();
        if (request.Loss is not null || request.Losses.Count > 0)
            throw new ExperimentException("InvalidLoss", ErrorKind.InvalidArgument, "A custom objective has losses of its own; leave -Loss out.", request.Loss?.Type);
        string[] named = fitted.TryOut(request.Train);
        fitted.losses = named;
        request = request with { LossWeights = factors };
        request.RequireOutputs(named, Type);
        fitted.weights = [.. named.Select(n => request.WeightOf(n) ?? 1)];
        fitted.measures = named.Length == 1 ? ["Loss"] : ["Loss", .. named.Select(n => $"Loss_{n}")];
        return fitted;
    }

    /// <inheritdoc/>
    public override bool MeasuresOutputs => pairs.Length > 0;

    /// <inheritdoc/>
    /// <remarks>Outputs are read as those of the loss that would be chosen for the target without a script.</remarks>
    internal override IReadOnlyList<MeasuredOutput> Measured(PreparedPiece piece, Preprocessing preprocessing)
    {
        if (pairs.Length == 0)
            throw new ExperimentException("MetricMismatch", ErrorKind.InvalidArgument,
                $"Metrics of a custom objective compare an output with the target of its name, but no output ({string.Join(", ", network.Outputs.Select(o => $"'{o}'"))}) has one among the targets "
                + $"({(targets.Length == 0 ? "none" : string.Join(", ", targets.Select(t => $"'{t.Name}'")))}). Give the last layer the target's name (Add-Layer -Name), or let the script give the measure as a loss of its own with -LossWeight 0.", Type);
        return [.. pairs.Select(pair =>
        {
            string output = network.Outputs[pair.Output];
            TargetPlan plan = targets[pair.Set];
            Dataset view = plan.Select(piece.Data);
            Loss loss = ObjectiveRequest.Choose(network.ShapeOf(output), view.Targets[0]);
            return new MeasuredOutput(output, pair.Set, new OutputForm(loss, loss.Fit(network.ShapeOf(output), view), network.ShapeOf(output), plan.ClassNames, plan.Scales(piece.Data, view) ? preprocessing : null));
        })];
    }

    /// <inheritdoc/>
    internal override void RefuseRowWeights() => throw new ExperimentException("WeightsNotUsed", ErrorKind.InvalidOperation,
        "A custom objective computes means of its own, so that weights of rows or classes would do nothing; leave them out, or make them a target and weigh in the script.", Type);

    /// <inheritdoc/>
    internal override Objective Keep(Objective given) => this;

    /// <inheritdoc/>
    public override double Train(TorchStep step)
    {
        (torch.Tensor total, double value) = Compute(step);
        if (double.IsFinite(value)) step.Update(total);
        return value;
    }

    /// <inheritdoc/>
    public override void Evaluate(TorchStep step) => Compute(step);

    private (torch.Tensor Total, double Value) Compute(TorchStep step)
    {
        torch.Tensor[] outputs = step.Forward(null, null);
        IReadOnlyDictionary<string, torch.Tensor> found = Script.Invoke(Table(network.Outputs, outputs), Table(targets.Select(t => t.Name), step.Targets), Table(inputs, step.Inputs));
        if (step.Totals.WantsOutputs)
            foreach ((int output, int set) in pairs)
                step.Totals.AddOutputs(step.ReadOutputs(outputs[output].to(torch.ScalarType.Float32)), step.TargetValuesOf(set), step.Count, set);
        string[] names = Verify(found);
        if (!names.SequenceEqual(losses))
            throw Failed($"it gave the losses {string.Join(", ", names)} now, but {string.Join(", ", losses)} at first; always give the same.");
        torch.Tensor? total = null;
        double value = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            torch.Tensor loss = found[losses[i]];
            double part = loss.to(torch.ScalarType.Float32).item<float>();
            if (losses.Length > 1) step.Totals.Add(i + 1, part * step.Count, step.Count);
            torch.Tensor weighted = weights[i] == 1 ? loss : loss * weights[i];
            total = total is null ? weighted : total + weighted;
            value += weights[i] * part;
        }
        step.Totals.Add(0, value * step.Count, step.Count);
        return (total!, value);
    }

    /// <summary>The outputs that have a target of their name, or one of each.</summary>
    private (int Output, int Set)[] Match() => network.Outputs.Length == 1 && targets.Length == 1 ? [(0, 0)]
        : [.. network.Outputs.Select((name, i) => (i, Array.FindIndex(targets, t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))).Where(p => p.Item2 >= 0)];

    private static (string Name, double Factor) Split(string pair) =>
        pair.LastIndexOf('=') is > 0 and int at && double.TryParse(pair.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double factor) ? (pair[..at].Trim(), factor)
        : throw new ExperimentException("InvalidLossWeight", ErrorKind.InvalidArgument, $"'{pair}' is no factor of a loss; write 'name=0.1'.", pair);

    /// <summary>Calls the script with two rows of numbers made up: errors show before the training starts, and the names of the losses are known. Mostly that is one call.</summary>
    private string[] TryOut(Dataset data)
    {
        TorchLibrary.EnsureLoaded();
        using DisposeScope scope = torch.NewDisposeScope();
        // A script that draws from libtorch's own generator finds it in the training as it was left before.
        using torch.Tensor state = torch.get_rng_state();
        try
        {
            (IReadOnlyDictionary<string, torch.Tensor> found, float[]? gradient) = Try(data, OtherTarget, []);
            string[] names = Verify(found);
            // Only a result that depends on the outputs can be learnt from.
            if (gradient is null) throw Failed("its result does not depend on the network's outputs in a way that autograd can follow, so that nothing could be learnt.");
            RefuseMixedShapes(data, gradient);
            return names;
        }
        finally
        {
            torch.set_rng_state(state);
        }
    }

    /// <summary>
    /// Refuses a script in which an output [batch, 1] meets a target [batch]: their difference is [batch, batch], every row is compared with every other, and nothing else
    /// would tell. It is that when a row's gradient depends on another row's target, and no longer does with targets [batch, 1].
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="gradient">The gradient of the second row, whose outputs are its targets: mostly 0, unless it is compared with the first row's.</param>
    private void RefuseMixedShapes(Dataset data, float[] gradient)
    {
        string? output = network.Outputs.FirstOrDefault(o => IsNumber(network.ShapeOf(o)));
        TargetPlan? target = targets.FirstOrDefault(t => t.Fit(t.Select(data)) is { IsIndex: false, Shape.Count: 0 });
        if (output is null || target is null || gradient.All(g => g == 0)) return;
        if (Mixes(data, [], gradient) && !Mixes(data, [1], null))
            throw Failed($"an output such as '{output}' is [batch,1] and the target '{target.Name}' is [batch], so that their difference is [batch,batch] and compares every row with every other; "
                + $"write $outputs.{output}.squeeze(1), or $targets.{target.Name}.unsqueeze(1).");
    }

    /// <summary>Whether the second row's gradient depends on the first row's number targets, in the shape given.</summary>
    private bool Mixes(Dataset data, long[] shape, float[]? gradient)
    {
        try
        {
            gradient ??= Try(data, OtherTarget, shape).Gradient;
            return gradient is null || Try(data, FarTarget, shape).Gradient?.SequenceEqual(gradient) != true;
        }
        catch (Exception e) when (e is ExperimentException or InvalidOperationException or System.Runtime.InteropServices.ExternalException)
        {
            return shape.Length > 0; // it does not take such targets
        }
    }

    /// <summary>Calls the script; gives its losses, and how they change with the number outputs of the second row (null where they do not change with any output).</summary>
    /// <param name="data">The data.</param>
    /// <param name="first">The number targets of the first row; all outputs are <see cref="Output"/>, and so are the number targets of the second row.</param>
    /// <param name="shape">The shape of a number target without the batch.</param>
    private (IReadOnlyDictionary<string, torch.Tensor> Found, float[]? Gradient) Try(Dataset data, float first, long[] shape)
    {
        torch.Tensor[] given = [.. network.Outputs.Select(o => torch.full(network.ShapeOf(o).WithBatch(TrialBatch), Output).requires_grad_(true))];
        torch.Tensor[] wanted = [.. targets.Select(t =>
        {
            TargetLayout layout = t.Fit(t.Select(data));
            if (layout.IsIndex) return torch.zeros(layout.Shape.WithBatch(TrialBatch), torch.ScalarType.Int64);
            return layout.Shape.Count == 0 ? torch.tensor([first, Output]).reshape([TrialBatch, .. shape]) : torch.full(layout.Shape.WithBatch(TrialBatch), 0.5f);
        })];
        IReadOnlyDictionary<string, torch.Tensor> found = Script.Invoke(Table(network.Outputs, given), Table(targets.Select(t => t.Name), wanted),
            Table(inputs, [.. network.Inputs.Select(i => torch.zeros(i.Shape.WithBatch(TrialBatch)))]));
        Verify(found);
        torch.Tensor[] learnt = [.. found.Values.Where(l => l.requires_grad).Select(l => l.to(torch.ScalarType.Float32).sum())];
        if (learnt.Length == 0) return (found, null);
        learnt.Aggregate((a, b) => a + b).backward();
        return (found, [.. network.Outputs.Zip(given).Where(o => IsNumber(network.ShapeOf(o.First)) && o.Second.grad is not null)
            .SelectMany(o => o.Second.grad!.select(0, 1).flatten().cpu().data<float>().ToArray())]);
    }

    private static bool IsNumber(Shape shape) => shape is { Count: 1, ElementCount: 1 };

    private string[] Verify(IReadOnlyDictionary<string, torch.Tensor> found)
    {
        if (found.Count == 0) throw Failed("it gives no loss.");
        foreach ((string name, torch.Tensor loss) in found)
            if (loss.numel() != 1)
                throw Failed($"the loss '{name}' has the shape [{string.Join(",", loss.shape)}]; a loss is one number, such as .mean() or .sum() gives.");
        // A hashtable has no order; the sum must have one, for its last bit.
        return [.. found.Keys.Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, torch.Tensor> Table(IEnumerable<string> names, IReadOnlyList<torch.Tensor> tensors) =>
        names.Zip(tensors).ToDictionary(p => p.First, p => p.Second, StringComparer.OrdinalIgnoreCase);

    private ExperimentException Failed(string what) => new("ObjectiveFailed", ErrorKind.InvalidOperation, $"The custom objective failed: {what}", Script.Text);
}
