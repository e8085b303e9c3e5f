using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-SecureRandom: as Get-Random, always from the system's cryptographic source.</summary>
[Cmdlet(VerbsCommon.Get, "SecureRandom", DefaultParameterSetName = NumberSet)]
[OutputType(typeof(int), typeof(long), typeof(double))]
public sealed class GetSecureRandomCommand : RandomCommand
{
    private protected override RandomSource Source { get; } = new(null);
}
