using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Randomness;
using DLExperiments.Training.Engines;
using TorchSharp;

namespace DLExperiments.Training.Objectives;

/// <summary>
/// A siamese training (Bromley and others 1993): embeddings of one class come near, those of other classes go apart. Every row is an anchor once an
/// epoch; its partners are drawn anew in every step, seeded. The network has one input and one output, the embedding; or two inputs
/// and two embeddings, or one score (the architecture Siamese). The target is a class.
/// </summary>
[CatalogueEntry("Siamese")]
public sealed class SiameseObjective : Objective
{
    private static readonly string[] Names = ["Loss", "Accuracy", "PositiveDistance", "NegativeDistance"];

    private readonly List<(PreparedPiece Piece, PartnerTable Table)> tables = [];
    private TargetPlan[] targets = [];
    private PairLoss kind;

    /// <summary>What is compared: Contrastive pairs, Triplet, or Binary for a network that gives a score; chosen by the network when not given.</summary>
    public PairLoss? PairLoss { get; init; }

    /// <summary>The distance m that rows of other classes are pushed apart.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Margin { get; init; } = 1;

    /// <summary>How the distance of embeddings is measured.</summary>
    public EmbeddingDistance Distance { get; init; }

    /// <inheritdoc/>
    public override string LossName => kind.ToString();

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures => kind == Objectives.PairLoss.Binary ? Names[..2] : Names;

    /// <inheritdoc/>
    public override IReadOnlyList<TargetPlan> Targets => targets;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs(NetworkDefinition network) => [network.Inputs[0].Name];

    /// <inheritdoc/>
    public override bool ReadsPlainRows(bool augmented) => true;

    /// <inheritdoc/>
    public override bool MeasuresOutputs => true;

    /// <inheritdoc/>
    /// <remarks>
    /// Of pairs: whether both rows are of one class. A distance says yes below half the margin, a score above 0. The two pairs of a triplet are only put in order by their distance.
    /// </remarks>
    internal override IReadOnlyList<MeasuredOutput> Measured(PreparedPiece piece, Preprocessing preprocessing) =>
        [new MeasuredOutput("pair", 0, new OutputForm(kind == Objectives.PairLoss.Binary ? new BinaryCrossEntropyWithLogitsLoss() : new LogisticLoss(),
            new TargetLayout(new Shape(1), IsIndex: false, Classes: 2, Decisions: 1), new Shape(1), ["different", "same"])
        {
            OrdersOnly = kind == Objectives.PairLoss.Triplet,
            Gives = kind switch
            {
                Objectives.PairLoss.Triplet => "triplets only put the distances of pairs in order (RocAuc and AveragePrecision fit)",
                Objectives.PairLoss.Contrastive => "the distance of a pair says whether both rows are of one class, not how probable that is",
                _ => "the score of a pair says whether both rows are of one class",
            },
        })];

    /// <inheritdoc/>
    internal override bool SendsBatchAlone => false;

    /// <inheritdoc/>
    public override Objective Fit(ObjectiveRequest request)
    {
        NetworkDefinition network = request.Network;
        Shape[] outputs = [.. network.Outputs.Select(network.ShapeOf)];
        bool twins = network.Inputs.Length == 2 && network.Inputs[0].Shape.Equals(network.Inputs[1].Shape);
        bool score = twins && outputs is [{ ElementCount: 1 }], embeds = twins ? outputs.Length == 2 && outputs[0].Equals(outputs[1]) : network.Inputs.Length == 1 && outputs.Length == 1;
        PairLoss wanted = PairLoss ?? (score ? Objectives.PairLoss.Binary : Objectives.PairLoss.Contrastive);
        if (wanted == Objectives.PairLoss.Binary ? !score : !embeds)
            throw new ExperimentException("SiameseNetwork", ErrorKind.InvalidArgument,
                $"{wanted} wants a network with {(wanted == Objectives.PairLoss.Binary ? "two inputs of one shape and one number as output" : "one input and one output, or two inputs of one shape and two outputs of one shape")}, "
                + $"but this has the input(s) {string.Join(", ", network.Inputs.Select(i => $"'{i.Name}' {i.Shape}"))} and the output(s) {string.Join(", ", network.Outputs.Select(o => $"'{o}' {network.ShapeOf(o)}"))}.", network);
        if (request.Train.Targets.FirstOrDefault() is not ClassColumn classes)
            throw new ExperimentException("NoClasses", ErrorKind.InvalidOperation, $"A siamese training draws its pairs by class, but '{request.Train.Name}' has no target of classes.", request.Train.Name);
        request.RequireOutputs([], Type);
        if (request.Loss is { } loss)
            throw new ExperimentException("InvalidLoss", ErrorKind.InvalidArgument, $"The objective {Type} has a loss of its own; leave the loss {loss.Type} out, and choose with PairLoss.", loss.Type);
        SiameseObjective fitted = new() { PairLoss = PairLoss, Margin = Margin, Distance = Distance, kind = wanted };
        fitted.targets = [new TargetPlan(classes.Name, classes.Name, null, null, classes.ClassNames)];
        return fitted;
    }

    /// <inheritdoc/>
    public override double Train(TorchStep step)
    {
        torch.Tensor loss = Compute(step);
        double value = loss.item<float>();
        if (double.IsFinite(value)) step.Update(loss);
        return value;
    }

    /// <inheritdoc/>
    public override void Evaluate(TorchStep step) => Compute(step);

    /// <summary>The distance of each row of two batches of embeddings.</summary>
    internal torch.Tensor Measure(torch.Tensor a, torch.Tensor b) => Distance switch
    {
        EmbeddingDistance.Euclidean => ((a - b).square().sum([1]) + 1e-12).sqrt(),
        EmbeddingDistance.SquaredEuclidean => (a - b).square().sum([1]),
        _ => 1 - torch.nn.functional.cosine_similarity(a, b, 1),
    };

    /// <summary>The contrastive loss of each pair.</summary>
    internal torch.Tensor Contrast(torch.Tensor distance, torch.Tensor same) =>
        (same * distance.square() + (1 - same) * (Margin - distance).clamp_min(0).square()) * 0.5;

    private torch.Tensor Compute(TorchStep step)
    {
        PartnerTable table = TableOf(step.Piece);
        int count = step.Count;
        int[] partners = new int[count], others = new int[count];
        float[] same = new float[count];
        // In training the draw belongs to the step; when measuring, to the row, so that all epochs measure the same pairs.
        var random = new RandomStream(step.IsTraining ? step.Seed : 0, RandomPurpose.Pairs, step.IsTraining ? 0 : 1, 0, step.Number);
        for (int i = 0; i < count; i++)
        {
            int row = step.Rows[i];
            if (!step.IsTraining) random.Turn(row, 0);
            bool twin = table.HasTwin(row);
            same[i] = twin && (kind == Objectives.PairLoss.Triplet || random.NextUInt32() % 2 == 0) ? 1 : 0;
            partners[i] = same[i] == 1 ? table.DrawSame(row, random) : table.DrawOther(row, random);
            if (kind == Objectives.PairLoss.Triplet) others[i] = table.DrawOther(row, random);
        }
        torch.Tensor marks = torch.tensor(same).to(step.Device);
        return kind == Objectives.PairLoss.Triplet ? Triplets(step, partners, others, marks) : Pairs(step, partners, marks);
    }

    private torch.Tensor Pairs(TorchStep step, int[] partners, torch.Tensor same)
    {
        torch.Tensor partner = step.Take(partners)[0], losses, decided;
        if (kind == Objectives.PairLoss.Binary)
        {
            torch.Tensor score = step.Forward(null, [step.Inputs[0], partner])[0].view(-1);
            losses = torch.nn.functional.binary_cross_entropy_with_logits(score, same, reduction: torch.nn.Reduction.None);
            decided = score > 0;
            AddOutputs(step, (score, same));
        }
        else
        {
            torch.Tensor[] embeddings = Embed(step, step.Inputs[0], partner);
            torch.Tensor distance = Measure(embeddings[0], embeddings[1]);
            losses = Contrast(distance, same);
            decided = distance < Margin / 2;
            AddOutputs(step, (Margin / 2 - distance, same));
            AddDistance(step, 2, distance, same);
            AddDistance(step, 3, distance, 1 - same);
        }
        Add(step, 1, decided == (same > 0.5), null);
        return Mean(step, losses, step.SampleWeights);
    }

    private torch.Tensor Triplets(TorchStep step, int[] partners, int[] others, torch.Tensor valid)
    {
        torch.Tensor[] embeddings = Embed(step, step.Inputs[0], step.Take(partners)[0], step.Take(others)[0]);
        torch.Tensor near = Measure(embeddings[0], embeddings[1]), far = Measure(embeddings[0], embeddings[2]);
        AddDistance(step, 2, near, valid);
        AddDistance(step, 3, far, valid);
        Add(step, 1, near < far, valid);
        if (step.Totals.WantsOutputs)
        {
            torch.Tensor places = valid.nonzero().flatten();
            AddOutputs(step, (-near.index_select(0, places), torch.ones_like(places)), (-far.index_select(0, places), torch.zeros_like(places)));
        }
        // An anchor that is alone in its class has no triplet.
        return Mean(step, (near - far + Margin).clamp_min(0), step.SampleWeights is { } weights ? weights * valid : valid);
    }

    /// <summary>The embeddings of several batches in one pass, each flattened to [batch, n].</summary>
    private static torch.Tensor[] Embed(TorchStep step, params torch.Tensor[] batches)
    {
        if (step.Network.Definition.Inputs.Length == 1) return step.Forward(null, [torch.cat(batches)])[0].flatten(1).chunk(batches.Length);
        torch.Tensor[] both = step.Forward(null, [torch.cat([.. batches.Skip(1).Select(_ => batches[0])]), torch.cat(batches[1..])]);
        return [both[0].flatten(1).narrow(0, 0, step.Count), .. both[1].flatten(1).chunk(batches.Length - 1)];
    }

    private static torch.Tensor Mean(TorchStep step, torch.Tensor losses, torch.Tensor? weights)
    {
        torch.Tensor mean = weights is null ? losses.mean() : Loss.Divide((losses * weights).sum(), weights.sum());
        double weight = weights?.sum().item<float>() ?? step.Count;
        step.Totals.Add(0, mean.item<float>() * weight, weight);
        return mean;
    }

    private static void Add(TorchStep step, int measure, torch.Tensor right, torch.Tensor? valid)
    {
        torch.Tensor marks = right.to(torch.ScalarType.Float32);
        step.Totals.Add(measure, (valid is null ? marks : marks * valid).sum().item<float>(), valid?.sum().item<float>() ?? step.Count);
    }

    /// <summary>Hands pairs to the metrics: how much each looks like one class, and 1 for those that are.</summary>
    private static void AddOutputs(TorchStep step, params (torch.Tensor Score, torch.Tensor Same)[] pairs)
    {
        if (!step.Totals.WantsOutputs) return;
        foreach ((torch.Tensor score, torch.Tensor same) in pairs)
        {
            // As a loss on scores wants them: -1 and 1; those of a probability are above a half likewise.
            float[] marks = step.ReadOutputs((same * 2 - 1).to(torch.ScalarType.Float32)).ToArray();
            if (marks.Length > 0) step.Totals.AddOutputs(step.ReadOutputs(score), marks, marks.Length);
        }
    }

    private static void AddDistance(TorchStep step, int measure, torch.Tensor distance, torch.Tensor marks)
    {
        using IDisposable off = torch.no_grad();
        step.Totals.Add(measure, (distance * marks).sum().item<float>(), marks.sum().item<float>());
    }

    private PartnerTable TableOf(PreparedPiece piece)
    {
        int known = tables.FindIndex(t => t.Piece == piece);
        if (known >= 0) return tables[known].Table;
        var table = new PartnerTable(piece.Targets);
        if (table.Classes < 2)
            throw new ExperimentException("TooFewClasses", ErrorKind.InvalidData, $"'{piece.Data.Name}' has rows of one class only; pairs need two.", piece.Data.Name);
        tables.Add((piece, table));
        return table;
    }
}
