using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Running;

/// <summary>One trial to run.</summary>
/// <param name="Index">Which trial, from 0.</param>
/// <param name="Point">Which point, from 0.</param>
/// <param name="Repeat">Which repeat of the point, from 0.</param>
/// <param name="Fold">Which fold of the data, from 0.</param>
/// <param name="Seed">The seed of its trainings: the same for the same repeat of every point, so that points are compared under equal chances.</param>
/// <param name="Setting">Its parameters.</param>
/// <param name="Folder">Full path of its folder, which exists.</param>
public sealed record TrialAssignment(int Index, int Point, int Repeat, int Fold, long Seed, Setting Setting, string Folder);
