namespace DLExperiments.Module.Tests.StockCommands;

public sealed class EventCommandTests : IDisposable
{
    private readonly FolderShell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("(New-Event my -Sender 1 -EventArguments 2 -MessageData 3).Sender; (Get-Event my).MessageData; Remove-Event my; @(Get-Event).Count", "1|3|0")]
    [InlineData("Get-Event nope", "<INVALID_SOURCE_IDENTIFIER>")]
    [InlineData("Unregister-Event nope; Get-EventSubscriber no*pe", "<INVALID_SOURCE_IDENTIFIER>")]
    [InlineData("Wait-Event nope -Timeout 0", "")]
    [InlineData("(Register-EngineEvent e1 -Action { 'x' }).GetType().Name; (Get-EventSubscriber e1).SourceIdentifier; Unregister-Event e1; @(Get-EventSubscriber).Count", "PSEventJob|e1|0")]
    public void QueuesAndSubscribes(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Fact]
    public void WaitsForAnEventOfAnObject() => Assert.Equal("tick|ElapsedEventArgs", shell.Run("""
        $timer = [Timers.Timer]::new(10); Register-ObjectEvent $timer Elapsed -SourceIdentifier tick; $timer.Start()
        $found = Wait-Event tick -Timeout 20; $timer.Dispose(); $found.SourceIdentifier; $found.SourceEventArgs.GetType().Name
        Unregister-Event tick
        """));

    [Fact]
    public void RunsAnActionWhenTheEventComes() => Assert.Equal("5", shell.Run("""
        $timer = [Timers.Timer]::new(10); $timer.AutoReset = $false; $global:seen = 0
        $null = Register-ObjectEvent $timer Elapsed -SourceIdentifier act -Action { $global:seen = 5 }
        $timer.Start(); $n = 0; while ($global:seen -eq 0 -and $n++ -lt 200) { Start-Sleep -Milliseconds 50 }
        $global:seen; Unregister-Event act; $timer.Dispose()
        """));

    [Theory]
    [InlineData("(Get-Verb Get).Group; (Get-Verb Get).AliasPrefix; @(Get-Verb -Group Security).Count", "Common|g|6")]
    [InlineData("ConvertTo-SecureString abc -AsPlainText -Force | ConvertFrom-SecureString -AsPlainText", "abc")]
    [InlineData("try { Get-Item nope -ErrorAction Stop } catch { }; (Get-Error).PSObject.TypeNames[0]", "System.Management.Automation.ErrorRecord#PSExtendedError")]
    public void Others(string script, string expected) => Assert.Equal(expected, shell.Run(script));
}
