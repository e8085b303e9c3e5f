using DLExperiments.Reports.Documents;

namespace DLExperiments.Tests;

/// <summary>A test that needs a Chromium-like browser; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Skips without a browser.</summary>
    public BrowserFactAttribute() => Skip = Browser.Find(null) is null ? "There is no browser (Debian: apt install chromium)" : null;
}
