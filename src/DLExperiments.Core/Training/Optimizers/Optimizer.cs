using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>
/// How parameters follow their gradients. An optimizer is its settings and nothing else; what it remembers lies in an
/// <see cref="OptimizerState"/>. All parameters of a network are one flat tensor, so a step is a handful of operations whatever the number of layers.
/// </summary>
[Catalogue("optimizer")]
public abstract class Optimizer
{
    /// <summary>The name in the catalogue.</summary>
    public string Type => Catalogue<Optimizer>.Default.EntryOf(this).Name;

    /// <summary>The learning rate; a schedule or a cmdlet's -LearningRate takes its place.</summary>
    [Range(0.0, double.MaxValue)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The factor of the L2 penalty ½λ|w|² whose gradient λw is added to every gradient (AdamW decays the weights instead).</summary>
    [Range(0.0, double.MaxValue)]
    public double WeightDecay { get; init; }

    /// <summary>Whether it has a momentum that a schedule can change: SGD's and RMSprop's Momentum, Beta1 of the family of Adam.</summary>
    public virtual bool HasMomentum => false;

    /// <summary>Whether a step computes the loss again at other parameters; <see cref="Step"/> then needs its last argument.</summary>
    public virtual bool Reevaluates => false;

    /// <summary>Checks settings that exclude each other; each one's own range is checked when it is set.</summary>
    /// <exception cref="ExperimentException">InvalidOptimizer: settings that do not go together.</exception>
    public virtual void Validate()
    {
    }

    /// <summary>Makes one step.</summary>
    /// <param name="state">What the optimizer remembers of this network.</param>
    /// <param name="parameters">All trained parameters, flat; changed in place.</param>
    /// <param name="gradients">Their gradients, in the same order; may be changed too.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="evaluation">The loss and how to compute it again; only for an optimizer that <see cref="Reevaluates"/>.</param>
    public void Step(OptimizerState state, torch.Tensor parameters, torch.Tensor gradients, double learningRate, LossEvaluation? evaluation = null)
    {
        state.Evaluation = evaluation;
        Update(state, parameters, gradients, learningRate);
        state.Evaluation = null;
        state.Step++;
    }

    /// <summary>The optimizer's name and the parameters that differ from their defaults, as JSON text.</summary>
    public override string ToString() => Catalogue<Optimizer>.Default.ToJson(this).ToJsonString();

    /// <summary>Makes one step; <see cref="OptimizerState.Step"/> counts the steps before it.</summary>
    /// <param name="state">What the optimizer remembers.</param>
    /// <param name="w">Parameters, changed in place.</param>
    /// <param name="g">Gradients, may be changed.</param>
    /// <param name="learningRate">The learning rate.</param>
    private protected abstract void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate);

    /// <summary>Adds the gradient of the L2 penalty; uses number slot 0.</summary>
    private protected void AddDecay(OptimizerState state, torch.Tensor w, torch.Tensor g)
    {
        Scalar decay = state.Number(0, WeightDecay);
        if (WeightDecay != 0) g.add_(w, decay);
    }
}
