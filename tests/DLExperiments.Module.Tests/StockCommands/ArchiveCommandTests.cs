using System.IO.Compression;

namespace DLExperiments.Module.Tests.StockCommands;

public sealed class ArchiveCommandTests : IDisposable
{
    private readonly FolderShell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("Compress-Archive d1 a; Get-Item a.zip", "~/a.zip", "d1/d2/n2.txt|d1/n1.txt")]
    [InlineData("Compress-Archive d1/* a.zip", "", "d2/n2.txt|n1.txt")]
    [InlineData("Compress-Archive f1.txt, f2.txt a.zip -PassThru", "~/a.zip", "f1.txt|f2.txt")]
    [InlineData("Get-ChildItem f*.txt | Compress-Archive -DestinationPath a.zip", "", "f1.txt|f2.txt")]
    [InlineData("Compress-Archive f1.txt a.zip; Compress-Archive f2.txt a.zip", "<ArchiveFileExists>", "f1.txt")]
    [InlineData("Compress-Archive f1.txt a.zip; Compress-Archive f2.txt a.zip -Force", "", "f2.txt")]
    [InlineData("Compress-Archive f1.txt a.zip; Compress-Archive f1.txt, f2.txt a.zip -Update", "", "f1.txt|f2.txt")]
    [InlineData("New-Item -ItemType Directory e | Out-Null; Compress-Archive e a.zip", "", "e/")]
    public void Compresses(string script, string expected, string entries)
    {
        Assert.Equal(expected, shell.Run(script));
        using var zip = ZipFile.OpenRead(Path.Combine(shell.Folder, "a.zip"));
        Assert.Equal(entries, string.Join('|', zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void LeavesNothingWhenAFileIsMissing() =>
        Assert.Equal("False|<PathNotFound>", shell.Run("Compress-Archive f1.txt, nope a.zip; Test-Path a.zip"));

    [Theory]
    [InlineData("Expand-Archive a.zip; Get-Content a/d1/d2/n2.txt", "n2")]
    [InlineData("Expand-Archive a.zip out; Get-ChildItem out -Recurse -File -Name", "d1/n1.txt|d1/d2/n2.txt")]
    [InlineData("Expand-Archive a.zip . ; Get-Content d1/n1.txt", "n1|<ExpandArchiveFileExists>|<ExpandArchiveFileExists>")]
    [InlineData("Set-Content d1/n1.txt changed; Expand-Archive a.zip . -Force; Get-Content d1/n1.txt", "n1")]
    [InlineData("Expand-Archive f1.txt out", "<NotAnArchive>")]
    [InlineData("Expand-Archive nope.zip", "<PathNotFound>")]
    public void Expands(string script, string expected)
    {
        Assert.Equal("", shell.Run("Compress-Archive d1 a.zip"));
        Assert.Equal(expected, shell.Run(script));
    }

    [Fact]
    public void NeverWritesOutsideOfTheDestination()
    {
        using (var zip = ZipFile.Open(Path.Combine(shell.Folder, "evil.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntry("../out.txt");
            zip.CreateEntry("in.txt");
        }
        Assert.Equal("True|False|<EntryOutsideDestination>", shell.Run("Expand-Archive evil.zip sub; Test-Path sub/in.txt; Test-Path out.txt"));
    }
}
