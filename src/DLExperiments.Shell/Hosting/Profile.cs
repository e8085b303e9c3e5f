using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DLExperiments.Shell.Hosting;

/// <summary>The user's start-up script, <c>$PROFILE</c>: <c>dlexperiments/profile.ps1</c> in the user's configuration folder.</summary>
public static class Profile
{
    /// <summary>The script's full path, whether it exists or not (XDG_CONFIG_HOME on Unix, the application data folder on Windows).</summary>
    public static string FilePath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "dlexperiments", "profile.ps1");

    /// <summary>Sets <c>$PROFILE</c> and runs the script, if there is one, in the global scope.</summary>
    /// <param name="session">The opened engine.</param>
    /// <param name="skip">Whether to leave the script out (<c>-NoProfile</c>).</param>
    public static void Run(ShellSession session, bool skip)
    {
        ArgumentNullException.ThrowIfNull(session);
        var path = FilePath;
        session.Runspace.SessionStateProxy.SetVariable("PROFILE", path);
        if (!skip && File.Exists(path))
            session.Run(new PSCommand().AddCommand(new Command(path, isScript: false, useLocalScope: false)));
    }
}
