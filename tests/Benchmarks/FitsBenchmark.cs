using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Data.Synthetic;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>
/// Many small fits, as studies of overfitting make them: polynomials of degree 10 to noisy points, by 400 steps of Adam on all points. PyTorch makes a
/// few of them; ours, a thousand. A whole call of the trainer counts for ours (checks, initial weights, history), for PyTorch the loop alone.
/// </summary>
internal static class FitsBenchmark
{
    private const int Fits = 1000, PeerFits = 20, Points = 60, Degree = 10, Epochs = 400;

    internal static void Run(int rounds)
    {
        using PythonPeer? pytorch = PythonPeer.Start("mlp.py");
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds, one thread each; {pytorch?.Version ?? "no PyTorch"}");
        string folder = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        (Dataset Data, float[] X, float[] Y)[] sets = [.. Enumerable.Range(0, Fits).Select(MakeData)];
        string yPath = Path.Combine(folder, "y.bin"), xPath = Path.Combine(folder, "x.bin");
        List<Timing> ours = [], peer = [], command = [];
        for (int round = -1; round < rounds; round++)
        {
            Timing own = Ours(sets);
            Timing? other = pytorch is null ? null : Peer(pytorch, sets[..PeerFits], xPath, yPath), whole = Child.Time(Child.Dlx, [Path.Combine(Child.Root, "examples", "07-a-thousand-fits.ps1"), "-Output", folder]);
            if (round < 0) continue; // the first round warms up
            ours.Add(own);
            if (other is not null) peer.Add(other);
            if (whole is not null) command.Add(whole);
        }
        Directory.Delete(folder, recursive: true);
        Say($"{Fits} fits of {Points} points, degree {Degree}, {Epochs} steps; seconds for all (least - median - greatest)");
        Say($"fused           wall {Spread.Of(ours.Select(t => t.Wall / 1e6))}   CPU {Spread.Of(ours.Select(t => t.Cpu / 1e6))}   mean square error of the last {ours[^1].Loss:0.0000}");
        if (peer.Count > 0)
        {
            Say($"PyTorch         wall {Spread.Of(peer.Select(t => t.Wall / 1e6))}   CPU {Spread.Of(peer.Select(t => t.Cpu / 1e6))}   ({PeerFits} fits, times {Fits / PeerFits})");
            Say($"PyTorch / fused wall {Spread.Ratio(peer, ours, t => t.Wall)}   CPU {Spread.Ratio(peer, ours, t => t.Cpu)}   goal 10");
        }
        if (command.Count == 0) return;
        Say($"dlx examples/07-a-thousand-fits.ps1, from start to exit, with its data, measures and pictures: wall {Spread.Of(command.Select(t => t.Wall / 1e6))}   CPU {Spread.Of(command.Select(t => t.Cpu / 1e6))}");
        if (peer.Count > 0) Say($"PyTorch's fits / all of dlx: wall {Spread.Ratio(peer, command, t => t.Wall)}   CPU {Spread.Ratio(peer, command, t => t.Cpu)}");
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static Timing Ours((Dataset Data, float[] X, float[] Y)[] sets)
    {
        var options = new TrainingOptions { Loss = new MeanSquaredErrorLoss(), Optimizer = new AdamOptimizer(), LearningRate = 0.1, Epochs = Epochs, BatchSize = 0, Engine = EngineChoice.Fused };
        NetworkDefinition network = NetworkDefinition.Create(new Shape(Degree)).Add(new LinearLayer { OutFeatures = 1 });
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        double loss = 0;
        foreach ((Dataset data, _, _) in sets) loss = Trainer.Train(TrainingRequest.New(network, data), options).FinalTrainingLoss!.Value;
        return new Timing(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMicroseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds, loss, null);
    }

    private static Timing Peer(PythonPeer pytorch, (Dataset Data, float[] X, float[] Y)[] sets, string xPath, string yPath)
    {
        double wall = 0, cpu = 0;
        foreach ((_, float[] x, float[] y) in sets)
        {
            File.WriteAllBytes(xPath, MemoryMarshal.AsBytes(x.AsSpan()).ToArray());
            File.WriteAllBytes(yPath, MemoryMarshal.AsBytes(y.AsSpan()).ToArray());
            Timing one = Timing.Read(pytorch.Ask(new JsonObject
            {
                ["sizes"] = new JsonArray(Degree, 1), ["batch"] = Points, ["epochs"] = Epochs, ["rate"] = 0.1, ["optimizer"] = "Adam", ["classify"] = false, ["x"] = xPath, ["y"] = yPath,
            }));
            wall += one.Wall * Epochs;
            cpu += one.Cpu * Epochs;
        }
        return new Timing(wall * Fits / PeerFits, cpu * Fits / PeerFits, 0, null);
    }

    private static (Dataset Data, float[] X, float[] Y) MakeData(int seed)
    {
        Dataset points = new Polynomial { Count = Points, Order = 20, Noise = 0.5, Seed = seed }.Generate();
        int[] rows = [.. Enumerable.Range(0, Points)];
        float[] places = new float[Points], y = new float[Points], x = new float[Points * Degree];
        points.ReadFeature(0, rows, places);
        points.ReadTarget(0, rows, y);
        for (int i = 0; i < Points; i++)
            for (int q = 1; q <= Degree; q++)
                x[(i * Degree) + q - 1] = (float)Polynomial.Evaluate([.. Enumerable.Repeat(0.0, q), 1.0], places[i]);
        return (Dataset.Create("fit", [new FloatColumn("x", new Shape(Degree), x)], [new FloatColumn("y", new Shape(), y)]), x, y);
    }
}
