using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>
/// BLEU (Papineni et al. 2002) of each sentence, averaged, with smoothing method 1 of Chen and Cherry (2014): a length of n-grams of
/// which none is right counts as 0.1 right ones. Words are separated by white space; Actual may be several references.
/// </summary>
[CatalogueEntry("Bleu")]
public sealed class BleuMetric : Metric
{
    private const double Epsilon = .1;

    /// <summary>The longest n-grams that count, at least 1.</summary>
    [Range(1, 20)]
    public int Order { get; set; } = 4;

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Texts;

    internal override MetricTally Start() => new MeanTally(p => p.Rows.Select(r => (Score(
        Words(r.Prediction), r.Actual is IEnumerable several and not string ? [.. several.Cast<object>().Select(Words)] : [Words(r.Actual)]), -1)));

    private double Score(string[] words, string[][] references)
    {
        double logs = 0;
        for (int n = 1; n <= Order; n++)
        {
            Dictionary<string, int> own = Count(words, n);
            Dictionary<string, int>[] theirs = [.. references.Select(r => Count(r, n))];
            double right = own.Sum(g => Math.Min(g.Value, theirs.Max(t => t.GetValueOrDefault(g.Key))));
            if (n == 1 && right == 0) return 0;
            logs += Math.Log((right == 0 ? Epsilon : right) / Math.Max(1, own.Values.Sum()));
        }
        // The reference nearest in length, the shorter of two, sets the penalty for brevity.
        int length = references.Select(r => r.Length).OrderBy(l => Math.Abs(l - words.Length)).ThenBy(l => l).First();
        return Math.Exp(logs / Order + Math.Min(0, 1 - (double)length / words.Length));
    }

    private static Dictionary<string, int> Count(string[] words, int n)
    {
        var counts = new Dictionary<string, int>();
        for (int i = 0; i + n <= words.Length; i++)
        {
            string gram = string.Join(' ', words.AsSpan(i, n).ToArray());
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }
        return counts;
    }

    private static string[] Words(object text) => Convert.ToString(text, CultureInfo.InvariantCulture)!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
