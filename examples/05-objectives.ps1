<#
.SYNOPSIS
    Objectives beyond one loss: two tasks with one trunk, a siamese network that learns distances, and an objective of one's own.
.DESCRIPTION
    How a batch becomes losses is a value, -Objective; the training around it (batches, curve, checkpoints, stopping) stays the same.
    Half a minute on 2 cores; -Quick a few seconds.
    What to see: both tasks are learnt at once, each with a loss of its own in the curve; digits of one class lie nearer together than
    those of two; and a script of three lines makes a regression of the 90 % quantile, below which nine of ten values lie.
.PARAMETER Output
    Folder for the learning curves; it is made when it does not exist.
.PARAMETER Quick
    Fewer rows and epochs.
.EXAMPLE
    ./05-objectives.ps1 -Output ~/objectives
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/05-objectives'),
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force
$random = [System.Random]::new(5)

# 1. Two tasks: from two measurements an age in years, and a kind; one trunk, two heads, each trained on the target of its name.
$people = foreach ($i in 1..$(if ($Quick) { 400 } else { 2000 })) {
    $a = $random.NextDouble(); $b = $random.NextDouble()
    [pscustomobject]@{
        a = $a; b = $b
        age = 10 + 70 * $a * $b + $random.NextDouble()
        kind = if ($a -gt $b) { 'wide' } else { 'tall' }
    }
}
$data = $people | ConvertTo-Dataset -Target age, kind -Scale Standardize -Name people | Split-Dataset -Ratio .8, .2 -Seed 1
$run = New-Network -InputShape 2 |
    Add-Layer Linear 32 -Name trunk | Add-Layer Tanh -Name features |
    Add-Layer Linear 1 -Name age -Output |
    Add-Layer Linear 2 -Name kind -From features -Output |
    Invoke-Training $data -Loss @{ age = 'Huber'; kind = 'CrossEntropy' } -LossWeight @{ age = .1 } `
        -Epochs $(if ($Quick) { 60 } else { 80 }) -LearningRate 2e-2 -Seed 1 -LearningCurve (Join-Path $Output people.csv) -Force
$run | Out-Host
$run.History[-1].Measures | Out-Host
$age, $kind = $run | Measure-Model $data.Test
'Age off by {0:0.00} years, kind right in {1:0.0} %.' -f $age.MAE, (100 * $kind.Accuracy)
$data.Test | Invoke-Model $run | Select-Object -First 5 Row, age, kind | Out-Host

# 2. Distances: a network that places digits on a plane, trained on pairs. Rows of one class are drawn together, others pushed apart.
$digits = New-Dataset Digits -Count $(if ($Quick) { 600 } else { 4000 }) -Seed 1 | Split-Dataset -Ratio .8, .2 -Stratify -Seed 1
$siamese = New-Network -InputShape 1, 28, 28 |
    Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
    Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
    Add-Layer Flatten | Add-Layer Linear 8 -Name place |
    Invoke-Training $digits -Objective Siamese -Margin 2 -Epochs $(if ($Quick) { 4 } else { 8 }) -LearningRate 1e-3 -Seed 1 `
        -LearningCurve (Join-Path $Output digits.csv) -Force
$measure = $siamese | Measure-Model $digits.Test
$measure | Out-Host
'Mean distance of digits: same digit {0:0.000}, other digits {1:0.000}.' -f $measure.Measures.PositiveDistance, $measure.Measures.NegativeDistance

# 3. Your own: the pinball loss of the 90 % quantile. The script gets batches by name; autograd goes through it.
$noisy = New-Dataset Sine -Count $(if ($Quick) { 500 } else { 2000 }) -Noise .3 -Seed 2 | Split-Dataset -Ratio .8, .2 -Seed 2
$quantile = New-Network -InputShape 1 | Add-Layer Linear 32 -Activation Tanh | Add-Layer Linear 1 -Name line |
    Invoke-Training $noisy -Epochs $(if ($Quick) { 80 } else { 120 }) -LearningRate 2e-2 -Seed 1 -Objective {
        param($outputs, $targets)
        $miss = $targets.y - $outputs.line.squeeze(1)
        [torch]::maximum($miss * .9, $miss * -.1).mean()
    }
$below = @($noisy.Train | Invoke-Model $quantile -Output line | Where-Object { $_.Actual -lt $_.Prediction }).Count
'{0:0.0} % of the true values lie below the line.' -f (100 * $below / $noisy.Train.Count)
