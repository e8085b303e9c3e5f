using System.Diagnostics;
using DLExperiments.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DLExperiments.Benchmarks;

/// <summary>The loop that a TorchSharp user writes: modules, an optimizer of torch.optim, data in memory, index_select for each batch, a dispose scope a step.</summary>
internal static class TorchSharpPeer
{
    internal static Timing Train(TorchCase one, float[] x, int[] y)
    {
        using DisposeScope all = NewDisposeScope();
        set_num_threads(1);
        using Tensor inputs = tensor(x, [one.Rows, .. one.Input.Select(i => (long)i)]), targets = tensor([.. y.Select(c => (long)c)]);
        using Sequential model = Build(one);
        using optim.Optimizer optimizer = one.Optimizer == "Adam" ? optim.Adam(model.parameters(), one.Rate) : optim.SGD(model.parameters(), one.Rate, momentum: 0.9);
        model.train();
        long start = 0;
        TimeSpan cpuStart = default;
        (int steps, double loss) = (-1, 0);
        for (int epoch = 0; epoch < one.Epochs; epoch++)
        {
            loss = 0;
            using Tensor order = randperm(one.Rows);
            for (int first = 0; first < one.Rows; first += one.Batch)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor rows = order.narrow(0, first, Math.Min(one.Batch, one.Rows - first));
                optimizer.zero_grad();
                Tensor value = nn.functional.cross_entropy(model.call(inputs.index_select(0, rows)), targets.index_select(0, rows));
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

    private static Sequential Build(TorchCase one)
    {
        TorchLibrary.EnsureLoaded();
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
