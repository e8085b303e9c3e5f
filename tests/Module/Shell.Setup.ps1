# What the tests that start shells of their own have in common; dot-sourced in their BeforeAll.
Import-Module $PSScriptRoot/../../module/DLExperiments
$script:manifest = [IO.Path]::GetFullPath("$PSScriptRoot/../../module/DLExperiments/DLExperiments.psd1")
# Shells and workers of the tests that run inside .NET are dlx; in pwsh they are pwsh.
$dlx = [IO.Path]::GetFullPath("$PSScriptRoot/../../src/DLExperiments.Shell/bin/Release/net10.0/dlx.dll")
if (-not [Environment]::ProcessPath.Contains('pwsh') -and (Test-Path $dlx)) { $env:DLEXPERIMENTS_SHELL = $dlx }
function Start-Shell([string] $command) {
    $shell = @(if ($env:DLEXPERIMENTS_SHELL) { 'dotnet', $env:DLEXPERIMENTS_SHELL } else { [Environment]::ProcessPath })
    $start = [Diagnostics.ProcessStartInfo]::new($shell[0])
    foreach ($argument in @($shell | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-Command', $command) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $process
}
function Wait-Until([scriptblock] $condition, [int] $seconds = 60) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ($clock.Elapsed.TotalSeconds -lt $seconds) { if (& $condition) { return }; Start-Sleep -Milliseconds 50 }
    throw "It did not happen within $seconds s: $condition"
}
