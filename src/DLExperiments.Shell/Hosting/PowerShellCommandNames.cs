namespace DLExperiments.Shell.Hosting;

/// <summary>The names of the commands that come with PowerShell 7.6: an unknown one of these is missing here, not misspelt.</summary>
public static class PowerShellCommandNames
{
    private const string Names = """
        Add-Content Add-Member Add-Type Checkpoint-Computer Clear-Content Clear-Item Clear-ItemProperty Clear-RecycleBin Clear-Variable
        Compare-Object Compress-Archive Compress-PSResource Connect-PSSession Connect-WSMan Convert-Path ConvertFrom-Csv ConvertFrom-Json
        ConvertFrom-Markdown ConvertFrom-SddlString ConvertFrom-SecureString ConvertFrom-StringData ConvertFrom-CliXml ConvertTo-CliXml
        ConvertTo-Csv ConvertTo-Html ConvertTo-Json ConvertTo-SecureString ConvertTo-Xml Copy-Item Copy-ItemProperty Debug-Process Debug-Runspace
        Disable-PSBreakpoint Disable-PSRemoting Disable-RunspaceDebug Disconnect-PSSession Enable-PSBreakpoint Enable-PSRemoting
        Enable-RunspaceDebug Expand-Archive Export-Alias Export-Clixml Export-Counter Export-Csv Export-FormatData Export-PSSession
        Find-Command Find-DscResource Find-Module Find-Package Find-PSResource Find-RoleCapability Find-Script Format-Custom Format-Hex
        Format-List Format-Table Format-Wide Get-Acl Get-Alias Get-AuthenticodeSignature Get-ChildItem Get-CimAssociatedInstance
        Get-CimClass Get-CimInstance Get-Clipboard Get-CmsMessage Get-ComputerInfo Get-Content Get-Counter Get-Credential Get-Culture Get-Date
        Get-Error Get-Event Get-EventSubscriber Get-ExecutionPolicy Get-FileHash Get-FormatData Get-Host Get-HotFix Get-InstalledModule
        Get-InstalledPSResource Get-InstalledScript Get-Item Get-ItemProperty Get-ItemPropertyValue Get-Location Get-MarkdownOption Get-Member
        Get-Package Get-PackageProvider Get-PackageSource Get-PfxCertificate Get-Process Get-PSBreakpoint Get-PSCallStack Get-PSDrive
        Get-PSProvider Get-PSReadLineKeyHandler Get-PSReadLineOption Get-PSRepository Get-PSResourceRepository Get-PSScriptFileInfo
        Get-PSSessionCapability Get-PSSessionConfiguration Get-Random Get-Runspace Get-RunspaceDebug Get-SecureRandom Get-Service
        Get-TimeZone Get-TraceSource Get-TypeData Get-UICulture Get-Unique Get-Uptime Get-Variable Get-Verb Get-WinEvent Get-WSManInstance
        Group-Object Import-Alias Import-Clixml Import-Csv Import-LocalizedData Import-PowerShellDataFile Import-PSGetRepository Import-PSSession
        Install-Module Install-Package Install-PSResource Install-Script Invoke-CimMethod Invoke-Expression Invoke-Item Invoke-RestMethod
        Invoke-WebRequest Invoke-WSManAction Join-Path Join-String Limit-EventLog Measure-Command Measure-Object Move-Item Move-ItemProperty New-Alias
        New-CimInstance New-CimSession New-Event New-FileCatalog New-Guid New-Item New-ItemProperty New-Object New-PSBreakpoint New-PSDrive
        New-PSScriptFileInfo New-Service New-TemporaryFile New-TimeSpan New-Variable New-WinEvent Out-File Out-GridView Out-Printer Out-String
        Pop-Location Protect-CmsMessage Publish-Module Publish-PSResource Publish-Script Push-Location Read-Host Register-CimIndicationEvent
        Register-EngineEvent Register-ObjectEvent Register-PSRepository Register-PSResourceRepository Register-PSSessionConfiguration
        Remove-Alias Remove-CimInstance Remove-Event Remove-Item Remove-ItemProperty Remove-PSBreakpoint Remove-PSDrive Remove-PSReadLineKeyHandler
        Remove-Service Remove-TypeData Remove-Variable Rename-Computer Rename-Item Rename-ItemProperty Resolve-Path Restart-Computer
        Restart-Service Resume-Service Save-Module Save-PSResource Save-Script Select-Object Select-String Select-Xml Send-MailMessage
        Set-Acl Set-Alias Set-AuthenticodeSignature Set-CimInstance Set-Clipboard Set-Content Set-Date Set-ExecutionPolicy Set-Item
        Set-ItemProperty Set-Location Set-MarkdownOption Set-PSBreakpoint Set-PSReadLineKeyHandler Set-PSReadLineOption Set-PSRepository
        Set-PSResourceRepository Set-Service Set-TimeZone Set-TraceSource Set-Variable Show-Command Show-Markdown Sort-Object Split-Path
        Start-Job Start-Process Start-Service Start-Sleep Start-ThreadJob Start-Transcript Stop-Computer Stop-Process Stop-Service Stop-Transcript
        Suspend-Service Tee-Object Test-Connection Test-FileCatalog Test-Json Test-ModuleManifest Test-Path Test-PSScriptFileInfo
        Test-WSMan Trace-Command Unblock-File Uninstall-Module Uninstall-Package Uninstall-PSResource Uninstall-Script Unprotect-CmsMessage
        Unregister-Event Unregister-PSRepository Unregister-PSResourceRepository Update-FormatData Update-List Update-Module
        Update-ModuleManifest Update-PSModuleManifest Update-PSResource Update-Script Update-TypeData Wait-Debugger Wait-Event Wait-Process
        Write-Debug Write-Error Write-Host Write-Information Write-Output Write-Progress Write-Verbose Write-Warning
        """;

    private static readonly Lazy<HashSet<string>> Set =
        new(() => new(Names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase));

    /// <summary>Looks a name up, in any case of its letters.</summary>
    /// <param name="name">The name; a module in front (<c>Module\Name</c>) is ignored.</param>
    /// <returns>The name as PowerShell writes it, or <see langword="null"/> if it has no such command.</returns>
    public static string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bare = name[(name.LastIndexOf('\\') + 1)..];
        return Set.Value.TryGetValue(bare, out var exact) ? exact : null;
    }
}
