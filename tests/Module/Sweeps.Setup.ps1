# What the tests of sweeps have in common; dot-sourced in their BeforeAll.
Import-Module $PSScriptRoot/../../module/DLExperiments
$script:moons = New-Dataset Moons -Count 200 | Split-Dataset .8, .2 -Seed 1
$script:net = { New-Network 2 | Add-Layer Linear $Units -Activation ReLU | Add-Layer Linear 2 }
$script:space = @{ LearningRate = 'log 1e-3..1e-1'; Units = 4, 16 }
function Get-Table($rows) { ($rows | Sort-Object Trial | ForEach-Object { "$($_.Trial) $($_.State) $($_.Parameters) $($_.Seed) $($_.Value) $($_.Epochs)" }) -join "`n" }

# A script that needs nothing of this session, so that any process can run it.
$script:trial = Join-Path $TestDrive trial.ps1
Set-Content $trial @"
param([double] `$LearningRate, [int] `$Units = 8)
Import-Module '$([IO.Path]::GetFullPath("$PSScriptRoot/../../module/DLExperiments"))'
`$data = New-Dataset Moons -Count 200 | Split-Dataset .8, .2 -Seed 1
New-Network 2 | Add-Layer Linear `$Units -Activation ReLU | Add-Layer Linear 2 |
    Invoke-Training `$data -LearningRate `$LearningRate -Epochs 8
"@
# Workers of the tests that run inside .NET take dlx; in pwsh they take pwsh.
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
