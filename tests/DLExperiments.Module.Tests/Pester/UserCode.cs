using System.Collections;
using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester;

/// <summary>One script block of a test file to be run by a small script, which catches what it throws. Public because that script reads it.</summary>
/// <param name="body">The script block.</param>
/// <param name="arguments">Named arguments for a body with a param block.</param>
public sealed class UserCode(ScriptBlock body, IDictionary arguments)
{
    /// <summary>The script block.</summary>
    public ScriptBlock Body { get; } = body;

    /// <summary>Named arguments for a body with a param block.</summary>
    public Hashtable Arguments { get; } = new(arguments);

    /// <summary>What the body threw, or null.</summary>
    public ErrorRecord? Error { get; set; }
}
