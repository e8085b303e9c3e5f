<#
.SYNOPSIS
    Notebook 3: weight decay and penalties on weights and activations.
.DESCRIPTION
    What it shows: a network that can learn its few training digits by heart, trained with Adam and weight decays from 0 to 0.1, and with penalties L1, L2 and on
    activations. Accuracy on training and test digits, norm of the weights, share of weights near zero. Half a minute on 2 cores.
    What to see: the norm falls as the decay grows; with too much the network cannot even learn the training digits; L1 makes many weights small.
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table and the picture.
.PARAMETER Quick
    Fewer digits and epochs.
.PARAMETER Full
    More digits and seeds.
.EXAMPLE
    ./N3-04-weight-decay.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-04'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 900 } elseif ($Full) { 6000 } else { 2000 }
$epochs = if ($Quick) { 10 } else { 20 }
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .5, .5 -Stratify -Seed 42
$network = New-Network 784 | Add-Layer Linear 128 -Activation ReLU -Name hidden | Add-Layer Linear 10 -Name head

$settings = @(foreach ($decay in 0, 1e-4, 1e-3, 1e-2, 1e-1) { @{ Name = "weight decay $decay"; Decay = $decay; Options = @{ Optimizer = @{ Name = 'Adam'; WeightDecay = $decay } } } })
$settings += @{ Name = 'L1 1e-3'; Options = @{ Regulariser = 'L1'; Lambda = 1e-3 } }
$settings += @{ Name = 'L2 1e-3'; Options = @{ Regulariser = 'L2'; Lambda = 1e-3 } }
$settings += @{ Name = 'activations 1e-3'; Options = @{ Regulariser = @{ Name = 'Activation'; Lambda = 1e-3 } } }
$rows = foreach ($setting in $settings) {
    $options = $setting.Options
    $run = $network | Invoke-Training $digits @options -LearningRate 1e-3 -BatchSize 50 -Epochs $epochs -Seed 42
    $weights = $run | Get-Weight *.weight | ForEach-Object Values
    $squares = 0.0; $near = 0
    foreach ($w in $weights) { $squares += $w * $w; if ([Math]::Abs($w) -lt 1e-3) { $near++ } }
    [pscustomobject]@{
        Setting = $setting.Name; WeightDecay = $setting.Decay; TrainingAccuracy = ($run | Measure-Model $digits.Train).Accuracy; TestAccuracy = $run.ValidationAccuracy
        WeightNorm = [Math]::Sqrt($squares); NearZero = $near / $weights.Count
    }
}
$rows | Where-Object WeightDecay -gt 0 | ForEach-Object {
    [pscustomobject]@{ WeightDecay = $_.WeightDecay; Accuracy = $_.TrainingAccuracy; Piece = 'training' }
    [pscustomobject]@{ WeightDecay = $_.WeightDecay; Accuracy = $_.TestAccuracy; Piece = 'test' }
} | Export-Plot Line (Join-Path $Output decay.svg) -X WeightDecay -Y Accuracy -By Piece -LogX -Title 'Accuracy against weight decay' -Force
$rows | Save-CourseTable $Output decay
