using System.Diagnostics;
using System.Text;
using DLExperiments.Errors;

namespace DLExperiments.Reports.Documents;

/// <summary>A Chromium-like browser, which prints pages as PDF without a window.</summary>
internal static class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome"];

    /// <summary>Finds one: where it was said to be, on the PATH, or where systems install them; null without.</summary>
    internal static string? Find(string? path)
    {
        if (path is not null) return File.Exists(path) ? path : throw new ExperimentException("BrowserNotFound", ErrorKind.NotFound, $"There is no browser at '{path}'.", path);
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string ending = OperatingSystem.IsWindows() ? ".exe" : "";
        IEnumerable<string> places = Names.SelectMany(n => folders.Select(f => Path.Combine(f, n + ending)));
        if (OperatingSystem.IsMacOS()) places = places.Concat(["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"]);
        if (OperatingSystem.IsWindows())
            places = places.Concat(new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86 }
                .SelectMany(f => new[] { @"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe" }.Select(p => Path.Combine(Environment.GetFolderPath(f), p))));
        return places.FirstOrDefault(File.Exists);
    }

    /// <summary>Prints a page.</summary>
    /// <param name="browser">The browser's path.</param>
    /// <param name="html">The page.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The PDF.</returns>
    /// <exception cref="ExperimentException">BrowserFailed.</exception>
    internal static byte[] Print(string browser, string html, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("dlx-print-").FullName;
        try
        {
            string page = Path.Combine(folder, "page.html"), pdf = Path.Combine(folder, "page.pdf");
            File.WriteAllText(page, html, new UTF8Encoding(false));
            // Its sandbox refuses to start for root; the page is the module's own and loads nothing.
            string[] root = OperatingSystem.IsLinux() && Environment.UserName == "root" ? ["--no-sandbox"] : [];
            var start = new ProcessStartInfo(browser, ["--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", .. root, $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-pdf-header-footer", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri])
            { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
            using Process process = Process.Start(start) ?? throw Failed(browser, "it did not start");
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation), output = process.StandardOutput.ReadToEndAsync(cancellation);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            try
            {
                process.WaitForExitAsync(patience.Token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                throw Failed(browser, $"it did not end within {Patience.TotalMinutes} minutes");
            }
            return File.Exists(pdf) ? File.ReadAllBytes(pdf) : throw Failed(browser, errors.Result.Trim().Split('\n')[^1]);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Failed(browser, e.Message, e);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process of the browser that ends late may still hold its profile; the system clears its temporary folder.
        }
    }

    private static ExperimentException Failed(string browser, string why, Exception? inner = null) =>
        new("BrowserFailed", ErrorKind.Io, $"'{browser}' could not print the report: {why}. Export it as .html and print that.", browser, inner);
}
