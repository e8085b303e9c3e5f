using System.Collections;
using System.Management.Automation;
using DLExperiments.Data;

namespace DLExperiments.Commands.Data;

/// <summary>Says what to do where something else than a data set is given as one: a path, rows, the result of a command that gave nothing.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DatasetValueAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        return plain switch
        {
            null or Dataset => plain,
            object?[] { Length: 1 } list => Transform(engineIntrinsics, list[0]),
            string text => throw Refused(File.Exists(Resolve(engineIntrinsics, text))
                ? $"'{text}' is a file, and a data set is wanted: read it first, (Import-Dataset '{text}' -Target column)."
                : $"'{text}' is a text, and a data set is wanted: (Import-Dataset path -Target column) reads a file, (Get-Dataset name) a known one, (New-Dataset kind) makes one."),
            FileSystemInfo file => throw Refused($"'{file.Name}' is a {(file is DirectoryInfo ? "folder" : "file")}, and a data set is wanted: read it first, (Import-Dataset '{file.FullName}' -Target column)."),
            object?[] list when Array.TrueForAll(list, o => ((o as PSObject)?.BaseObject ?? o) is Dataset) =>
                throw Refused($"There are {list.Length} data sets, and one is wanted: choose one, or run the command for each."),
            PSCustomObject or IDictionary or object?[] => throw Refused("These are rows, and a data set is wanted: make one of them first, ($rows | ConvertTo-Dataset -Target column)."),
            var other => throw Refused($"A data set is wanted, not {other.GetType().Name}: Import-Dataset, ConvertTo-Dataset, Get-Dataset and New-Dataset give one."),
        };
    }

    private static string Resolve(EngineIntrinsics? engine, string path)
    {
        try
        {
            return engine?.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path) ?? path;
        }
        catch (RuntimeException)
        {
            return path; // no path at all
        }
    }

    private static ArgumentTransformationMetadataException Refused(string message) => new(message);
}
