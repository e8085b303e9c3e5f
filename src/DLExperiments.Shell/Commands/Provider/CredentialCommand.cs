using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Provider;

/// <summary>A provider command with -Credential, which the provider uses or refuses; files refuse it.</summary>
public abstract class CredentialCommand : ProviderCommand
{
    /// <summary>Credentials for providers that use them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    private protected override PSCredential? UsedCredential => Credential;
}
