using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Commands.Training;

/// <summary>Settings of the loss that the target implies, so that -LabelSmoothing needs no -Loss beside it.</summary>
internal static class DefaultLoss
{
    /// <summary>All losses that a target may imply.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["CrossEntropy", "BCEWithLogits", "MSE"];

    /// <summary>The loss whose settings may be given, by what is known before the network comes down the pipeline: classes or numbers.</summary>
    /// <param name="data">The data; null while it is not known.</param>
    /// <param name="objective">The objective as given.</param>
    internal static string? NameOf(Dataset? data, object? objective) =>
        data is { Targets: [var target] } && CatalogueValueAttribute.Unwrap(objective) is null or "Supervised" ? target is ClassColumn ? "CrossEntropy" : "MSE" : null;

    /// <summary>The loss that will be chosen, with the settings that were given; null when there are none.</summary>
    /// <param name="request">What is trained.</param>
    /// <param name="settings">The settings of <see cref="NameOf"/>.</param>
    /// <exception cref="ExperimentException">InvalidLoss: a model brings its own loss. UnknownParameter: the loss has no such setting.</exception>
    internal static Loss? Make(TrainingRequest request, DynamicCatalogueParameters? settings)
    {
        if (settings?.Values is not { Count: > 0 } given) return null;
        string[] names = [.. given.Keys.Cast<string>()];
        if (request.Start is { Outputs: [{ Loss.Type: var own }] })
            throw new ExperimentException("InvalidLoss", ErrorKind.InvalidArgument, $"The model goes on with its own loss, {own}: to change {string.Join(", ", names)}, give the loss too, -Loss {own}.", own);
        Loss chosen = ObjectiveRequest.Choose(request.Network.OutputShape, request.Train.Targets[0]);
        return Catalogue<Loss>.Default.Create(chosen.Type, given);
    }
}
