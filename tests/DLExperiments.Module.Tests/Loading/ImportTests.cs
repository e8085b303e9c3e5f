using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Runtime.Loader;

namespace DLExperiments.Module.Tests.Loading;

/// <summary>What importing the module does, and does not do, to a process.</summary>
public class ImportTests
{
    private const string HasLibTorch =
        "[bool]([System.Diagnostics.Process]::GetCurrentProcess().Modules | Where-Object FileName -like '*torch_cpu*')";

    [Fact]
    public void Import_and_device_report_load_no_libtorch_and_the_first_use_does() => Assert.Equal(["False", "False", "True"], ShellProcess.Run($"""
        Import-Module DLExperiments
        {HasLibTorch}
        $null = Get-ComputeDevice
        {HasLibTorch}
        [DLExperiments.Native.TorchLibrary]::EnsureLoaded()
        {HasLibTorch}
        """));

    [Fact]
    public void Training_on_a_table_loads_no_libtorch() => Assert.Equal(["Fused", "False", "False"], ShellProcess.Run($$"""
        $table = 0..29 | ForEach-Object { [pscustomobject]@{ A = $_ % 5; B = $_ % 3; Y = "k$($_ % 3)" } } | ConvertTo-Dataset -Target Y
        $run = New-Network -InputShape 2 | Add-Layer Linear 4 -Activation ReLU | Add-Layer Linear 3 | Invoke-Training -Dataset $table -Epochs 2
        "$($run.Engine)"
        {{HasLibTorch}}
        [DLExperiments.Native.TorchLibrary]::IsLoaded
        """));

    /// <summary>An assembly with code compiled ahead of time names its header in the directory that only such ones have.</summary>
    [Theory]
    [InlineData("DLExperiments.dll")]
    [InlineData("DLExperiments.Core.dll")]
    [InlineData("DLExperiments.Loader.dll")]
    [InlineData("CsvHelper.dll")]
    public void Assemblies_carry_native_code_where_the_shell_does(string name)
    {
        Assert.Equal(HasNativeCode(Path.Combine(ShellProcess.ShellFolder, "dlx.dll")), HasNativeCode(Path.Combine(ShellProcess.ModuleFolder, "lib", name)));

        static bool HasNativeCode(string file)
        {
            using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
            return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
        }
    }

    /// <summary>The engine's search would find it too; that the module is imported from the script's first lookup shows in the modules alone.</summary>
    [Fact]
    public void Command_imports_the_module_unless_the_session_forbids_it() => Assert.Equal(["True", "CommandNotFoundException", "0"], [
        .. ShellProcess.Run("$null = Get-LossType; [bool](Get-Module DLExperiments)"),
        .. ShellProcess.Run("$PSModuleAutoLoadingPreference = 'None'; try { Get-LossType } catch { $_.FullyQualifiedErrorId }; @(Get-Module DLExperiments).Count"),
    ]);

    [Fact]
    public void First_tensor_in_the_private_context_is_made_without_a_word_on_the_console() => Assert.Equal(["6", "DLExperiments"], ShellProcess.Run("""
        Import-Module DLExperiments
        [DLExperiments.Native.TorchLibrary]::EnsureLoaded()
        $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([DLExperiments.Native.TorchLibrary].Assembly)
        $torch = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('TorchSharp')).GetType('TorchSharp.torch')
        $ones = $torch.GetMethods().Where({ $_.Name -eq 'ones' -and $_.GetParameters()[0].ParameterType -eq [long[]] }, 'First')[0]
        $arguments = @(, [long[]](2, 3)) + @($null) * ($ones.GetParameters().Count - 1)
        foreach ($p in $ones.GetParameters()) { if ($p.ParameterType -eq [bool]) { $arguments[$p.Position] = $false } }
        $tensor = $ones.Invoke($null, $arguments)
        $tensor.NumberOfElements
        $context.Name
        """));

    [Fact]
    public void Native_failure_is_an_error_record_that_repeats_and_goes_away_when_repaired() => Assert.Equal(
        ["NativeLibraryMissing", "NativeLibraryMissing", "True"], ShellProcess.Run("""
        Import-Module DLExperiments
        foreach ($i in 1, 2) { try { [DLExperiments.Native.TorchLibrary]::EnsureLoaded() } catch { $_.Exception.InnerException.ErrorId } }
        $env:DLEXPERIMENTS_NATIVE = $null
        [DLExperiments.Native.TorchLibrary]::EnsureLoaded()
        [DLExperiments.Native.TorchLibrary]::IsLoaded
        """, ("DLEXPERIMENTS_NATIVE", Path.GetTempPath() + "no-such-folder")));

    [Fact]
    public void Manifest_exports_exactly_the_cmdlets_of_the_assembly()
    {
        Ast manifest = Parser.ParseFile(Path.Combine(ShellProcess.ModuleFolder, "DLExperiments.psd1"), out _, out ParseError[] errors);
        Assert.Empty(errors);
        Hashtable entries = (Hashtable)((HashtableAst)manifest.Find(a => a is HashtableAst, searchNestedScriptBlocks: false)!).SafeGetValue();
        IEnumerable<string> exported = ((object[])entries["CmdletsToExport"]!).Cast<string>();
        AssemblyLoadContext context = new("manifest", isCollectible: true);
        context.Resolving += (c, name) => Path.Combine(ShellProcess.ModuleFolder, "lib", name.Name + ".dll") is var path && File.Exists(path) ? c.LoadFromAssemblyPath(path) : null;
        IEnumerable<string> inAssembly = context.LoadFromAssemblyPath(Path.Combine(ShellProcess.ModuleFolder, "lib", "DLExperiments.dll"))
            .GetExportedTypes().Select(t => t.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>().Select(c => $"{c.VerbName}-{c.NounName}");
        Assert.Equal(inAssembly.Order(StringComparer.Ordinal), exported.Order(StringComparer.Ordinal));
        context.Unload();
    }

    [Fact]
    public void Module_that_is_not_built_says_how_to_build_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dlx-unbuilt-");
        try
        {
            foreach (string file in Directory.GetFiles(ShellProcess.ModuleFolder, "*", SearchOption.AllDirectories))
            {
                string place = Path.GetRelativePath(ShellProcess.ModuleFolder, file);
                if (place.Split(Path.DirectorySeparatorChar)[0] is "lib" or "native") continue;
                string copy = Path.Combine(folder.FullName, place);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
            string[] lines = ShellProcess.Run($"try {{ Import-Module '{folder.FullName}/DLExperiments.psd1' }} catch {{ $_.FullyQualifiedErrorId; $_.Exception.Message }}");
            Assert.StartsWith("ModuleNotBuilt", lines[0], StringComparison.Ordinal);
            Assert.Contains("dotnet build -c Release", lines[1], StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Types_are_named_in_scripts_while_the_module_is_imported_and_forgotten_after() => Assert.Equal(
        ["DLExperiments.Networks.NetworkDefinition", "DLExperiments.Networks.NetworkDefinition", "0"], ShellProcess.Run("""
        Import-Module DLExperiments
        [DLExperiments.Networks.NetworkDefinition].FullName
        Import-Module DLExperiments -Force
        [DLExperiments.Networks.NetworkDefinition].FullName
        Remove-Module DLExperiments
        @([psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')::Get.Keys -like 'DLExperiments.*').Count
        """));

    [Fact]
    public void Types_stay_known_while_another_session_of_the_process_has_the_module() => Assert.Equal(["True", "False"], ShellProcess.Run("""
        Import-Module DLExperiments
        $other = [powershell]::Create([initialsessionstate]::CreateDefault2())
        $null = $other.AddScript("Import-Module '$((Get-Module DLExperiments).Path)'").Invoke()
        $known = { [psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')::Get.ContainsKey('DLExperiments.Native.ComputeDevice') }
        Remove-Module DLExperiments
        & $known
        $other.Commands.Clear()
        $null = $other.AddScript('Remove-Module DLExperiments').Invoke()
        & $known
        """));

    [Fact]
    public void Second_import_with_Force_exports_the_cmdlets_again() => Assert.Equal(["Get-ComputeDevice", "cpu"], ShellProcess.Run("""
        Import-Module DLExperiments
        Import-Module DLExperiments -Force
        (Get-Module DLExperiments).ExportedCmdlets.Keys -eq 'Get-ComputeDevice'
        (Get-ComputeDevice cpu).Name
        """));

    /// <summary>
    /// Processor time, for the machine may be busy with other tests. A tenth of a second is the aim; the bound is wide enough for a
    /// slow machine and still catches an import that loads libtorch (0.3 s more) or compiles all its types.
    /// </summary>
    [Fact]
    public void Import_is_quick()
    {
        double best = Enumerable.Range(0, 3).Min(_ => double.Parse(ShellProcess.Run("""
            $process = [System.Diagnostics.Process]::GetCurrentProcess()
            $before = $process.TotalProcessorTime
            Import-Module DLExperiments
            $process.Refresh()
            [int]($process.TotalProcessorTime - $before).TotalMilliseconds
            """).Single(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(best, 0, 400);
    }
}
