// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>The exception of an error that Write-Error made from a message alone.</summary>
/// <param name="message">The text of the error.</param>
public sealed class WriteErrorException(string message) : SystemException(message);
