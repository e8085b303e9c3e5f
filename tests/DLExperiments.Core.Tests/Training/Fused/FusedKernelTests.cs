using System.Numerics;
using DLExperiments.Randomness;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Fused.Kernels;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>Kernels and functions of every vector width against plain 64-bit loops and the runtime's mathematics.</summary>
public unsafe class FusedKernelTests
{
    private static readonly (int Rows, int Inputs, int Outputs)[] All = [.. from rows in new[] { 1, 7, 33 } from inputs in new[] { 1, 7, 33, 1000 } from outputs in new[] { 1, 7, 33, 1000 }
        where inputs + outputs < 2000 select (rows, inputs, outputs)];

    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            var all = new TheoryData<int, int, int>();
            foreach ((int rows, int inputs, int outputs) in All) all.Add(rows, inputs, outputs);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_of_any_size_are_those_of_plain_loops(int rows, int inputs, int outputs)
    {
        Products<Lanes512<float>>(rows, inputs, outputs);
        Products<Lanes256<float>>(rows, inputs, outputs);
        Products<Lanes128<float>>(rows, inputs, outputs);
        Products<LanesOne<float>>(rows, inputs, outputs);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2", "DOTNET_EnableFMA")]
    [InlineData("DOTNET_EnableHWIntrinsic", "")]
    public void Processors_with_less_compute_the_same(string off, string alsoOff)
    {
        // .NET 8 and .NET 10 name the 512-bit switch differently; unknown ones are ignored.
        ChildProcess.Result child = ChildProcess.Run(RunChild, new[] { off, alsoOff }.Where(v => v.Length > 0).ToDictionary(v => v, _ => (string?)"0"));
        Assert.True(child.ExitCode == 0, child.Error);
        Assert.Equal($"{All.Length} {off switch { "DOTNET_EnableAVX512F" => 256, "DOTNET_EnableAVX2" => 128, _ => 32 }}", child.Output.Trim());
    }

    [Fact]
    public void Functions_are_those_of_the_runtime()
    {
        Functions<Lanes512<float>, float>(3e-7);
        Functions<Lanes256<float>, float>(3e-7);
        Functions<Lanes128<float>, float>(3e-7);
        Functions<LanesOne<float>, float>(3e-7);
        Functions<Lanes512<double>, double>(2e-15);
        Functions<LanesOne<double>, double>(2e-15);
    }

    private static void RunChild()
    {
        var tests = new FusedKernelTests();
        foreach ((int rows, int inputs, int outputs) in All) tests.Products_of_any_size_are_those_of_plain_loops(rows, inputs, outputs);
        tests.Functions_are_those_of_the_runtime();
        // A processor may have less than what is left on.
        Console.WriteLine($"{All.Length} {FusedWidth.Widest}");
    }

    private static void Functions<TVec, T>(double tolerance)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* lanes = stackalloc T[16];
        double Of(Func<TVec, TVec> function, double x)
        {
            function(VectorMath<TVec, T>.Number(x)).Store(lanes);
            return double.CreateTruncating(lanes[TVec.Count - 1]);
        }
        void Same(double expected, double actual, double x, string name) => Assert.True(
            Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{typeof(TVec).Name} {name}({x}) is {expected:r}, got {actual:r}");

        for (int i = -2000; i <= 2000; i++)
        {
            // Numbers that 32 bits hold, so that both sides see the same.
            double x = i / 64.0;
            Same(1, Of(VectorMath<TVec, T>.Exp, x) / Math.Exp(x), x, "exp relative");
            Same(1 / (1 + Math.Exp(-x)), Of(VectorMath<TVec, T>.Sigmoid, x), x, "sigmoid");
            Same(Math.Tanh(x), Of(VectorMath<TVec, T>.Tanh, x), x, "tanh");
            Same(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))), Of(VectorMath<TVec, T>.Softplus, x), x, "softplus");
            if (i != 0) Same(1, Of(VectorMath<TVec, T>.Tanh, x / 1024) / Math.Tanh(x / 1024), x / 1024, "tanh relative");
        }
        // Φ from tables to 10 digits (Abramowitz and Stegun 26.1).
        foreach ((double x, double phi) in new[] { (0, 0.5), (1, 0.8413447461), (2, 0.9772498681), (-1, 0.1586552539), (0.5, 0.6914624613), (4, 0.9999683288), (-3, 0.0013498980) })
            Assert.Equal(phi, Of(VectorMath<TVec, T>.Normal, x), Math.Max(tolerance, 6e-11));
        Assert.True(double.IsNaN(Of(VectorMath<TVec, T>.Exp, double.NaN)));
        Assert.True(double.IsNaN(Of(VectorMath<TVec, T>.Tanh, double.NaN)));
        Assert.True(double.IsNaN(Of(VectorMath<TVec, T>.Softplus, double.NaN)));
    }

    private static void Products<TVec>(int rows, int inputs, int outputs)
        where TVec : struct, ILanes<TVec, float>
    {
        using var memory = new AlignedMemory();
        var random = new RandomStream(rows + 100 * inputs + 10_000 * outputs, RandomPurpose.User);
        int width = (outputs + TVec.Count - 1) / TVec.Count * TVec.Count;
        float* x = Fill(rows, inputs, inputs), w = Fill(inputs, outputs, width), d = Fill(rows, outputs, width), bias = Fill(1, outputs, width);
        float* y = memory.Allocate<float>(rows * width), dx = memory.Allocate<float>(rows * inputs), g = memory.Allocate<float>((inputs + 1) * width);
        float** pointers = memory.AllocatePointers<float>(rows);
        for (int i = 0; i < rows; i++) pointers[i] = x + i * inputs;

        DenseForward<TVec, float>.Run(pointers, inputs, w, bias, width, y, rows);
        float* again = memory.Allocate<float>(rows * width), panel = memory.Allocate<float>(inputs * DenseForward<TVec, float>.ColumnUnit);
        DenseForward<TVec, float>.Run(pointers, inputs, w, bias, width, again, rows, 0, width, panel);
        Assert.True(new Span<float>(y, rows * width).SequenceEqual(new Span<float>(again, rows * width)), "copied columns give other bits");
        DenseBackward<TVec, float>.Run(d, width, w, inputs, dx, inputs, rows);
        DenseGradient<TVec, float>.Run(pointers, 0, inputs, d, width, rows, g);
        DenseGradient<TVec, float>.Bias(d, width, rows, g + inputs * width);

        // Each of n additions rounds partial sums of some √n by 6e-8; 1e-7·(n + 10) is far from any wrong or missing product.
        double Limit(int terms) => 1e-7 * (terms + 10);
        for (int i = 0; i < rows; i++)
            for (int o = 0; o < outputs; o += Math.Max(1, outputs / 97))
                Close(bias[o] + Sum(inputs, k => x[i * inputs + k] * (double)w[k * width + o]), y[i * width + o], Limit(inputs));
        for (int i = 0; i < rows; i++)
            for (int k = 0; k < inputs; k += Math.Max(1, inputs / 97))
                Close(Sum(outputs, o => d[i * width + o] * (double)w[k * width + o]), dx[i * inputs + k], Limit(outputs));
        for (int k = 0; k <= inputs; k += Math.Max(1, inputs / 97))
            for (int o = 0; o < outputs; o += Math.Max(1, outputs / 97))
                Close(Sum(rows, i => (k == inputs ? 1 : x[i * inputs + k]) * (double)d[i * width + o]), g[k * width + o], Limit(rows));

        float* Fill(int count, int size, int stride)
        {
            float* all = memory.Allocate<float>(count * stride);
            for (int i = 0; i < count; i++)
                for (int j = 0; j < size; j++) all[i * stride + j] = (float)random.NextUniform(-1, 1);
            return all;
        }
        static double Sum(int count, Func<int, double> term)
        {
            double sum = 0;
            for (int i = 0; i < count; i++) sum += term(i);
            return sum;
        }
        static void Close(double expected, float actual, double limit) => Assert.True(Math.Abs(expected - actual) < limit, $"{typeof(TVec).Name}: {expected} expected, {actual} found");
    }
}
