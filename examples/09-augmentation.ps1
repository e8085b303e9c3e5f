<#
.SYNOPSIS
    Augmentation: what it does to pictures, and what it is worth when there are few of them.
.DESCRIPTION
    What it shows: circles, squares and triangles, their class balance, and galleries of augmented ones; then the same small CNN trained on few
    pictures, without augmentation and with flips, shifts, turns and colours. About a minute on 2 cores.
    What to see: without augmentation the training pictures are learnt by heart; with it the pictures that were never seen are told apart better.
.PARAMETER Output
    Folder for the pictures and the curves; it is made when it does not exist.
.PARAMETER Quick
    Fewer pictures and epochs.
.EXAMPLE
    ./09-augmentation.ps1 -Output ~/pictures
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/09-augmentation'),
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force
function Get-Target($name) { Join-Path $Output $name }

# 1. Few pictures to learn from, many to measure on.
$few = if ($Quick) { 60 } else { 150 }
$epochs = if ($Quick) { 3 } else { 60 }
$shapes = New-Dataset Shapes ($few + 600) -Size 32 -Noise .1 -Seed 1 | Split-Dataset -Count $few, 300, 300 -Stratify -Seed 1
$shapes | Show-Dataset Image (Get-Target shapes.png) -Force
$shapes | Show-Dataset Class (Get-Target classes.svg) -Force

# 2. What augmentation makes of them, in files and in the terminal.
$augmented = $shapes | Add-Transform RandomFlip | Add-Transform RandomRotation 180 | Add-Transform RandomTranslation .1 |
    Add-Transform ColorJitter .3 .3 .3 .5
$augmented | Show-Dataset Augmentation (Get-Target augmented.png) -Count 5 -Variants 7 -Force
$shapes | Add-Transform TrivialAugment | Show-Dataset Augmentation (Get-Target trivial.png) -Count 5 -Variants 7 -Force
New-Dataset Shapes 20 -Target Mask, Box -Seed 2 | Show-Dataset Image (Get-Target boxes.png) -Count 8 -Force
$augmented | Show-Dataset Augmentation -Count 1 -Variants 4 -Width 76 -NoColor

# 3. The same network, with and without.
$network = New-Network 3, 32, 32 |
    Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
    Add-Layer Conv2d 32 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
    Add-Layer Flatten | Add-Layer Linear 64 -Activation ReLU | Add-Layer Linear 3
$rows = foreach ($case in @{ Name = 'plain'; Data = $shapes }, @{ Name = 'augmented'; Data = $augmented }) {
    $run = $network | Invoke-Training $case.Data -Optimizer Adam -LearningRate 2e-3 -BatchSize 32 -Epochs $epochs -Seed 1 -LearningCurve (Get-Target "$($case.Name).csv") -Force
    $test = $run | Measure-Model $shapes.Test
    [pscustomobject]@{ Training = $case.Name; TrainingAccuracy = $run.TrainingAccuracy; TestAccuracy = $test.Accuracy; TestLoss = $test.Loss; WaitedForData = $run.DataWait / $run.Duration }
}
$rows | Export-Csv (Get-Target accuracy.csv)
$rows
