using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Stacking;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training.Stacking;

/// <summary>What is stacked, and the reasons that are given for what is not.</summary>
public sealed class StackPlanTests
{
    private static readonly NetworkDefinition Dense = StackedCase.Networks["dense"](3, 0.1);

    [Fact]
    public void Small_chains_of_known_layers_are_stacked() => Assert.Equal(8, StackPlan.Decide(Offer(Dense), 8).Most);

    [Fact]
    public void Fewer_than_three_are_not() => Assert.Equal(1, StackPlan.Decide(Offer(Dense), 2).Most);

    [Fact]
    public void What_the_fused_engine_takes_is_left_to_it()
    {
        StackOffer offer = Offer(TrainingData.Mlp(5, 3, 8));
        Assert.Contains("fused", StackPlan.Decide(offer with { Choice = EngineChoice.Auto }, 8).Reason, StringComparison.Ordinal);
        Assert.Equal(8, StackPlan.Decide(offer, 8).Most);
    }

    [Fact]
    public void Everything_else_says_why()
    {
        void Refused(string reason, StackOffer offer)
        {
            StackDecision decision = StackPlan.Decide(offer, 8);
            Assert.Equal(1, decision.Most);
            Assert.Contains(reason, decision.Reason, StringComparison.Ordinal);
        }
        StackOffer plain = Offer(Dense);
        Refused("RMSprop", plain with { Settings = plain.Settings with { Optimizer = new RmsPropOptimizer() } });
        Refused("normalised", plain with { Settings = plain.Settings with { Optimizer = new SgdOptimizer { NormaliseGradient = true } } });
        Refused("clip norm 1", plain with { Settings = plain.Settings with { Rules = new UpdateRules { ClipNorm = 1 } } });
        Refused("momentum", plain with { Settings = plain.Settings with { ChangesMomentum = true } });
        Refused("BFloat16", plain with { Settings = plain.Settings with { Precision = Precision.BFloat16 } });
        Refused("'softmax_1' (Softmax) has no stacked form", Offer(Dense.Add(new SoftmaxLayer())));
        Refused("too many to gain", Offer(NetworkDefinition.Create(new Shape(5)).Add(new LinearLayer { OutFeatures = 2000 }).Add(new ELULayer()).Add(new LinearLayer { OutFeatures = 2000 }).Add(new LinearLayer { OutFeatures = 3 })));
        Refused("checkpoints", plain with { KeepsCheckpoints = true });
        Refused("frozen", Offer(Dense.WithFrozen(name => name == "linear_1", true)));
    }

    [Fact]
    public void Numbers_of_an_optimizer_may_differ_and_its_kind_may_not()
    {
        object Key(Optimizer optimizer) => StackPlan.KeyOf(Offer(Dense) with { Settings = Offer(Dense).Settings with { Optimizer = optimizer } });
        Assert.Equal(Key(new SgdOptimizer { Momentum = 0.5 }), Key(new SgdOptimizer { Momentum = 0.9, WeightDecay = 1, LearningRate = 3 }));
        Assert.NotEqual(Key(new SgdOptimizer { Momentum = 0.5 }), Key(new SgdOptimizer()));
        Assert.NotEqual(Key(new AdamOptimizer()), Key(new AdamWOptimizer()));
        Assert.Equal(StackPlan.KeyOf(Offer(Dense)), StackPlan.KeyOf(Offer(StackedCase.Networks["dense"](3, 0.7))));
        Assert.NotEqual(StackPlan.KeyOf(Offer(Dense)), StackPlan.KeyOf(Offer(Dense) with { Validation = Data.Validation }));
    }

    private static readonly Dataset Data = StackedCase.Data("dense", "MSE");

    private static StackOffer Offer(NetworkDefinition network)
    {
        Objective objective = new SupervisedObjective().Fit(new ObjectiveRequest { Network = network, Train = Data.Train! });
        PreparedPiece piece = PreparedPiece.Create(Data.Train!, Preprocessing.None, network, objective.Inputs(network), objective.Targets);
        return new StackOffer(EngineChoice.Torch, new EngineSettings(network, WeightSet.Initialise(network, 1), objective, new AdamOptimizer(), piece, 16, 1, "cpu", 1), null);
    }
}
