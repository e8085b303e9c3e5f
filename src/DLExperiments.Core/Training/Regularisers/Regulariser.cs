using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Training.Regularisers;

/// <summary>A penalty λΩ that is minimised together with the loss, and reported apart from it.</summary>
[Catalogue("regulariser")]
public abstract class Regulariser
{
    /// <summary>The name in the catalogue.</summary>
    public string Type => Catalogue<Regulariser>.Default.EntryOf(this).Name;

    /// <summary>The factor λ of the penalty.</summary>
    [Range(0.0, double.MaxValue)]
    public required double Lambda { get; init; }

    /// <summary>Checks it against the network that it is for.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ExperimentException">UnknownLayer: a name fits no layer; InvalidRegulariser: its settings do not fit the network.</exception>
    public abstract void Validate(NetworkDefinition network);

    /// <summary>The regulariser's name and the settings that differ from their defaults, as JSON text.</summary>
    public override string ToString() => Catalogue<Regulariser>.Default.ToJson(this).ToJsonString();

    private protected ExperimentException Invalid(string what) =>
        new("InvalidRegulariser", ErrorKind.InvalidArgument, $"regulariser {Type}: {what}", this);
}
