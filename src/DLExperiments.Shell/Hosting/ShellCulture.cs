using System.Globalization;

namespace DLExperiments.Shell.Hosting;

/// <summary>
/// The invariant culture, which also says that its language is English: the engine breaks lines of help and tables between words
/// in the languages it knows, and anywhere in a word in all others.
/// </summary>
public sealed class ShellCulture : CultureInfo
{
    /// <summary>Makes the culture.</summary>
    public ShellCulture()
        : base("", useUserOverride: false)
    {
    }

    /// <inheritdoc/>
    public override string TwoLetterISOLanguageName => "en";
}
