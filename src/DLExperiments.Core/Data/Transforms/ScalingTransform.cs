using DLExperiments.Errors;

namespace DLExperiments.Data.Transforms;

/// <summary>A fitted step that can be taken back, so that it may be put on the target as well: predictions then come in the target's own units again.</summary>
public abstract class ScalingTransform : Transform
{
    /// <summary>Scales the target instead of the feature: what is trained on is scaled, what is predicted and measured is in the target's own units.</summary>
    public bool OnTarget { get; set; }

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">TargetNotNumber: there is no single target of numbers to scale.</exception>
    public override Dataset AddTo(Dataset data) =>
        !OnTarget || data.Targets is [FloatColumn] ? base.AddTo(data)
        : throw new ExperimentException("TargetNotNumber", ErrorKind.InvalidOperation,
            $"OnTarget scales a target of numbers, but '{data.Name}' has {(data.Targets.Count == 0 ? "no target" : string.Join(", ", data.Targets.Select(t => $"'{t.Name}' ({t.ElementType})")))}.", data.Name);
}
