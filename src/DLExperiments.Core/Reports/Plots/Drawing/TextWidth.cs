namespace DLExperiments.Reports.Plots.Drawing;

/// <summary>
/// Estimates how wide text will be without a font at hand, so that the layout is the same in SVG and PNG and on every machine:
/// advance widths of a plain sans serif in thousandths of the size, with room for the wider of the fonts that a viewer may choose.
/// </summary>
internal static class TextWidth
{
    private const double Allowance = 1.1;
    private const string Thin = "iIl.,:;'|!jft()[]{}/\\ \"-`", Wide = "mwMW@%";

    internal static double Of(string text, double size, bool bold = false)
    {
        double thousandths = 0;
        foreach (char c in text)
            thousandths += Thin.Contains(c) ? 320 : Wide.Contains(c) ? 870 : c > 0x2E7F ? 1000 : char.IsUpper(c) ? 690 : 560;
        return thousandths / 1000 * size * Allowance * (bold ? 1.07 : 1);
    }

    /// <summary>Cuts text that is too wide, with an ellipsis.</summary>
    internal static string Fit(string text, double size, double most)
    {
        if (Of(text, size) <= most) return text;
        int length = text.Length;
        while (length > 1 && Of(text[..length] + "…", size) > most) length--;
        return text[..length].TrimEnd() + "…";
    }
}
