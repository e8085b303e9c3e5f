using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-Random: random numbers, or items of a list in random order.</summary>
[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = NumberSet)]
[OutputType(typeof(int), typeof(long), typeof(double))]
public sealed class GetRandomCommand : RandomCommand
{
    private static readonly ConditionalWeakTable<Runspace, RandomSource> Sources = [];

    /// <summary>Makes this and the following draws of the session repeatable.</summary>
    [Parameter]
    [ValidateNotNull]
    public int? SetSeed { get; set; }

    private protected override RandomSource Source => Sources.GetValue(Runspace.DefaultRunspace, _ => new RandomSource(null));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (SetSeed is not null) Sources.AddOrUpdate(Runspace.DefaultRunspace, new RandomSource(SetSeed));
        base.BeginProcessing();
    }
}
