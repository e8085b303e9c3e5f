using System.Text;
using DLExperiments.Shell.Commands;

namespace DLExperiments.Shell.Hosting;

/// <summary>
/// Writes, at build time, the manifests by which the engine finds the stock commands under the names of the modules that carry them in
/// PowerShell. Only so do they exist where the engine makes sessions of its own (<c>ForEach-Object -Parallel</c>), under their full names
/// (<c>Microsoft.PowerShell.Utility\Get-Date</c>), and for <c>#requires -Modules</c>.
/// </summary>
public static class StockModules
{
    /// <summary>Writes one folder a module.</summary>
    /// <param name="folder">The folder <c>Modules</c> beside the program.</param>
    public static void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var commands = StockCommands.FindCmdlets().ToLookup(c => StockCommands.IsManagement(c.Type) ? "Microsoft.PowerShell.Management" : "Microsoft.PowerShell.Utility", c => c.Name);
        foreach (var module in commands)
        {
            var names = string.Join(", ", module.Select(n => $"'{n}'"));
            var home = Path.Combine(folder, module.Key);
            Directory.CreateDirectory(home);
            File.WriteAllText(Path.Combine(home, module.Key + ".psd1"), $$"""
                @{
                    ModuleVersion = '7.0.0.0'
                    GUID = '{{Id(module.Key)}}'
                    NestedModules = '../../dlx.dll'
                    CmdletsToExport = {{names}}
                    FunctionsToExport = @()
                    AliasesToExport = @()
                    VariablesToExport = @()
                }

                """, new UTF8Encoding(false));
        }
    }

    private static string Id(string module) =>
        module.EndsWith("Management", StringComparison.Ordinal) ? "2ed1d21c-9d4a-4c4e-8f35-6a1f7f4f0a01" : "2ed1d21c-9d4a-4c4e-8f35-6a1f7f4f0a02";
}
