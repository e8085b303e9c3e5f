using System.Management.Automation;
using DLExperiments.Models;

namespace DLExperiments.Commands.Models;

/// <summary>Takes a model out of whatever carries one, so that <c>-Model $run</c> works with the result of a training.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ModelValueAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Take(inputData);

    /// <summary>The model that an object is or carries; else the object itself, out of PowerShell's wrapper.</summary>
    internal static object? Take(object? inputData)
    {
        PSObject? wrapped = inputData as PSObject ?? (inputData is null ? null : PSObject.AsPSObject(inputData));
        if (wrapped is null || wrapped.BaseObject is Model) return wrapped?.BaseObject;
        object? carried = wrapped.Properties["Model"]?.Value;
        return (carried as PSObject)?.BaseObject ?? carried ?? inputData;
    }
}
