using DLExperiments.Catalogues;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>Where trials run, and why.</summary>
/// <param name="Launcher">The launcher's name.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record LauncherDecision(string Launcher, string Reason)
{
    /// <summary>The decision of the user.</summary>
    /// <param name="launcher">The launcher that was asked for.</param>
    public static LauncherDecision Asked(Launcher launcher)
    {
        string name = Catalogue<Launcher>.Default.EntryOf(launcher).Name;
        return new(name, $"{name}: it was asked for.");
    }
}
