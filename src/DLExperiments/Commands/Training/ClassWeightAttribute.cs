using System.Collections;
using System.Management.Automation;

namespace DLExperiments.Commands.Training;

/// <summary>Takes weights of classes by their names, and says how balance is asked for.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ClassWeightAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is null or Hashtable) return plain;
        if (plain is IDictionary table) return new Hashtable(table);
        if (plain is PSCustomObject)
        {
            var named = new Hashtable();
            foreach (PSPropertyInfo property in ((PSObject)inputData!).Properties) named[property.Name] = property.Value;
            return named;
        }
        bool balance = plain is true or SwitchParameter { IsPresent: true } || plain is string text && text.Trim().StartsWith("balance", StringComparison.OrdinalIgnoreCase);
        throw new ArgumentTransformationMetadataException(balance
            ? $"ClassWeight takes weights by the names of classes, @{{ cat = 2 }}, not '{plain}': for classes that count alike whatever their rows use -BalanceClass, with or without weights."
            : $"ClassWeight takes weights by the names of classes, @{{ cat = 2; dog = 1 }}, not {(plain is object[] ? "a list" : $"'{plain}'")}: the names say which class a weight is for.");
    }
}
