using DLExperiments.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DLExperiments.Benchmarks;

/// <summary>One trial as a TorchSharp user writes it, with one thread, which is no slower on such nets than two and does not suffer from what else the machine does: the baseline runs one trial after another.</summary>
internal static class TorchSharpSweep
{
    internal static double Train(int[] sizes, float[] x, float[] y, bool classifies, int batch, int epochs, double rate, int rows)
    {
        TorchLibrary.EnsureLoaded();
        set_num_threads(1);
        using DisposeScope all = NewDisposeScope();
        Tensor inputs = tensor(x, [rows, sizes[0]]), targets = classifies ? tensor([.. y.Select(c => (long)c)]) : tensor(y, [rows, 1L]);
        Sequential model = nn.Sequential(nn.Linear(sizes[0], sizes[1]), nn.ReLU(), nn.Linear(sizes[1], sizes[2]));
        using optim.Optimizer optimizer = optim.Adam(model.parameters(), rate);
        double loss = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            loss = 0;
            using Tensor order = randperm(rows);
            for (int first = 0; first < rows; first += batch)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor picked = order.narrow(0, first, Math.Min(batch, rows - first)), output = model.call(inputs.index_select(0, picked)), wanted = targets.index_select(0, picked);
                optimizer.zero_grad();
                Tensor value = classifies ? nn.functional.cross_entropy(output, wanted) : nn.functional.mse_loss(output, wanted);
                value.backward();
                optimizer.step();
                loss += value.item<float>() * picked.shape[0];
            }
        }
        return loss / rows;
    }
}
