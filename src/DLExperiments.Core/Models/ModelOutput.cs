using DLExperiments.Losses;

namespace DLExperiments.Models;

/// <summary>What one output of a network means: what it was trained towards, and how its numbers are read.</summary>
/// <param name="Name">The output: the name of a layer.</param>
/// <param name="Loss">The loss it was trained with, or null when it never was; it decides how the output is read.</param>
/// <param name="Target">The target column, or null for all targets of the data, or for none.</param>
/// <param name="ClassNames">Names of the classes in the order of the output's numbers, or null for numbers.</param>
/// <param name="Weight">The factor of its loss in the sum that is minimised.</param>
/// <param name="IsAuxiliary">Whether the output only helps the training and is left out when the model is used.</param>
/// <param name="IsFirstTarget">Whether it is trained towards the first target, whose own scaling the model's preprocessing undoes.</param>
public sealed record ModelOutput(
    string Name, Loss? Loss, string? Target = null, IReadOnlyList<string>? ClassNames = null, double Weight = 1, bool IsAuxiliary = false, bool IsFirstTarget = false);
