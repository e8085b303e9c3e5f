# What the tests of launchers to other machines have in common; dot-sourced in their BeforeAll.
. $PSScriptRoot/Shell.Setup.ps1

function Invoke-System([string] $command) { & /bin/sh -c "$command 2>&1" }
function Get-FreePort {
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $listener.LocalEndpoint.Port
    $listener.Stop()
}
# Servers, workers and the test meet by the clock, which a busy machine stretches: what fails once is tried once more, in folders of its own ($attempt).
function Invoke-Twice([scriptblock] $Test, [scriptblock] $Between = {}) {
    $attempt = 'first'
    try { & $Test }
    catch {
        Write-Host "Tried again: $_"
        & $Between
        $attempt = 'second'
        & $Test
    }
}
# A trial that notes when it begins and ends, and takes its time.
function New-Trial([string] $folder, [int] $milliseconds) {
    $null = New-Item -ItemType Directory -Path "$folder/notes" -Force
    Set-Content "$folder/trial.ps1" @"
param([int] `$x)
`$null = New-Item -ItemType File -Path "$folder/notes/begin.`$x.`$([guid]::NewGuid())"
Start-Sleep -Milliseconds $milliseconds
`$null = New-Item -ItemType File -Path "$folder/notes/end.`$x.`$([guid]::NewGuid())"
[pscustomobject]@{ Loss = `$x * `$x; Connection = `$env:SSH_CONNECTION }
"@
    "$folder/trial.ps1"
}
function Get-Note([string] $folder, [string] $kind) { @([IO.Directory]::GetFiles("$folder/notes", "$kind.*")).Count }
