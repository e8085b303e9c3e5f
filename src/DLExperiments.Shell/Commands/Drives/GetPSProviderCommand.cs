using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Drives;

/// <summary>Get-PSProvider: the providers of the session.</summary>
[Cmdlet(VerbsCommon.Get, "PSProvider")]
[OutputType(typeof(ProviderInfo))]
public sealed class GetPSProviderCommand : ProviderCommand
{
    /// <summary>Names of the providers; wildcards are allowed; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[]? PSProvider { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var all = SessionState.Provider.GetAll().OrderBy(provider => provider.Name, StringComparer.Ordinal).ToArray();
        ForEach(PSProvider is { Length: > 0 } ? PSProvider : ["*"], (name, _) =>
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var found = all.Where(provider => pattern.IsMatch(provider.Name) || pattern.IsMatch(provider.ToString())).ToArray();
            if (found.Length > 0) WriteObject(found, enumerateCollection: true);
            else if (!WildcardPattern.ContainsWildcardCharacters(name)) SessionState.Provider.GetOne(name);
        });
    }
}
