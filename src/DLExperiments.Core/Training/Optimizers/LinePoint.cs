using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>A point on the line along which a search goes.</summary>
/// <param name="Step">How far along the direction.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Slope">Its derivative along the direction.</param>
/// <param name="Gradient">Its gradient.</param>
internal sealed record LinePoint(double Step, double Loss, double Slope, torch.Tensor Gradient);
