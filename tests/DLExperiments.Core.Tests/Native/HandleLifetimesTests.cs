using System.Reflection;
using System.Runtime.CompilerServices;
using DLExperiments.Native;
using DLExperiments.PackagePatch;
using Mono.Cecil;
using TorchSharp;

namespace DLExperiments.Tests.Native;

/// <summary>
/// A number or a tensor that only a native call uses lives until the call ends. The packaged TorchSharp gives it up when the call
/// begins: under garbage collections from other threads libtorch then read freed memory ("Expected false to be true").
/// </summary>
public class HandleLifetimesTests
{
    private static readonly string Packaged =
        typeof(HandleLifetimesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PackagedTorchSharp").Value!;

    /// <summary>Methods that take more native pointers than they keep objects alive at some of their ends.</summary>
    private static int Careless(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        return assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .Count(method => method.Body.Instructions.Count(HandleLifetimes.TakesPointer)
                * method.Body.Instructions.Count(i => i.OpCode == Mono.Cecil.Cil.OpCodes.Ret) > method.Body.Instructions.Count(HandleLifetimes.KeepsAlive));
    }

    [Fact]
    public void No_method_of_the_tested_or_the_shipped_library_is_careless_as_those_of_the_package()
    {
        Assert.True(Careless(Packaged) > 500);
        Assert.Equal(0, Careless(typeof(torch).Assembly.Location));
        Assert.Equal(0, Careless(Repository.PathOf("module", "DLExperiments", "lib", "TorchSharp.dll")));
    }

    [Fact]
    public void Public_types_and_members_stay_those_of_the_package()
    {
        static IEnumerable<string> Members(string path)
        {
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
            return [assembly.FullName, .. assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Select(method => method.FullName)];
        }
        Assert.Equal(Members(Packaged), Members(typeof(torch).Assembly.Location));
    }

    [Fact]
    public void Objects_live_until_the_native_call_that_uses_them_ends()
    {
        // Fully optimized code from the first call on: quick first compilations keep all arguments alive anyhow.
        ChildProcess.Result result = ChildProcess.Run(LoseWhatACallUses, new Dictionary<string, string?> { ["DOTNET_TieredCompilation"] = "0" });
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("number False, tensor False", result.Output.Trim());
    }

    [Fact]
    public void What_is_not_TorchSharp_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string text = Path.Combine(folder, "text.dll"), target = Path.Combine(folder, "target.dll");
        File.WriteAllText(text, "no assembly");
        Assert.Contains("not a .NET assembly", Assert.Throws<InvalidDataException>(() => HandleLifetimes.Extend(text, target)).Message);
        Assert.Contains("no use of a native pointer", Assert.Throws<InvalidDataException>(() => HandleLifetimes.Extend(typeof(HandleLifetimes).Assembly.Location, target)).Message);
        Assert.False(File.Exists(target));
        Directory.Delete(folder, recursive: true);
    }

    private const int Size = 60_000_000; // a call takes some tens of milliseconds: time for many collections

    private static void LoseWhatACallUses()
    {
        TorchLibrary.EnsureLoaded();
        torch.set_num_threads(1);
        using torch.Tensor large = torch.zeros(Size);
        bool number = LostDuring(large, () => UseNumber(large)), tensor = LostDuring(large, () => UseTensor(large));
        Console.WriteLine($"number {number}, tensor {tensor}");
    }

    private static WeakReference? used;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseNumber(torch.Tensor large) => large.add_(Number());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseTensor(torch.Tensor large) => large.add_(Tensor());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Scalar Number()
    {
        Scalar number = 0.5;
        used = new WeakReference(number);
        return number;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static torch.Tensor Tensor()
    {
        torch.Tensor one = torch.ones(1);
        used = new WeakReference(one);
        return one;
    }

    /// <summary>Collects garbage while a call works through the tensor; true when what it uses was given up before the last element was done.</summary>
    private static bool LostDuring(torch.Tensor large, Action call)
    {
        used = null;
        using TorchSharp.Utils.TensorAccessor<float> values = large.data<float>();
        float before = values[Size - 1];
        var caller = new Thread(() => call());
        caller.Start();
        while (values[Size - 1] == before)
        {
            GC.Collect();
            if (used is { IsAlive: false } && values[Size - 1] == before) return true;
        }
        caller.Join();
        return false;
    }
}
