<#
.SYNOPSIS
    A first network: generate digits, train a small CNN, look at its learning curve, measure it, save it, load it again.
.DESCRIPTION
    What it shows: a whole experiment is one pipeline of plain objects. About half a minute on 2 cores; -Quick a few seconds.
    What to see: the loss falls from epoch to epoch, the test accuracy ends above 97 %, and the model that was read back from
    its file measures exactly the same.
.PARAMETER Output
    Folder for the learning curve and the model; it is made when it does not exist.
.PARAMETER Epochs
    How often the network sees the training digits.
.PARAMETER Quick
    Fewer digits and epochs: a look at how it runs, with less accuracy.
.EXAMPLE
    ./01-first-network.ps1 -Output ~/first
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/01-first-network'),
    [int] $Epochs = 4,
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force
if ($Quick) { $Epochs = 2 }

# 1. Data: handwritten-looking digits, 28 x 28, ten classes, split into training and test.
$count = if ($Quick) { 2000 } else { 10000 }
$digits = New-Dataset Digits -Count $count -Seed 1 | Split-Dataset -Ratio .8, .2 -Stratify -Seed 1
$digits | Out-Host

# 2. Network: two convolutions and a linear layer, 10,330 parameters.
$network = New-Network -InputShape 1, 28, 28 |
    Add-Layer Conv2d 16 3 -Padding same -Activation ReLU |
    Add-Layer MaxPool2d 2 |
    Add-Layer Conv2d 16 3 -Padding same -Activation ReLU |
    Add-Layer MaxPool2d 2 |
    Add-Layer Flatten |
    Add-Layer Linear 10
$network | Out-Host

# 3. Training: every epoch is a line of the learning curve, a CSV file that anything can read.
$curve = Join-Path $Output 'curve.csv'
$run = $network | Invoke-Training -Dataset $digits -Optimizer Adam -LearningRate 2e-3 -BatchSize 32 -Epochs $Epochs -Seed 1 -LearningCurve $curve -Force
$run.History | Out-Host

# 4. Measuring: how good is it on digits that it never saw, and which ones does it mistake?
$measure = $run | Measure-Model -Dataset $digits.Test
$measure | Out-Host
$measure.Classes | Sort-Object F1 | Select-Object -First 3 | Out-Host

# 5. Saving and loading: one file holds network, weights, preprocessing and class names.
$file = Join-Path $Output 'digits.safetensors'
$run | Export-Model $file -Force
$again = Import-Model $file | Measure-Model -Dataset $digits.Test
'Test accuracy {0:p2}; after saving and loading {1:p2}.' -f $measure.Accuracy, $again.Accuracy
