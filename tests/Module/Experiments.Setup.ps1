# What the tests of experiment files have in common; dot-sourced in their BeforeAll.
. $PSScriptRoot/Shell.Setup.ps1
$script:basic = @'
@{
    Seed     = 3
    Data     = @{ Generator = 'Moons'; Count = 300; Split = @{ Ratio = .6, .2, .2; Stratify = $true }; Transform = 'Standardize' }
    Network  = @{ Layers = @( @{ Type = 'Linear'; OutFeatures = 8 }, @{ Type = 'ReLU' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 5; Optimizer = 'SGD'; Momentum = .9; LearningRate = .05 }
}
'@
function New-File([string] $name, [string] $text) {
    $folder = Join-Path $TestDrive ([guid]::NewGuid())
    $null = New-Item -ItemType Directory -Path $folder
    Set-Content (Join-Path $folder $name) $text
    Join-Path $folder $name
}
# A long one: many single-row steps with a checkpoint after each epoch.
function New-LongFile {
    New-File long.psd1 @'
@{
    Data     = @{ Generator = 'Moons'; Count = 2000; Split = .8, .2 }
    Network  = @{ Input = 2; Layers = @( @{ Type = 'Linear'; OutFeatures = 16 }, @{ Type = 'Tanh' }, @{ Type = 'Dropout' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 150; BatchSize = 1; LearningRate = 1e-3; CheckpointEvery = 1 }
}
'@
}
# Starts the experiment in a process of its own, as a scheduler does.
function Start-Experiment([string] $file) { Start-Shell "Import-Module '$manifest'; exit (Invoke-Experiment '$file' -ExitCode)" }
