using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>
/// L-BFGS (Nocedal 1980; Liu, Nocedal 1989) with PyTorch's meaning of every setting: each step makes several iterations along −Hg, where H estimates the inverse
/// Hessian from the last iterations, and computes the loss of the batch again at each. It is for full batches (BatchSize 0) of small problems; weight
/// decay is L2.
/// </summary>
[CatalogueEntry("LBFGS")]
public sealed class LbfgsOptimizer : Optimizer
{
    private const string IterationsName = "Iterations";

    /// <summary>Sets PyTorch's defaults, except that there is a line search.</summary>
    public LbfgsOptimizer() => LearningRate = 1;

    /// <summary>The most iterations in a step.</summary>
    [Range(1, int.MaxValue)]
    public int MaxIterations { get; init; } = 20;

    /// <summary>After so many computations of the loss in a step no iteration begins; 0 for 1.25 times the iterations.</summary>
    [Range(0, int.MaxValue)]
    public int MaxEvaluations { get; init; }

    /// <summary>A step ends where no component of the gradient is greater.</summary>
    [Range(0.0, double.MaxValue)]
    public double GradientTolerance { get; init; } = 1e-7;

    /// <summary>A step ends where an iteration changes the loss or every parameter by less.</summary>
    [Range(0.0, double.MaxValue)]
    public double ChangeTolerance { get; init; } = 1e-9;

    /// <summary>How many iterations the estimate of the curvature looks back; each takes memory for two gradients.</summary>
    [Range(1, int.MaxValue)]
    public int HistorySize { get; init; } = 100;

    /// <summary>How the length of an iteration's step is found; the learning rate is where it begins.</summary>
    public LineSearch LineSearch { get; init; }

    /// <inheritdoc/>
    public override bool Reevaluates => true;

    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        LossEvaluation evaluation = state.Evaluation
            ?? throw new InvalidOperationException("LBFGS computes the loss several times in a step; Step needs its evaluation.");
        double loss = evaluation.Loss + Decay(state, w, g);
        int evaluations = 1, mostEvaluations = MaxEvaluations == 0 ? MaxIterations * 5 / 4 : MaxEvaluations;
        double Again()
        {
            evaluations++;
            return evaluation.Again() + Decay(state, w, g);
        }
        var memory = new LbfgsMemory(state, HistorySize);
        int iteration = 0;
        do
        {
            iteration++;
            using var scope = torch.NewDisposeScope();
            if (Greatest(g) <= GradientTolerance) return;
            double before = loss, made = state.Recall(IterationsName, 0);
            state.Remember(IterationsName, made + 1);
            torch.Tensor direction = made == 0 ? g.neg() : memory.NextDirection(g);
            // Of the first direction, the steepest descent, nothing but the slope is known: at most a step of length 1.
            double length = made == 0 ? Math.Min(1, 1 / g.abs().sum().ToDouble()) * learningRate : learningRate;
            double slope = LbfgsMemory.Dot(g, direction);
            memory.Begin(direction, g, length);
            if (slope > -ChangeTolerance) return;
            if (LineSearch == LineSearch.StrongWolfe)
            {
                LinePoint found = Search(w, g, direction, new LinePoint(0, loss, slope, g.clone()), length, Again);
                (loss, length) = (found.Loss, found.Step);
                memory.SetLength(length);
            }
            else
            {
                w.add_(direction, length);
                // The next step computes the loss for itself.
                if (iteration == MaxIterations) return;
                loss = Again();
            }
            if (!double.IsFinite(loss) || Greatest(direction) * length <= ChangeTolerance || Math.Abs(loss - before) < ChangeTolerance) return;
        }
        while (iteration < MaxIterations && evaluations < mostEvaluations);
    }

    /// <summary>Goes to the best length along a direction; the gradient there is left in <paramref name="g"/>.</summary>
    private LinePoint Search(torch.Tensor w, torch.Tensor g, torch.Tensor direction, LinePoint start, double length, Func<double> again)
    {
        torch.Tensor origin = w.clone();
        var search = new WolfeSearch(step =>
        {
            w.copy_(origin).add_(direction, step);
            double loss = again();
            return new LinePoint(step, loss, LbfgsMemory.Dot(g, direction), g.clone());
        }, start, Greatest(direction), ChangeTolerance);
        LinePoint found = search.Find(length);
        w.copy_(origin).add_(direction, found.Step);
        g.copy_(found.Gradient);
        return found;
    }

    private double Decay(OptimizerState state, torch.Tensor w, torch.Tensor g)
    {
        AddDecay(state, w, g);
        return WeightDecay == 0 ? 0 : WeightDecay / 2 * LbfgsMemory.Dot(w, w);
    }

    private static double Greatest(torch.Tensor values) => values.abs().max().ToDouble();
}
