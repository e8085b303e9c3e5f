<#
.SYNOPSIS
    Augmentation: what it does to pictures, and what it is worth when there are few of them.
.DESCRIPTION
    What it shows: circles, squares and triangles, galleries of augmented ones, masks and boxes; then the same small CNN trained on 120 digits,
    as they are, and turned, shifted, scaled and slanted anew in every step. Half a minute on 2 cores.
    What to see: without augmentation the training digits are learnt by heart; with it more of the digits that were never seen are read.
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

# 1. What augmentation makes of pictures, in files and in the terminal.
$shapes = New-Dataset Shapes 60 -Size 32 -Seed 1
$shapes | Show-Dataset Image (Get-Target shapes.png) -Count 16 -Force
$shapes | Add-Transform RandomRotation 45 | Add-Transform ColorJitter .3 .3 .3 .2 | Add-Transform RandomErasing |
    Show-Dataset Augmentation (Get-Target augmented.png) -Count 5 -Variants 7 -Force
$shapes | Add-Transform TrivialAugment | Show-Dataset Augmentation (Get-Target trivial.png) -Count 5 -Variants 7 -Force
New-Dataset Shapes 20 -Target Mask, Box -Seed 2 | Show-Dataset Image (Get-Target boxes.png) -Count 8 -Force

# 2. Few digits to learn from, many to measure on.
$few = if ($Quick) { 60 } else { 120 }
$epochs = if ($Quick) { 3 } else { 80 }
$digits = New-Dataset Digits ($few + 1200) -Seed 1 | Split-Dataset -Count $few, 200, 1000 -Stratify -Seed 1
$digits | Show-Dataset Class (Get-Target classes.svg) -Force
$augmented = $digits | Add-Transform RandomRotation 12 | Add-Transform RandomTranslation .08 | Add-Transform RandomScale .85, 1.15 |
    Add-Transform RandomShear 12
$augmented | Show-Dataset Augmentation -Count 2 -Variants 4 -Width 76 -NoColor

# 3. The same network, with and without.
$network = New-Network 1, 28, 28 |
    Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
    Add-Layer Conv2d 32 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
    Add-Layer Flatten | Add-Layer Linear 64 -Activation ReLU | Add-Layer Linear 10
$rows = foreach ($case in @{ Name = 'plain'; Data = $digits }, @{ Name = 'augmented'; Data = $augmented }) {
    $run = $network | Invoke-Training $case.Data -Optimizer Adam -LearningRate 2e-3 -BatchSize 20 -Epochs $epochs -Seed 1 -LearningCurve (Get-Target "$($case.Name).csv") -Force
    $test = $run | Measure-Model $digits.Test
    [pscustomobject]@{ Training = $case.Name; TrainingAccuracy = $run.TrainingAccuracy; TestAccuracy = $test.Accuracy; TestLoss = $test.Loss; WaitedForData = $run.DataWait / $run.Duration }
}
$rows | Export-Csv (Get-Target accuracy.csv)
$rows
