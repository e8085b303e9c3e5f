using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;
using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Prefetching;
using SkiaSharp;
using TorchSharp;

namespace DLExperiments.Benchmarks;

/// <summary>
/// Pictures from files to shuffled batches of float tensors: the prefetcher against PyTorch's DataLoader over Pillow with two workers, in turns;
/// then how much of a training waits for its data.
/// </summary>
internal static class ImageBenchmark
{
    private const int Batch = 64, Workers = 2;

    internal static void Run(int rounds)
    {
        TorchLibrary.EnsureLoaded();
        using PythonPeer? python = PythonPeer.Start("images.py");
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; {rounds} rounds; PyTorch {python?.Version ?? "not found"}");
        string folder = Directory.CreateTempSubdirectory("dlx-images").FullName;
        string photos = WriteJpegs(Path.Combine(folder, "photos"), 600, 500, 375), icons = WriteJpegs(Path.Combine(folder, "icons"), 6000, 32, 32);
        Console.WriteLine("From JPEG files to shuffled batches of 64 (files in the page cache); ratio: ours / PyTorch's, min-median-max of rounds. CPU time is given because others on the machine take wall time away.");
        Compare("500x375 to 224x224", photos, 224, python, rounds);
        Compare("500x375 to 64x64", photos, 64, python, rounds);
        Compare("32x32 as they are", icons, 0, python, rounds);
        Console.WriteLine("\nShare of a training's time that waits for data");
        Train("32x32 decoded once, in memory", Open(icons, 0, 2L << 30));
        Train("32x32 decoded from files in every epoch", Open(icons, 0, 0));
        Train("500x375 to 64x64, decoded from files in every epoch", Open(photos, 64, 0));
        Directory.Delete(folder, recursive: true);
        Scan();
    }

    private static void Compare(string title, string root, int size, PythonPeer? python, int rounds)
    {
        Dataset data = Open(root, size, 0);
        List<(double Wall, double Cpu)> ours = [], theirs = [];
        for (int round = -1; round < rounds; round++)
        {
            (double, double) own = Load(data, round + 1), other = python is null ? (double.NaN, double.NaN) : Ask(python, root, size);
            if (round < 0) continue;
            ours.Add(own);
            theirs.Add(other);
        }
        Console.WriteLine($"  {title}");
        foreach ((string what, Func<(double Wall, double Cpu), double> read) in new (string, Func<(double Wall, double Cpu), double>)[] { ("images/s", t => t.Wall), ("images/CPU s", t => t.Cpu) })
        {
            List<double> ratios = [.. ours.Zip(theirs, (a, b) => read(a) / read(b)).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"    {what,-14} ours {Median(ours.Select(read)),8:0}   PyTorch {Median(theirs.Select(read)),8:0}   ratio {ratios[0]:0.00}-{Median(ratios):0.00}-{ratios[^1]:0.00}"));
        }
    }

    /// <summary>One shuffled epoch through the prefetcher, as tensors; images a second with the start of its threads.</summary>
    private static (double Wall, double Cpu) Load(Dataset data, int epoch)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        NetworkDefinition network = NetworkDefinition.Create(data.InputShape).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = data.ClassNames!.Count });
        PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, network, Catalogue<Loss>.Default.Create("CrossEntropy"), data.ClassNames);
        BatchPlace? Follow(BatchPlace p) => p.First + p.Count < data.Count ? new BatchPlace(p.First + p.Count, Math.Min(Batch, data.Count - p.First - p.Count), 0) : null;
        using var ahead = new TorchAhead(piece, augments: false, 0, torch.CPU, Follow);
        ahead.Begin(new RandomStream(epoch, RandomPurpose.Shuffle).NextPermutation(data.Count));
        double total = 0;
        for (BatchPlace? place = new BatchPlace(0, Math.Min(Batch, data.Count), 0); place is { } at; place = Follow(at))
        {
            using var scope = torch.NewDisposeScope();
            var inputs = new torch.Tensor?[1];
            ahead.Take(at, inputs);
            total += inputs[0]![0, 0, 0, 0].item<float>();
        }
        if (!double.IsFinite(total)) throw new InvalidOperationException("A pixel is not a number.");
        return (data.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, data.Count / (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
    }

    private static (double Wall, double Cpu) Ask(PythonPeer python, string root, int size)
    {
        JsonNode answer = python.Ask(new JsonObject { ["root"] = root, ["size"] = size, ["batch"] = Batch, ["workers"] = Workers });
        int count = answer["count"]!.GetValue<int>();
        return (count / answer["seconds"]!.GetValue<double>(), count / answer["cpu"]!.GetValue<double>());
    }

    private static void Train(string title, Dataset data)
    {
        NetworkDefinition network = NetworkDefinition.Create(data.InputShape)
            .Add(new Conv2dLayer { OutChannels = 16, KernelSize = [3] }).Add(new ReLULayer()).Add(new MaxPool2dLayer { KernelSize = [2] })
            .Add(new Conv2dLayer { OutChannels = 32, KernelSize = [3] }).Add(new ReLULayer()).Add(new MaxPool2dLayer { KernelSize = [2] })
            .Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = data.ClassNames!.Count });
        TrainingResult result = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 2, BatchSize = Batch, Engine = EngineChoice.Torch, Seed = 1 });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {title,-52} {100 * result.DataWait / result.Duration,6:0.0} %   {2 * data.Count / result.Duration.TotalSeconds,6:0} images/s"));
    }

    /// <summary>A folder of 60,000 small files: how long until it is a data set whose pictures stay in it.</summary>
    private static void Scan()
    {
        string folder = Directory.CreateTempSubdirectory("dlx-scan").FullName;
        byte[] file = Encode(32, 32, 0);
        for (int i = 0; i < 60_000; i++)
        {
            string kind = Path.Combine(folder, $"class{i % 100:00}");
            if (i < 100) Directory.CreateDirectory(kind);
            File.WriteAllBytes(Path.Combine(kind, $"{i}.jpg"), file);
        }
        long started = Stopwatch.GetTimestamp();
        Dataset data = Open(folder, 0, 0);
        TimeSpan lazy = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        Open(folder, 0, 2L << 30);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{data.Count} files: scanned in {lazy.TotalSeconds:0.0} s, decoded into memory in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
        Directory.Delete(folder, recursive: true);
    }

    private static Dataset Open(string root, int size, long memoryLimit) =>
        new ImageFolderFormat { Size = size > 0 ? [size] : [], MemoryLimit = memoryLimit }.Read(new ImportRequest(root, "pictures", new TableOptions()));

    private static string WriteJpegs(string root, int count, int width, int height)
    {
        for (int i = 0; i < 10; i++) Directory.CreateDirectory(Path.Combine(root, $"class{i}"));
        Parallel.For(0, count, i => File.WriteAllBytes(Path.Combine(root, $"class{i % 10}", $"{i:00000}.jpg"), Encode(width, height, i)));
        return root;
    }

    /// <summary>Soft waves with some noise: a JPEG of about the size of a photograph's.</summary>
    private static byte[] Encode(int width, int height, int seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Synthesis);
        double[] waves = [.. Enumerable.Range(0, 9).Select(_ => random.NextUniform(2, 20))];
        byte[] pixels = new byte[4 * width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            int c = i % 4, x = i / 4 % width, y = i / 4 / width;
            double wave = c == 3 ? 1 : Math.Sin(x * waves[c] / width + waves[c + 3]) * Math.Cos(y * waves[c + 6] / height);
            pixels[i] = c == 3 ? (byte)255 : (byte)Math.Clamp(128 + 100 * wave + 10 * (random.NextDouble() - .5), 0, 255);
        }
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 85);
        return data.ToArray();
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
