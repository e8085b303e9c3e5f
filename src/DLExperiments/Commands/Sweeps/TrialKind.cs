namespace DLExperiments.Commands.Sweeps;

/// <summary>What a trial runs.</summary>
internal enum TrialKind
{
    /// <summary>A script file with a param() block.</summary>
    Script,

    /// <summary>A script block with a param() block.</summary>
    ScriptBlock,

    /// <summary>A script block that makes a network, which Invoke-Training trains.</summary>
    Network,

    /// <summary>A network, which Invoke-Training trains.</summary>
    Definition,

    /// <summary>Several networks, of which the setting's Network names the one that Invoke-Training trains.</summary>
    Networks,
}
