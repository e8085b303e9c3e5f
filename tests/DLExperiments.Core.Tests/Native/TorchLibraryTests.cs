using System.Text;
using DLExperiments.Errors;
using DLExperiments.Native;
using TorchSharp;
using static DLExperiments.Tests.ChildProcess;

namespace DLExperiments.Tests.Native;

/// <summary>Loading is the process's affair, so each case runs in a child that reports on standard output.</summary>
public class TorchLibraryTests
{
    private const string Bindings = "libLibTorchSharp.so";

    [Fact]
    public void First_tensor_works_without_a_word_on_the_console_or_a_copied_file()
    {
        string[] before = Directory.GetFileSystemEntries(AppContext.BaseDirectory, "*", SearchOption.AllDirectories);
        Result result = Run(FirstTensor, null);
        Assert.Equal((0, "6", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(before, Directory.GetFileSystemEntries(AppContext.BaseDirectory, "*", SearchOption.AllDirectories));
    }

    private static void FirstTensor()
    {
        TorchLibrary.EnsureLoaded();
        Assert.Equal(NativeSetup.NativeFolder, TorchLibrary.Folder);
        torch.manual_seed(1); // probes CUDA as well
        Assert.False(torch.cuda.is_available() && TorchLibrary.CudaLoadError is not null);
        Console.Write(torch.ones(2, 3).sum().item<float>());
    }

    [Fact]
    public void Loading_from_many_threads_at_once_loads_once()
    {
        Result result = Run(FromManyThreads, null);
        Assert.Equal((0, "16", ""), (result.ExitCode, result.Output, result.Error));
    }

    private static void FromManyThreads()
    {
        int good = 0;
        Thread[] threads = [.. Enumerable.Range(0, 16).Select(_ => new Thread(() =>
        {
            TorchLibrary.EnsureLoaded();
            if (torch.zeros(1).item<float>() == 0) Interlocked.Increment(ref good);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Console.Write(good);
    }

    [LinuxFact]
    public void Environment_variable_goes_before_everything_else()
    {
        using NativeCopy copy = new();
        Result result = Run(PrintFolder, Variable(copy.Folder));
        Assert.Equal((0, copy.Folder, ""), (result.ExitCode, result.Output, result.Error));
    }

    private static void PrintFolder()
    {
        TorchLibrary.EnsureLoaded();
        Console.Write(TorchLibrary.Folder);
    }

    [Fact]
    public void Missing_folder_is_named()
    {
        Result result = Run(FailTwice, Variable("/nowhere/at/all"));
        AssertFailed(result, "NativeLibraryMissing", Path.GetFullPath("/nowhere/at/all"), "DLEXPERIMENTS_NATIVE");
    }

    [LinuxTheory]
    [InlineData("libc10.so")]
    [InlineData("libtorch_cpu.so")]
    [InlineData("libtorch.so")]
    [InlineData(Bindings)]
    public void Missing_file_is_named(string file)
    {
        using NativeCopy copy = new(file);
        AssertFailed(Run(FailTwice, Variable(copy.Folder)), "NativeLibraryMissing", file, copy.Folder, "dotnet build");
    }

    [LinuxFact]
    public void Missing_dependency_is_named()
    {
        using NativeCopy copy = new([.. Directory.GetFiles(NativeSetup.NativeFolder, "libgomp*").Select(Path.GetFileName).OfType<string>()]);
        // A copy, not a link: the loader would look for the dependency beside the file that the link leads to.
        copy.Replace("libtorch_cpu.so", image => image);
        AssertFailed(Run(FailTwice, Variable(copy.Folder)), "NativeLibraryMissing", "libgomp-", "libtorch_cpu.so", "Install");
    }

    [LinuxTheory]
    [InlineData(0, "is cut short")]
    [InlineData(3, "not a Linux library")]
    [InlineData(40, "is cut short")]
    [InlineData(4096, "is cut short")]
    [InlineData(2_000_000, "is cut short")]
    public void Truncated_file_is_refused_and_does_not_kill_the_process(int length, string says)
    {
        using NativeCopy copy = new();
        copy.Replace(Bindings, image => image[..length]);
        AssertFailed(Run(FailTwice, Variable(copy.Folder)), "NativeWrongArchitecture", copy[Bindings], length == 0 ? "not a Linux library" : says);
    }

    [LinuxTheory]
    [InlineData(183, "Arm64")]
    [InlineData(243, "RISC-V")]
    [InlineData(21, "processor type 21")]
    public void Other_processor_is_named(byte machine, string says)
    {
        using NativeCopy copy = new();
        copy.Replace(Bindings, image =>
        {
            image[18] = machine; // e_machine
            return image;
        });
        AssertFailed(Run(FailTwice, Variable(copy.Folder)), "NativeWrongArchitecture", copy[Bindings], says);
    }

    [LinuxFact]
    public void File_that_is_no_library_is_named()
    {
        using NativeCopy copy = new();
        copy.Replace("libtorch.so", _ => "version https://git-lfs.github.com/spec/v1"u8.ToArray());
        AssertFailed(Run(FailTwice, Variable(copy.Folder)), "NativeWrongArchitecture", copy["libtorch.so"], "not a Linux library");
    }

    [LinuxFact]
    public void Too_old_runtime_is_told_with_the_version_needed()
    {
        using NativeCopy copy = new();
        copy.Replace(Bindings, FutureRuntime);
        AssertFailed(Run(FailTwice, Variable(copy.Folder)), "NativeRuntimeTooOld", copy[Bindings], "GLIBCXX_9.9.99", "libstdc++.so.6");
    }

    [LinuxFact]
    public void Repaired_file_is_taken_up_in_the_same_process()
    {
        using NativeCopy copy = new();
        copy.Replace(Bindings, FutureRuntime);
        Result result = Run(FailRepairLoad, Variable(copy.Folder), copy.Folder);
        Assert.Equal((0, "NativeRuntimeTooOld 6", ""), (result.ExitCode, result.Output, result.Error));
    }

    private static void FailRepairLoad(string folder)
    {
        Console.Write(Failure().ErrorId + " ");
        string file = Path.Combine(folder, Bindings);
        File.Delete(file);
        File.CreateSymbolicLink(file, Path.Combine(NativeSetup.NativeFolder, Bindings));
        TorchLibrary.EnsureLoaded();
        Console.Write(torch.ones(2, 3).sum().item<float>());
    }

    [LinuxFact]
    public void Other_folder_after_a_failure_asks_for_a_new_session()
    {
        using NativeCopy copy = new();
        copy.Replace("libc10.so", image => image);
        copy.Replace(Bindings, FutureRuntime);
        Result result = Run(FailThenOtherFolder, Variable(copy.Folder));
        AssertFailed(result, "NativeLibraryConflict", copy["libc10.so"], "new session");
    }

    private static void FailThenOtherFolder()
    {
        Assert.Equal("NativeRuntimeTooOld", Failure().ErrorId);
        Environment.SetEnvironmentVariable("DLEXPERIMENTS_NATIVE", null);
        FailTwice(); // parts of the first set are in the process for good
    }

    [LinuxFact]
    public void Another_libtorch_in_the_process_is_told()
    {
        using NativeCopy copy = new();
        copy.Replace("libc10.so", image => image);
        Result result = Run(LoadOtherThenFail, null, copy["libc10.so"]);
        AssertFailed(result, "NativeLibraryConflict", copy["libc10.so"], "new session");
    }

    private static void LoadOtherThenFail(string other)
    {
        System.Runtime.InteropServices.NativeLibrary.Load(other);
        FailTwice();
    }

    [LinuxFact]
    public void Cuda_part_that_does_not_load_is_told_and_leaves_the_cpu_working()
    {
        using NativeCopy copy = new();
        // A CUDA build that this system's C++ runtime is too old for; on a machine without a GPU it is the common case that its part fails.
        copy.Add("libtorch_cuda.so", FutureRuntime(File.ReadAllBytes(Path.Combine(NativeSetup.NativeFolder, Bindings))));
        Result result = Run(LoadWithoutCuda, Variable(copy.Folder));
        Assert.Equal((0, "6", ""), (result.ExitCode, result.Output, result.Error));
    }

    private static void LoadWithoutCuda()
    {
        TorchLibrary.EnsureLoaded();
        Assert.Contains("GLIBCXX_9.9.99", TorchLibrary.CudaLoadError, StringComparison.Ordinal);
        Console.Write(torch.ones(2, 3).sum().item<float>());
    }

    [Theory]
    [InlineData("linux", System.Runtime.InteropServices.Architecture.Arm64, false)]
    [InlineData("linux", System.Runtime.InteropServices.Architecture.X64, true)]
    [InlineData("win", System.Runtime.InteropServices.Architecture.Arm64, false)]
    [InlineData("osx", System.Runtime.InteropServices.Architecture.X64, false)]
    [InlineData("freebsd", System.Runtime.InteropServices.Architecture.X64, false)]
    public void Platform_without_natives_is_told(string system, System.Runtime.InteropServices.Architecture architecture, bool musl)
    {
        ExperimentException error = Assert.Throws<ExperimentException>(
            () => NativeFolder.Locate(NativePlatform.Find(system, architecture, musl), null, AppContext.BaseDirectory, NativeSetup.NativeFolder));
        Assert.Equal("PlatformNotSupported", error.ErrorId);
        Assert.Contains("DLEXPERIMENTS_NATIVE", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_goes_from_the_module_folder_to_the_host_s_folder_to_the_source_tree()
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("dlx-search-");
        try
        {
            NativePlatform platform = NativePlatform.Find("linux", System.Runtime.InteropServices.Architecture.X64, false)!;
            string lib = root.CreateSubdirectory("app/lib").FullName, host = Path.Combine(root.FullName, "host");
            string Locate() => NativeFolder.Locate(platform, null, lib, host);

            ExperimentException error = Assert.Throws<ExperimentException>(() => Locate());
            Assert.Equal("NativeLibraryMissing", error.ErrorId);
            Assert.Contains(host, error.Message, StringComparison.Ordinal);

            string source = root.CreateSubdirectory("module/DLExperiments/native/linux-x64").FullName;
            Assert.Equal(source, Locate());
            Directory.CreateDirectory(host);
            Assert.Equal(host, Locate());
            string module = root.CreateSubdirectory("app/native/linux-x64").FullName;
            Assert.Equal(module, Locate());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string?> Variable(string folder) => new() { ["DLEXPERIMENTS_NATIVE"] = folder };

    private static byte[] FutureRuntime(byte[] image)
    {
        // A name of the same length in the string table; its hash in the version needs is changed with it, as the loader compares both.
        byte[] name = "GLIBCXX_3.4.20\0"u8.ToArray(), future = "GLIBCXX_9.9.99\0"u8.ToArray();
        int at = image.AsSpan().IndexOf(name);
        Assert.True(at > 0);
        future.CopyTo(image, at);
        byte[] hash = BitConverter.GetBytes(ElfHash("GLIBCXX_3.4.20"));
        int need = image.AsSpan().IndexOf(hash);
        Assert.True(need > 0);
        BitConverter.GetBytes(ElfHash("GLIBCXX_9.9.99")).CopyTo(image, need);
        return image;
    }

    /// <summary>The hash of a symbol version's name (System V ABI, figure 5-13).</summary>
    private static uint ElfHash(string name)
    {
        uint h = 0;
        foreach (byte c in Encoding.ASCII.GetBytes(name))
        {
            h = (h << 4) + c;
            uint high = h & 0xf0000000;
            h = (h ^ (high >> 24)) & ~high;
        }
        return h;
    }

    private static void FailTwice()
    {
        ExperimentException first = Failure(), second = Failure();
        Assert.Equal((first.ErrorId, first.Message), (second.ErrorId, second.Message));
        Assert.False(TorchLibrary.IsLoaded);
        Console.Write($"{first.ErrorId}\n{first.Message}");
    }

    private static ExperimentException Failure() => Assert.Throws<ExperimentException>(TorchLibrary.EnsureLoaded);

    private static void AssertFailed(Result result, string errorId, params string[] says)
    {
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(errorId, result.Output.Split('\n')[0]);
        Assert.DoesNotContain('\n', result.Output[(errorId.Length + 1)..]); // nothing but the one message, on one line
        foreach (string part in says) Assert.Contains(part, result.Output, StringComparison.Ordinal);
    }
}
