using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DLExperiments.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DLExperiments.Benchmarks;

/// <summary>
/// The loops that a TorchSharp user writes: modules, an optimizer of torch.optim, data in memory, a dispose scope a step, and for each batch index_select or
/// TorchSharp's DataLoader over a TensorDataset. In a process of its own, whose libtorch has the settings that it comes with.
/// </summary>
internal static class TorchSharpPeer
{
    /// <summary>The first argument that makes this program the peer.</summary>
    internal const string Verb = "torchsharp-peer";

    internal static PeerProcess Start() => PeerProcess.StartSelf([Verb]);

    /// <summary>Answers requests until there are no more.</summary>
    internal static void Serve()
    {
        // Not by TorchLibrary, which tells libtorch how to wait and where to put tensors.
        foreach ((string path, bool isCuda) in NativePlatform.Current!.Files(TorchLibrary.SearchFolder!))
            if (!isCuda) NativeLibrary.Load(path);
        while (Console.ReadLine() is { } line)
        {
            JsonNode request = JsonNode.Parse(line)!;
            float[] x = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(request["x"]!.GetValue<string>())).ToArray();
            int[] y = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(request["y"]!.GetValue<string>())).ToArray();
            Timing timing = Train(TorchCase.Read(request), x, y, request["loader"]!.GetValue<bool>());
            Console.WriteLine(timing.Write().ToJsonString());
        }
    }

    private static Timing Train(TorchCase one, float[] x, int[] y, bool loader)
    {
        using DisposeScope all = NewDisposeScope();
        set_num_threads(one.Threads);
        using Tensor inputs = tensor(x, [one.Rows, .. one.Input.Select(i => (long)i)]), targets = tensor([.. y.Select(c => (long)c)]);
        using Sequential model = Build(one);
        using optim.Optimizer optimizer = one.Optimizer == "Adam" ? optim.Adam(model.parameters(), one.Rate) : optim.SGD(model.parameters(), one.Rate, momentum: 0.9);
        using TensorDataset? dataset = loader ? utils.data.TensorDataset(inputs, targets) : null;
        model.train();
        long start = 0;
        TimeSpan cpuStart = default;
        (int steps, double loss) = (-1, 0);
        for (int epoch = 0; epoch < one.Epochs; epoch++)
        {
            loss = 0;
            foreach ((Tensor rows, Tensor wanted) in dataset is null ? Select(one, inputs, targets) : Read(one, dataset))
            {
                optimizer.zero_grad();
                Tensor value = nn.functional.cross_entropy(model.call(rows), wanted);
                value.backward();
                optimizer.step();
                loss += value.item<float>() * rows.shape[0];
                if (++steps == 0) (start, cpuStart) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            }
        }
        (TimeSpan wall, TimeSpan cpu) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - cpuStart);
        model.eval();
        using IDisposable off = no_grad();
        double accuracy = model.call(inputs).argmax(1).eq(targets).to(ScalarType.Float32).mean().item<float>();
        return new Timing(wall.TotalMicroseconds / steps, cpu.TotalMicroseconds / steps, loss / one.Rows, accuracy);
    }

    private static IEnumerable<(Tensor, Tensor)> Select(TorchCase one, Tensor inputs, Tensor targets)
    {
        using Tensor order = randperm(one.Rows);
        for (int first = 0; first < one.Rows; first += one.Batch)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor rows = order.narrow(0, first, Math.Min(one.Batch, one.Rows - first));
            yield return (inputs.index_select(0, rows), targets.index_select(0, rows));
        }
    }

    private static IEnumerable<(Tensor, Tensor)> Read(TorchCase one, TensorDataset dataset)
    {
        using var loader = utils.data.DataLoader(dataset, one.Batch, shuffle: true, disposeDataset: false);
        using DisposeScope scope = NewDisposeScope();
        foreach (IList<Tensor> batch in loader)
        {
            yield return (batch[0], batch[1]);
            scope.DisposeEverything();
        }
    }

    private static Sequential Build(TorchCase one)
    {
        Sequential model = nn.Sequential();
        int channels = one.Input[0], side = one.Input[^1];
        foreach (string word in one.Layers.Split(' '))
        {
            string[] parts = word.Split(':');
            int[] numbers = [.. parts.Skip(1).Select(int.Parse)];
            switch (parts[0])
            {
                case "conv":
                    model.append(nn.Conv2d(channels, numbers[0], numbers[1], padding: numbers[2]));
                    (channels, side) = (numbers[0], side + (2 * numbers[2]) - numbers[1] + 1);
                    break;
                case "bn": model.append(nn.BatchNorm2d(channels)); break;
                case "relu": model.append(nn.ReLU()); break;
                case "pool": model.append(nn.MaxPool2d(2)); side /= 2; break;
                case "embed": model.append(new Indices(nn.Embedding(numbers[0], numbers[1]))); channels = numbers[1]; break;
                case "lstm": model.append(new LastState(nn.LSTM(channels, numbers[0], batchFirst: true))); channels = numbers[0]; break;
                case "flatten": model.append(nn.Flatten()); channels *= side * side; break;
                default: model.append(nn.Linear(channels, numbers[0])); channels = numbers[0]; break;
            }
        }
        return model;
    }

    private sealed class Indices : nn.Module<Tensor, Tensor>
    {
        private readonly Embedding embedding;

        internal Indices(Embedding embedding)
            : base(nameof(Indices))
        {
            this.embedding = embedding;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => embedding.call(input.to(ScalarType.Int64));
    }

    private sealed class LastState : nn.Module<Tensor, Tensor>
    {
        private readonly LSTM lstm;

        internal LastState(LSTM lstm)
            : base(nameof(LastState))
        {
            this.lstm = lstm;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => lstm.call(input).Item2[0];
    }
}
