using System.Text.Json.Nodes;

namespace DLExperiments.Benchmarks;

/// <summary>One measurement.</summary>
/// <param name="Wall">Microseconds a step.</param>
/// <param name="Cpu">Microseconds of processor time a step, of all threads of the process.</param>
/// <param name="Loss">Mean loss: of the last epoch while training, or on the training rows after it.</param>
/// <param name="Accuracy">Accuracy on the training rows; null for regressors.</param>
internal sealed record Timing(double Wall, double Cpu, double Loss, double? Accuracy)
{
    internal static Timing Read(JsonNode answer) =>
        new(answer["wall"]!.GetValue<double>(), answer["cpu"]!.GetValue<double>(), answer["loss"]!.GetValue<double>(), answer["accuracy"]?.GetValue<double>());

    /// <summary>The answer that <see cref="Read"/> reads.</summary>
    internal JsonObject Write() => new() { ["wall"] = Wall, ["cpu"] = Cpu, ["loss"] = Loss, ["accuracy"] = Accuracy };
}
