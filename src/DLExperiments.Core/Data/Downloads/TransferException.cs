namespace DLExperiments.Data.Downloads;

/// <summary>One try of a transfer that failed.</summary>
internal sealed class TransferException : Exception
{
    internal TransferException(string message, bool mayPass, Exception? inner = null)
        : base(message, inner) => MayPass = mayPass;

    /// <summary>Whether another try may do better.</summary>
    internal bool MayPass { get; }

    /// <summary>Whether all came, but not what was wanted.</summary>
    internal bool IsWrong { get; init; }

    /// <summary>How long the server asked to wait, or null.</summary>
    internal TimeSpan? Wait { get; init; }
}
