namespace DLExperiments.Module.Tests.StockCommands;

public sealed class ItemCommandTests : IDisposable
{
    private readonly FolderShell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("@(Get-ChildItem -Name).Count; @(Get-ChildItem).Count", "6|6")]
    [InlineData("Get-ChildItem -Directory", "~/d1")]
    [InlineData("Get-ChildItem d1 -Recurse -File -Name", "n1.txt|d2/n2.txt")]
    [InlineData("Get-ChildItem d1 -Depth 0", "~/d1/d2|~/d1/n1.txt")]
    [InlineData("Get-ChildItem -Filter f*.txt", "~/f1.txt|~/f2.txt")]
    [InlineData("Get-ChildItem . f*.txt", "~/f1.txt|~/f2.txt")]
    [InlineData("Get-ChildItem -Recurse -Include n*.txt", "~/d1/d2/n2.txt|~/d1/n1.txt")]
    [InlineData("Get-ChildItem d1 -Recurse -Exclude *.txt", "~/d1/d2")]
    [InlineData("Get-ChildItem nope", "<PathNotFound>")]
    [InlineData("Get-ChildItem nope*", "")]
    [InlineData("Get-ChildItem f1.txt, nope, f2.txt", "~/f1.txt|~/f2.txt|<PathNotFound>")]
    [InlineData("'d1' | Get-ChildItem -File", "~/d1/n1.txt")]
    [InlineData("Get-Item d1 | Get-ChildItem -File", "~/d1/n1.txt")]
    [InlineData("Get-ChildItem -LiteralPath '[x].txt'", "~/[x].txt")]
    [InlineData("$env:DLXT = 'v'; (Get-ChildItem env:DLXT).Value", "v")]
    [InlineData("(Get-ChildItem variable:PSEdition).Value", "Core")]
    [InlineData("Get-ChildItem nodrive:", "<DriveNotFound>")]
    [InlineData("Get-ChildItem env: -File", "<NamedParameterNotFound>")]
    [InlineData("(Get-Item f1.txt).PSChildName", "f1.txt")]
    [InlineData("Get-Item nope", "<PathNotFound>")]
    [InlineData("Get-Item f*.txt", "~/f1.txt|~/f2.txt")]
    public void Lists(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Fact]
    public void ListsHiddenFilesOnlyWhenForced()
    {
        // A leading dot hides a file except on Windows.
        if (OperatingSystem.IsWindows()) File.SetAttributes(Path.Combine(shell.Folder, ".hid"), FileAttributes.Hidden);
        Assert.Equal("", shell.Run("Get-ChildItem .h* -Name"));
        Assert.Equal(".hid", shell.Run("Get-ChildItem -Force -File -Filter .h* -Name"));
        Assert.Equal("~/.hid", shell.Run("Get-ChildItem -Hidden"));
    }

    [Theory]
    [InlineData("New-Item new.txt -Value hello; Get-Content new.txt", "~/new.txt|hello")]
    [InlineData("New-Item f1.txt", "<NewItemIOError>")]
    [InlineData("New-Item f1.txt -Force | Out-Null; (Get-Item f1.txt).Length", "0")]
    [InlineData("(New-Item newd -ItemType Directory).GetType().Name", "DirectoryInfo")]
    [InlineData("New-Item -ItemType Directory d1", "<DirectoryExist>")]
    [InlineData("New-Item -ItemType Directory d1 -Force", "~/d1")]
    [InlineData("New-Item a/b/c.txt -Force", "~/a/b/c.txt")]
    [InlineData("New-Item -Path d1 -Name nn.txt -Value v", "~/d1/nn.txt")]
    [InlineData("New-Item x.txt -WhatIf; Test-Path x.txt", "False")]
    [InlineData("'text' | New-Item pip.txt | Out-Null; Get-Content pip.txt", "text")]
    [InlineData("New-Item function:ff -Value { 'hi' } | Out-Null; ff", "hi")]
    public void Creates(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("Remove-Item f1.txt; Test-Path f1.txt", "False")]
    [InlineData("Remove-Item nope", "<PathNotFound>")]
    [InlineData("Remove-Item nope*", "")]
    [InlineData("Remove-Item d1 -Recurse; Test-Path d1", "False")]
    [InlineData("Remove-Item d1 -Recurse -WhatIf; Test-Path d1/d2/n2.txt", "True")]
    [InlineData("Remove-Item * -Include *.txt -Exclude f1*; Get-ChildItem -Name", "d1|f1.txt|g.csv")]
    [InlineData("Remove-Item . -Recurse; Test-Path f1.txt", "True|<InvalidOperation>")]
    [InlineData("$env:DLXR = 'v'; Remove-Item env:DLXR; Test-Path env:DLXR", "False")]
    [InlineData("Remove-Item -LiteralPath '[x].txt'; Test-Path -LiteralPath '[x].txt'", "False")]
    [InlineData("Get-ChildItem *.txt | Remove-Item; Get-ChildItem -Name", "d1|g.csv")]
    public void Removes(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Fact]
    public void RemovesALinkToAFolderAndKeepsTheFolder()
    {
        Directory.CreateSymbolicLink(Path.Combine(shell.Folder, "ln"), Path.Combine(shell.Folder, "d1"));
        Assert.Equal("False|True", shell.Run("Remove-Item ln; Test-Path ln; Test-Path d1/n1.txt"));
    }

    [Theory]
    [InlineData("Copy-Item f2.txt c.txt; Get-Content c.txt", "second")]
    [InlineData("Copy-Item d1 d9 -Recurse; Get-ChildItem d9 -Name -Recurse", "d2|n1.txt|d2/n2.txt")]
    [InlineData("Copy-Item f*.txt d1 -PassThru", "~/d1/f1.txt|~/d1/f2.txt")]
    [InlineData("Copy-Item nope x", "<PathNotFound>")]
    [InlineData("Copy-Item f1.txt nodir/x.txt", "<CopyFileInfoItemIOError>")]
    [InlineData("Move-Item f2.txt m.txt; Test-Path f2.txt; Get-Content m.txt", "False|second")]
    [InlineData("Move-Item f1.txt f2.txt", "<MoveFileInfoItemIOError>")]
    [InlineData("Move-Item f1.txt f2.txt -Force; (Get-Content f2.txt)[0]", "line1")]
    [InlineData("Get-ChildItem f*.txt | Move-Item -Destination d1 -PassThru", "~/d1/f1.txt|~/d1/f2.txt")]
    [InlineData("Rename-Item f1.txt g.txt -PassThru", "~/g.txt")]
    [InlineData("Rename-Item f1.txt f2.txt", "<RenameItemIOError>")]
    [InlineData("Rename-Item nope x", "<PathNotFound>")]
    [InlineData("Get-ChildItem f*.txt | Rename-Item -NewName { $_.Name -replace 'f','h' }; Get-ChildItem h* -Name", "h1.txt|h2.txt")]
    public void CopiesMovesAndRenames(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("Set-Item variable:q2 5 -PassThru | ForEach-Object Value; $q2", "5|5")]
    [InlineData("$z = 5; Clear-Item variable:z; $null -eq $z", "True")]
    [InlineData("Get-ItemPropertyValue f2.txt Length", "7")]
    [InlineData("(Get-ItemProperty f2.txt Length).Length", "7")]
    [InlineData("Get-ItemProperty nope", "<PathNotFound>")]
    [InlineData("Set-ItemProperty f1.txt LastWriteTime ([datetime]'2001-02-03'); (Get-Item f1.txt).LastWriteTime.Year", "2001")]
    [InlineData("Set-ItemProperty f1.txt IsReadOnly $true; (Get-Item f1.txt).IsReadOnly; Set-ItemProperty f1.txt IsReadOnly $false", "True")]
    public void ChangesValuesAndProperties(string script, string expected) => Assert.Equal(expected, shell.Run(script));
}
