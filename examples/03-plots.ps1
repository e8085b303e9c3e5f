<#
.SYNOPSIS
    Pictures of an experiment: learning curves, a hyperparameter, mistakes, how sure the model is, and where it draws the line.
.DESCRIPTION
    What it shows: any objects of the pipeline become pictures by the names of their properties. About ten seconds on 2 cores.
    What to see: the best of three learning rates, the few digits that are mistaken for one another, and two moons told apart.
.PARAMETER Output
    Folder for the pictures; it is made when it does not exist.
.PARAMETER Quick
    Fewer digits and seeds.
.EXAMPLE
    ./03-plots.ps1 -Output ~/pictures
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/03-plots'),
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force
function Get-Target($name) { Join-Path $Output $name }

# 1. Three learning rates, some seeds each.
$count = if ($Quick) { 600 } else { 2000 }
$seeds = if ($Quick) { 1..2 } else { 1..4 }
$digits = New-Dataset Digits -Count $count -Flatten -Seed 1 | Split-Dataset .7, .15, .15 -Stratify -Seed 1
$network = New-Network 784 | Add-Layer Linear 32 -Activation ReLU | Add-Layer Linear 10
$runs = foreach ($rate in 3e-4, 3e-3, 3e-2) {
    foreach ($seed in $seeds) {
        $network | Invoke-Training $digits -Optimizer Adam -LearningRate $rate -BatchSize 32 -Epochs 8 -Seed $seed
    }
}
$runs | Export-Plot LearningCurve (Get-Target curves.svg) -By LearningRate -Title 'Three learning rates, mean and 95 % interval' -Force
$runs | Export-Plot Line (Get-Target rates.svg) -X LearningRate -Y BestValidationLoss -LogX -Force

# 2. The best run, closer: in the terminal too.
$best = $runs | Sort-Object BestValidationLoss | Select-Object -First 1
$best | Export-Plot LearningCurve (Get-Target best.png) -Force
$best | Show-Plot LearningCurve -Metric Loss -Width 76 -Height 14 -NoColor
$best | Export-LearningCurve (Get-Target best.csv) -Force

# 3. What it mistakes, and how sure it is.
$best | Measure-Model $digits.Test | Export-Plot ConfusionMatrix (Get-Target confusion.svg) -Force
$predictions = $digits.Test | Invoke-Model $best
$predictions | Sort-Object IsCorrect | Export-Plot ImageGrid (Get-Target mistakes.png) -Dataset $digits.Test -Count 24 -Title 'Mistakes first' -Force
$predictions | Export-Plot Calibration (Get-Target calibration.svg) -Bins 10 -Force
$predictions | Export-Plot ROC (Get-Target roc.svg) -Force
$predictions | Export-Plot PrecisionRecall (Get-Target pr.svg) -Force
$predictions | Export-Plot Histogram (Get-Target confidence.svg) -X Probability -By IsCorrect -Bins 20 -Force
$predictions | Measure-Prediction Accuracy, F1, RocAuc, LogLoss, CalibrationError -Bootstrap 200 -Seed 1 | Out-Host

# 4. Two moons and the line between them.
$moons = New-Dataset Moons -Count 300 -Seed 1 | Split-Dataset .8, .2 -Stratify -Seed 1
$moons | Export-Plot Scatter (Get-Target moons.svg) -Force
New-Network 2 | Add-Layer Linear 16 -Activation Tanh | Add-Layer Linear 2 |
    Invoke-Training $moons -Epochs 40 -LearningRate .03 -Seed 1 |
    Export-Plot DecisionBoundary (Get-Target boundary.svg) -Dataset $moons.Train -Force

'{0} pictures in {1}.' -f (Get-ChildItem $Output | Where-Object Name -Match '\.(svg|png)$').Count, $Output
