using System.Text.RegularExpressions;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Documents;
using DLExperiments.Reports.Plots;
using Xunit;

namespace DLExperiments.Tests.Reports;

/// <summary>Reports by what they hold.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_page_holds_everything_and_loads_nothing()
    {
        string html = ReportSample.Html(ReportSample.Settings, ReportSample.Runs);
        foreach (string heading in new[] { "Introduction", "Method", "Results", "Examples", "Discussion", "Related work", "Reproduction" }) Assert.Contains($"<h2>{heading}</h2>", html);
        Assert.DoesNotContain("<h2>Conclusion</h2>", html); // nobody wrote one
        Assert.Contains("Digits &lt;b&gt;&amp;", html);
        Assert.Contains("What is &lt;it&gt;?", html);
        Assert.Contains("A. Student, 9 March 2026", html);
        Assert.Contains(ReportSample.Data.Fingerprint, html);
        Assert.Contains("./train.ps1 -Rate 0.01", html);
        Assert.Contains("# a &lt; b\ntrain", html);
        Assert.Contains("LearningRate, Seed (2)", html);
        Assert.Contains("Mistakes, the surest first", html);
        Assert.Contains("LearningRate 0.01", html);
        // Nothing from elsewhere: no address but the namespaces of SVG, no link, no import.
        Assert.All(Regex.Matches(html, "https?://[^\"' <]+").Select(m => m.Value), a => Assert.StartsWith("http://www.w3.org/", a));
        Assert.DoesNotContain("<link", html);
        Assert.DoesNotContain("@import", html);
        string[] ids = [.. Regex.Matches(html, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Regex.Matches(html, @"url\(#([^)]+)\)").Select(m => m.Groups[1].Value), id => Assert.Contains(id, ids));
        // The best run of all comes first, with all its digits behind the short number.
        double best = ReportSample.Runs.Min(r => r.BestValidationLoss!.Value);
        Match first = Regex.Match(html, "Runs, the best first.*?<tbody>\\s*<tr>(.*?)</tr>", RegexOptions.Singleline);
        Assert.Contains(FormattableString.Invariant($"data-v=\"{best:R}\""), first.Value);
    }

    [Fact]
    public void A_piped_measure_is_not_measured_again_and_comparisons_and_objects_are_tables()
    {
        ModelMeasure measure = Measurer.Measure(ReportSample.Runs[0].Model, ReportSample.Data.Train!);
        var comparison = new ExperimentComparison("wide | <x>", "F1", new Dictionary<string, double> { ["1"] = .5, ["2"] = .75 }, null);
        var settings = ReportSample.Settings with { Texts = [] };
        string html = ReportSample.Html(settings, [.. ReportSample.Runs, measure, comparison, new Dictionary<string, object> { ["Trial"] = 7, ["Rate"] = .25 }]);
        Assert.Contains("Each class of " + measure.Dataset, html);
        Assert.DoesNotContain("Each class of " + ReportSample.Data.Test!.Name, html);
        Assert.Contains("wide | &lt;x&gt;", html);
        Assert.Contains("data-v=\"0.25\"", html);
    }

    [Fact]
    public void Markdown_has_its_pictures_beside_it()
    {
        string path = Path.Combine(folder, "r.md");
        ReportFile.Export(new PlotData([.. ReportSample.Runs, new ExperimentComparison("a | b", "F1", new Dictionary<string, double> { ["1"] = .5 }, null)]), ReportSample.Settings, path);
        string text = File.ReadAllText(path);
        string[] links = [.. Regex.Matches(text, @"!\[[^\]]*\]\(([^)]+)\)").Select(m => m.Groups[1].Value)];
        Assert.True(links.Length > 4);
        Assert.All(links, l => Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(folder, l))));
        Assert.Contains("a \\| b", text);
        // Every row of a table has the cells of its head.
        foreach (IGrouping<int, string[]> _ in Regex.Matches(text, @"(?:^\|.*\|\n)+", RegexOptions.Multiline).SelectMany((t, i) => t.Value.TrimEnd().Split('\n').Select(l => (i, cells: Regex.Split(l, @"(?<!\\)\|")))).GroupBy(t => t.i, t => t.cells))
            Assert.Single(_.Select(c => c.Length).Distinct());
        Assert.Equal("FileExists", Assert.Throws<ExperimentException>(() => ReportFile.Export(new PlotData(ReportSample.Runs), ReportSample.Settings, path)).ErrorId);
    }

    [Fact]
    public void Short_layouts_leave_out_what_does_not_fit()
    {
        string interim = ReportSample.Html(ReportSample.Settings with { Layout = ReportLayout.Interim }, ReportSample.Runs);
        Assert.DoesNotContain("<h2>Examples</h2>", interim);
        Assert.Contains("class=\"interim\"", interim);
        string many = ReportSample.Html(ReportSample.Settings with { Layout = ReportLayout.Interim, Data = null }, [.. Enumerable.Range(0, 30).Select(i => new Dictionary<string, object> { ["Trial"] = i })]);
        Assert.Contains("and 24 more", many);
    }

    [Fact]
    public void Pictures_are_put_in_and_what_is_none_is_refused()
    {
        string svg = Path.Combine(folder, "my-plot.svg"), bad = Path.Combine(folder, "bad.svg"), text = Path.Combine(folder, "x.txt");
        PlotFile.Export(new DLExperiments.Reports.Plots.Kinds.BarPlot { X = "A", Y = ["B"] }, new PlotData([new { A = "u", B = 2 }]), svg);
        File.WriteAllText(bad, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
        File.WriteAllText(text, "x");
        var plain = new ReportSettings();
        string html = ReportSample.Html(plain, new FileInfo(svg));
        Assert.Contains("<figcaption>my plot</figcaption>", html);
        Assert.DoesNotContain("<?xml", html);
        Assert.Equal("NotAPicture", Assert.Throws<ExperimentException>(() => ReportSample.Html(plain, bad)).ErrorId);
        Assert.Equal("NotAPicture", Assert.Throws<ExperimentException>(() => ReportSample.Html(plain, text)).ErrorId);
        Assert.Equal("EmptyReport", Assert.Throws<ExperimentException>(() => ReportFile.Export(new PlotData([]), plain, Path.Combine(folder, "e.html"))).ErrorId);
        Assert.Equal("UnknownReportFormat", Assert.Throws<ExperimentException>(() => ReportFile.Export(new PlotData([1]), plain, Path.Combine(folder, "e.docx"))).ErrorId);
        Assert.Equal("BrowserNotFound", Assert.Throws<ExperimentException>(() => ReportFile.Export(new PlotData([1]), plain, Path.Combine(folder, "e.pdf"), browser: "/no/such")).ErrorId);
    }

    [Theory]
    [InlineData(0.123456789, "0.12346")]
    [InlineData(12345678, "12,345,678")]
    [InlineData(97.654321, "97.654")]
    [InlineData(0.0000123456, "1.2346e-5")]
    [InlineData(-2, "-2")]
    [InlineData(0, "0")]
    public void Numbers_have_five_significant_digits(double number, string shown) => Assert.Equal(shown, ReportCell.Show(number));
}
