using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DLExperiments.Reports.Documents;
using DLExperiments.Reports.Plots;
using Xunit;

namespace DLExperiments.Tests.Reports;

/// <summary>Reports in a real browser: no script error, nothing wider than the page, tables that sort, the right number of printed pages.</summary>
public sealed class ReportBrowserTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-browser-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [BrowserFact]
    public void Pages_fit_wide_and_narrow_windows_and_sort_without_an_error()
    {
        foreach (ReportLayout layout in Enum.GetValues<ReportLayout>())
        {
            JsonNode found = Probe(ReportSample.Html(ReportSample.Settings with { Layout = layout }, ReportSample.Runs));
            Assert.Equal("[]", found["errors"]!.ToJsonString());
            Assert.Equal((1280, 0), (found["width"]!.GetValue<int>(), found["wide"]!.GetValue<int>()));
            Assert.Equal((390, 0), (found["small"]!.GetValue<int>(), found["narrow"]!.GetValue<int>()));
            double[] up = Numbers(found["up"]!), down = Numbers(found["down"]!);
            Assert.Equal(4, up.Length);
            Assert.Equal(up.Order(), up);
            Assert.Equal(up.Reverse(), down);
            Assert.True(found["sorted"]!.GetValue<string>() == "descending");
            Assert.NotEqual(found["lightInk"]!.GetValue<string>(), found["background"]!.GetValue<string>());
        }
    }

    [BrowserFact]
    public void Printed_they_have_the_pages_that_their_layout_stands_for()
    {
        int Pages(ReportLayout layout)
        {
            string path = Path.Combine(folder, $"{layout}.pdf");
            int? pages = ReportFile.Export(new PlotData(ReportSample.Runs), ReportSample.Settings with { Layout = layout }, path);
            Assert.StartsWith("%PDF", File.ReadAllText(path)[..4]);
            return pages!.Value;
        }

        Assert.Equal(1, Pages(ReportLayout.Interim));
        Assert.InRange(Pages(ReportLayout.Coursework), 2, 4);
    }

    /// <summary>Opens a page in a frame of each width (a window cannot be as narrow as a telephone) and tells what a script of ours found there.</summary>
    private JsonNode Probe(string html)
    {
        string watched = html.Replace("<head>", "<head><script>window.found=[];addEventListener('error',e=>found.push(e.message));</script>", StringComparison.Ordinal);
        string page = Path.Combine(folder, "probe.html");
        File.WriteAllText(page, $$"""
            <!DOCTYPE html><meta charset="utf-8"><iframe id="f" style="border:0;width:1280px;height:900px" srcdoc="{{WebUtility.HtmlEncode(watched)}}"></iframe><pre id="out"></pre>
            <script>
            const f = document.getElementById('f');
            f.onload = () => {
              const w = f.contentWindow, d = f.contentDocument, r = {};
              const over = () => d.documentElement.scrollWidth - d.documentElement.clientWidth;
              r.wide = over(); r.width = w.innerWidth;
              const table = [...d.querySelectorAll('table')].find(t => t.caption.textContent.startsWith('Runs'));
              const i = [...table.tHead.rows[0].cells].findIndex(c => c.textContent === 'BestValidationLoss');
              const values = () => [...table.tBodies[0].rows].map(row => Number(row.cells[i].dataset.v)), head = table.tHead.rows[0].cells[i];
              head.querySelector('button').click(); r.up = values();
              head.querySelector('button').click(); r.down = values(); r.sorted = head.getAttribute('aria-sort');
              r.lightInk = w.getComputedStyle(d.body).color; r.background = w.getComputedStyle(d.body).backgroundColor;
              f.style.width = '390px';
              r.narrow = over(); r.small = w.innerWidth;
              r.errors = w.found;
              document.getElementById('out').textContent = JSON.stringify(r);
            };
            </script>
            """);
        string[] root = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        var start = new ProcessStartInfo(Browser.Find(null)!, ["--headless", "--disable-gpu", "--disable-dev-shm-usage", .. root, $"--user-data-dir={Path.Combine(folder, "profile")}", "--window-size=1400,1000", "--virtual-time-budget=5000", "--dump-dom", new Uri(page).AbsoluteUri])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string dom = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000));
        Match match = Regex.Match(dom, "<pre id=\"out\">(.+?)</pre>", RegexOptions.Singleline);
        Assert.True(match.Success, errors.Result);
        return JsonNode.Parse(WebUtility.HtmlDecode(match.Groups[1].Value))!;
    }

    private static double[] Numbers(JsonNode list) => [.. list.AsArray().Select(v => v!.GetValue<double>())];
}
