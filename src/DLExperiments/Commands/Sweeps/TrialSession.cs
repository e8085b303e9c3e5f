using System.Management.Automation.Runspaces;
using DLExperiments.Commands.Sessions;

namespace DLExperiments.Commands.Sweeps;

/// <summary>What trials see of the session that began the sweep.</summary>
/// <param name="Location">The folder that they run in.</param>
/// <param name="Variables">The values of <c>$using:</c> variables by name.</param>
/// <param name="Commands">The commands that a new session has.</param>
internal sealed record TrialSession(string Location, IReadOnlyDictionary<string, object?> Variables, InitialSessionState Commands)
{
    /// <summary>A session whose trials find the commands that the session of this thread began with, without what was loaded since.</summary>
    internal static TrialSession Of(string location, IReadOnlyDictionary<string, object?> variables) =>
        new(location, variables, ModuleSession.Commands);
}
