<#
.SYNOPSIS
    Notebook 3: initial weights.
.DESCRIPTION
    What it shows: each initialiser's mean and standard deviation on a 784 x 512 layer beside its formula; then how networks of eight tanh layers start and
    learn with them: the spread of the activations from layer to layer, and the accuracy. Half a minute on 2 cores.
    What to see: N(0, 0.05^2) has the statistics it says; with zeros the pictures do not reach the output at first, and the accuracy stays near chance; too small weights
    let the signal die out layer by layer (vanishing), too large ones drive tanh to its ends; Xavier's keep it.
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table and the pictures.
.PARAMETER Quick
    Fewer digits and epochs.
.PARAMETER Full
    More digits.
.EXAMPLE
    ./N3-02-initialisers.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-02'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 1000 } elseif ($Full) { 10000 } else { 3000 }
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .8, .2 -Stratify -Seed 42
$one = New-Network 784 | Add-Layer Linear 512 -Name layer
$deep = New-Network 784
foreach ($i in 1..8) { $deep = $deep | Add-Layer Linear 64 -Name "hidden$i" | Add-Layer Tanh -Name "tanh$i" }
$deep = $deep | Add-Layer Linear 10 -Name head

# Standard deviations by formula, for fan-in 784 and fan-out 512; a uniform one on (-a, a) has a/sqrt 3.
$initialisers = @(
    @{ Name = 'Zeros'; Value = 'Zeros'; Formula = 0.0 }
    @{ Name = 'Normal 0.05'; Value = @{ Name = 'Normal'; Std = .05 }; Formula = .05 }
    @{ Name = 'Normal 0.001'; Value = @{ Name = 'Normal'; Std = .001 }; Formula = .001 }
    @{ Name = 'Normal 1'; Value = @{ Name = 'Normal'; Std = 1 }; Formula = 1.0 }
    @{ Name = 'PyTorch default'; Value = $null; Formula = 1 / [Math]::Sqrt(3 * 784) }
    @{ Name = 'XavierUniform'; Value = 'XavierUniform'; Formula = [Math]::Sqrt(2 / (784 + 512)) }
    @{ Name = 'XavierNormal'; Value = 'XavierNormal'; Formula = [Math]::Sqrt(2 / (784 + 512)) }
    @{ Name = 'KaimingNormal'; Value = 'KaimingNormal'; Formula = [Math]::Sqrt(2 / 784) }
    @{ Name = 'LecunNormal'; Value = 'LecunNormal'; Formula = [Math]::Sqrt(1 / 784) }
)
$runs = @()
$table = foreach ($initialiser in $initialisers) {
    $choice = if ($initialiser.Value) { @{ Initialiser = $initialiser.Value } } else { @{} }
    $weight = $one | New-Model -Seed 42 @choice | Get-Weight layer.weight
    $start = $deep | New-Model -Seed 42 @choice
    $row = $digits.Test | Invoke-Model $start -Layer tanh1, tanh8 | Select-Object -First 50
    $spread = foreach ($layer in 'tanh1', 'tanh8') { ($row | ForEach-Object { $_.Layers[$layer].Values } | Measure-Object -StandardDeviation).StandardDeviation }
    $run = $deep | Invoke-Training $digits -LearningRate 1e-3 -BatchSize 32 -Epochs $(if ($Quick) { 4 } else { 10 }) -Seed 42 @choice
    $runs += $run | Add-Member Weights $initialiser.Name -PassThru
    [pscustomobject]@{
        Initialiser = $initialiser.Name; Formula = $initialiser.Formula; Deviation = $weight.StandardDeviation; Mean = $weight.Mean
        FirstLayer = $spread[0]; EighthLayer = $spread[1]; TestAccuracy = $run.ValidationAccuracy
    }
}
$runs | Export-Plot LearningCurve (Join-Path $Output curves.svg) -By Weights -Metric ValidationAccuracy -Title 'Eight tanh layers' -Force
$table | Save-CourseTable $Output initialisers
