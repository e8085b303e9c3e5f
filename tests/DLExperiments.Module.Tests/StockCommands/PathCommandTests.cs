namespace DLExperiments.Module.Tests.StockCommands;

public sealed class PathCommandTests : IDisposable
{
    private readonly FolderShell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("Join-Path a b", "a/b")]
    [InlineData("Join-Path /a/ /b", "/a/b")]
    [InlineData("Join-Path a b c d", "a/b/c/d")]
    [InlineData("Join-Path a,b c", "a/c|b/c")]
    [InlineData("'x','y' | Join-Path -ChildPath z", "x/z|y/z")]
    [InlineData("Join-Path env: PATH", "Env:/PATH")]
    [InlineData("Join-Path . 'f*.txt' -Resolve | Split-Path -Leaf", "f1.txt|f2.txt")]
    [InlineData("Join-Path nodrive: b", "<DriveNotFound>")]
    [InlineData("Split-Path /a/b/c.txt", "/a/b")]
    [InlineData("Split-Path a", "")]
    [InlineData("Split-Path /a/b/c.txt -Leaf", "c.txt")]
    [InlineData("Split-Path /a/b/c.tar.gz -LeafBase", "c.tar")]
    [InlineData("Split-Path /a/b/c.tar.gz -Extension", ".gz")]
    [InlineData("Split-Path env:PATH -Qualifier", "env:")]
    [InlineData("Split-Path env:PATH -NoQualifier", "PATH")]
    [InlineData("Split-Path a/b -Qualifier", "<ParsePathFormatError>")]
    [InlineData("Split-Path a -IsAbsolute", "False")]
    [InlineData("Split-Path f*.txt -Resolve -Leaf", "f1.txt|f2.txt")]
    [InlineData("Split-Path nope.q -Resolve -Leaf", "<PathNotFound>")]
    public void JoinsAndSplits(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("Test-Path f1.txt", "True")]
    [InlineData("Test-Path nope", "False")]
    [InlineData("Test-Path d1 -PathType Container", "True")]
    [InlineData("Test-Path d1 -PathType Leaf", "False")]
    [InlineData("Test-Path f*.txt", "True")]
    [InlineData("Test-Path env:PATH", "True")]
    [InlineData("Test-Path variable:PID", "True")]
    [InlineData("Test-Path nodrive:/x", "False")]
    [InlineData("Test-Path ' '", "False")]
    [InlineData("Test-Path $null", "<NullPathNotPermitted>")]
    [InlineData("Test-Path f1.txt -NewerThan 2001-01-01", "True")]
    [InlineData("Test-Path f1.txt -OlderThan 2001-01-01", "False")]
    [InlineData("Test-Path f1.txt -Exclude *.txt", "False")]
    [InlineData("Test-Path '[x].txt'", "False")]
    [InlineData("Test-Path -LiteralPath '[x].txt'", "True")]
    [InlineData("Test-Path f1.txt -IsValid", "True")]
    [InlineData("(Get-ChildItem | Test-Path) -contains $false", "False")]
    public void Tests(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("Resolve-Path f1.txt", "~/f1.txt")]
    [InlineData("(Resolve-Path f1.txt).GetType().Name", "PathInfo")]
    [InlineData("Resolve-Path f*.txt -Relative", "./f1.txt|./f2.txt")]
    [InlineData("Resolve-Path d1/n1.txt -Relative", "./d1/n1.txt")]
    [InlineData("Resolve-Path n1.txt -RelativeBasePath d1", "~/d1/n1.txt")]
    [InlineData("Resolve-Path n1.txt -RelativeBasePath d1 -Relative; (Get-Location).Path", "./n1.txt|~")]
    [InlineData("Resolve-Path nope", "<PathNotFound>")]
    [InlineData("Resolve-Path n*ope", "")]
    [InlineData("Convert-Path f1.txt, d1", "~/f1.txt|~/d1")]
    [InlineData("Convert-Path nope", "<PathNotFound>")]
    public void Resolves(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("Set-Location d1; (Get-Location).Path; Set-Location ..; Set-Location -; (Get-Location).Path", "~/d1|~/d1")]
    [InlineData("Set-Location nope; (Get-Location).Path", "~|<PathNotFound>")]
    [InlineData("Set-Location d1 -PassThru", "~/d1")]
    [InlineData("Push-Location d1; (Get-Location).Path; Pop-Location; (Get-Location).Path", "~/d1|~")]
    [InlineData("Set-Location env:; (Get-Location).Path", "Env:/")]
    [InlineData("Get-Location -PSDrive nodrive", "<GetLocationNoMatchingDrive>")]
    [InlineData("Push-Location d1; (Get-Location -Stack).Count", "1")]
    public void Moves(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("New-PSDrive q FileSystem $PWD | ForEach-Object Name; Test-Path q:/f1.txt; Remove-PSDrive q; Test-Path q:/f1.txt", "q|True|False")]
    [InlineData("New-PSDrive q FileSystem (Join-Path $PWD nope)", "<DriveRootError>")]
    [InlineData("New-PSDrive q nope /", "<ProviderNotFound>")]
    [InlineData("New-PSDrive q FileSystem $PWD -WhatIf; Test-Path q:/", "False")]
    [InlineData("Get-PSDrive e* | ForEach-Object Name", "Env")]
    [InlineData("Get-PSDrive nope", "<GetLocationNoMatchingDrive>")]
    [InlineData("Remove-PSDrive nope", "<DriveNotFound>")]
    [InlineData("Get-PSProvider File* | ForEach-Object Name", "FileSystem")]
    [InlineData("Get-PSProvider nope", "<ProviderNotFound>")]
    public void Drives(string script, string expected) => Assert.Equal(expected, shell.Run(script));
}
