namespace DLExperiments.Module.Tests.StockCommands;

public sealed class ContentCommandTests : IDisposable
{
    private readonly FolderShell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("Get-Content f1.txt", "line1|line2|line3|line4")]
    [InlineData("(Get-Content f1.txt -Raw).Length", "24")]
    [InlineData("Get-Content f1.txt -TotalCount 2", "line1|line2")]
    [InlineData("Get-Content f1.txt -Head 1", "line1")]
    [InlineData("Get-Content f1.txt -Tail 2", "line3|line4")]
    [InlineData("Get-Content f1.txt -Last 1", "line4")]
    [InlineData("Get-Content f1.txt -Tail 0", "")]
    [InlineData("Get-Content f1.txt -TotalCount 0", "")]
    [InlineData("Get-Content f1.txt -Tail 1 -TotalCount 1", "<TailAndHeadCannotCoexist>")]
    [InlineData("Get-Content f1.txt -ReadCount 2", "(line1,line2)|(line3,line4)")]
    [InlineData("Get-Content f1.txt -ReadCount 0", "(line1,line2,line3,line4)")]
    [InlineData("Get-Content f1.txt -ReadCount 2 -TotalCount 3", "(line1,line2)|line3")]
    [InlineData("Get-Content f2.txt -AsByteStream -TotalCount 3", "115|101|99")]
    [InlineData("(Get-Content f2.txt -AsByteStream -Raw).GetType().Name", "Byte[]")]
    [InlineData("Get-Content g.csv -Delimiter ','", "a|b\n1|2\n")]
    [InlineData("Get-Content nope", "<PathNotFound>")]
    [InlineData("Get-Content n*ope", "<ItemNotFound>")]
    [InlineData("Get-Content d1", "<GetContainerContentException>")]
    [InlineData("Get-Content f1.txt, f2.txt -TotalCount 1", "line1|second")]
    [InlineData("Get-Content variable:PSEdition", "Core")]
    [InlineData("$null -eq (Get-Content empty.txt)", "True")]
    [InlineData("Get-Item f2.txt | Get-Content", "second")]
    [InlineData("Get-Content -LiteralPath '[x].txt'", "brackets")]
    [InlineData("Get-Content f1.txt -TotalCount 2 | ForEach-Object { \"$($_.ReadCount) $($_.PSChildName)\" }", "1 f1.txt|2 f1.txt")]
    public void Reads(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("Set-Content s.txt a, b", "a\nb\n")]
    [InlineData("'x', 'y' | Set-Content s.txt", "x\ny\n")]
    [InlineData("Set-Content s.txt abc -NoNewline", "abc")]
    [InlineData("1, 2.5, $true | Set-Content s.txt", "1\n2.5\nTrue\n")]
    [InlineData("Set-Content s.txt long; Set-Content s.txt b; Add-Content s.txt c", "b\nc\n")]
    [InlineData("Add-Content s.txt 1; 'p', 'q' | Add-Content s.txt", "1\np\nq\n")]
    [InlineData("$null | Set-Content s.txt", "")]
    [InlineData("Set-Content s.txt a; Clear-Content s.txt", "")]
    [InlineData("Set-Content s.txt a; Set-Content s.txt b -WhatIf", "a\n")]
    public void Writes(string script, string expected)
    {
        Assert.Equal("", shell.Run(script));
        Assert.Equal(expected, shell["s.txt"].ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("utf8", "C3A9")]
    [InlineData("utf8BOM", "EFBBBFC3A9")]
    [InlineData("unicode", "FFFEE900")]
    [InlineData("ascii", "3F")]
    [InlineData("latin1", "E9")]
    public void WritesInTheEncodingAskedFor(string encoding, string bytes)
    {
        Assert.Equal("", shell.Run($"Set-Content s.txt ([char]233) -NoNewline -Encoding {encoding}"));
        Assert.Equal(bytes, Convert.ToHexString(File.ReadAllBytes(Path.Combine(shell.Folder, "s.txt"))));
    }

    [Theory]
    [InlineData("Set-Content s.bin ([byte[]](1,2,255)) -AsByteStream; Get-Content s.bin -AsByteStream", "1|2|255")]
    [InlineData("Set-Content s.bin x -AsByteStream", "<Argument>")]
    [InlineData("Set-Content nodir/s.txt a", "<GetContentWriterDirectoryNotFoundError>")]
    [InlineData("Set-Content 'zz*.txt' a", "<ItemNotFound>")]
    [InlineData("Set-Content -LiteralPath 'z[1].txt' a; Get-ChildItem z* -Name", "z[1].txt")]
    [InlineData("Set-Content f*.txt zz; Get-Content f1.txt, f2.txt", "zz|zz")]
    [InlineData("Set-Content function:gg { 'y' }; gg", "y")]
    [InlineData("Clear-Content nope", "<PathNotFound>")]
    public void WritesElsewhere(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Fact]
    public void StopsReadingWhenThePipelineHasEnough()
    {
        shell["big.txt"] = string.Join('\n', Enumerable.Range(0, 100_000));
        Assert.Equal("0|1", shell.Run("$n = 0; Get-Content big.txt | ForEach-Object { $_; if (++$n -eq 2) { break } }"));
        Assert.Equal("99999", shell.Run("Get-Content big.txt -Tail 1"));
    }
}
