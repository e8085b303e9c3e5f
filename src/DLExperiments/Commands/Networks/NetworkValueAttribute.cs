using System.Management.Automation;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Takes a network out of whatever carries one, so that <c>$run | Get-NetworkSummary</c> works with a model or a training's result.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NetworkValueAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is null or NetworkDefinition) return plain;
        object? carried = PSObject.AsPSObject(plain).Properties["Model"]?.Value;
        return ((carried as PSObject)?.BaseObject ?? carried ?? plain) is Model model ? model.Network : inputData;
    }
}
