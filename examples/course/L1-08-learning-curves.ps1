<#
.SYNOPSIS
    Lecture 1, slide S56: learning curves, against the number of points and against epochs.
.DESCRIPTION
    What it shows: a network trained on 10 to 1,000 points of a noisy sine; its training error and its test error on 5,000 other points, means over
    seeds. Then one training in detail: both errors against epochs for few points. Twenty seconds on 2 cores.
    What to see: with few points the training error is far below the test error; both meet near the noise (variance 0.09) as n grows. Against epochs
    the training error keeps falling while the test error has its minimum early.
    With real data: wine quality from eleven measurements, the same two curves.
.PARAMETER Data
    A folder with tables/winequality-white.csv (no header, quality last); without it the noisy sine alone.
.PARAMETER Output
    Folder for the tables and the pictures.
.PARAMETER Quick
    Fewer sizes, seeds and epochs.
.PARAMETER Full
    More seeds.
.EXAMPLE
    ./L1-08-learning-curves.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/L1-08'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$sizes = if ($Quick) { 10, 50, 500 } else { 10, 20, 50, 100, 200, 500, 1000 }
$seeds = if ($Quick) { 1..3 } elseif ($Full) { 1..20 } else { 1..5 }
$steps = if ($Quick) { 3000 } else { 6000 }

# One curve against n: the same number of updates for every n, so that only the points differ.
function Get-SizeCurve([string] $Name, $Network, $Test, [scriptblock] $Sample) {
    foreach ($n in $sizes) {
        foreach ($seed in $seeds) {
            $train = & $Sample $n $seed
            $run = $Network | Invoke-Training $train -Loss MSE -LearningRate .01 -BatchSize 10 -Epochs ([Math]::Max(1, $steps * 10 / $n)) -Seed $seed
            [pscustomobject]@{ Set = $Name; Points = $n; Seed = $seed; Training = ($run | Measure-Model $train).MSE; Test = ($run | Measure-Model $Test).MSE }
        }
    }
}

$network = New-Network 1 | Add-Layer Linear 24 -Activation Tanh | Add-Layer Linear 24 -Activation Tanh | Add-Layer Linear 1
$test = New-Dataset Sine -Count 5000 -Noise .3 -Seed 1000
$curves = @(Get-SizeCurve 'noisy sine' $network $test { param($n, $seed) New-Dataset Sine -Count $n -Noise .3 -Seed $seed })
if ($Data -and (Test-Path $Data/tables/winequality-white.csv)) {
    $header = 1..11 | ForEach-Object { "x$_" }
    $wine = Import-Csv $Data/tables/winequality-white.csv -Header ($header + 'quality') | ConvertTo-Dataset -Target quality -Scale Standardize | Split-Dataset -Count 3898, 1000 -Seed 1
    $wineNetwork = New-Network 11 | Add-Layer Linear 24 -Activation Tanh | Add-Layer Linear 1
    $curves += Get-SizeCurve 'wine quality' $wineNetwork $wine.Test { param($n, $seed) ($wine.Train | Split-Dataset -Count $n, (3898 - $n) -Seed $seed).Train }
}
$table = @($curves | Group-Object Set, Points | ForEach-Object {
    [pscustomobject]@{
        Set = $_.Group[0].Set; Points = $_.Group[0].Points
        TrainingError = ($_.Group | Measure-Object Training -Average).Average; TestError = ($_.Group | Measure-Object Test -Average).Average
    }
})
$curves | Where-Object Set -eq 'noisy sine' | ForEach-Object {
    [pscustomobject]@{ Points = $_.Points; Error = $_.Training; Kind = 'training' }
    [pscustomobject]@{ Points = $_.Points; Error = $_.Test; Kind = 'test' }
} | Export-Plot Line (Join-Path $Output sizes.svg) -X Points -Y Error -By Kind -LogX -Title 'Error against the number of points' -Force

# Against epochs, with 30 points.
$few = New-Dataset Sine -Count 30 -Noise .3 -Seed 3
$run = $network | Invoke-Training $few -ValidationDataset $test -Loss MSE -LearningRate .01 -BatchSize 10 -Epochs ($steps / 3) -Seed 1 -LearningCurve (Join-Path $Output epochs.csv) -Force
$run | Export-Plot LearningCurve (Join-Path $Output epochs.svg) -Title 'Error against epochs, 30 points' -Force
$best = $run.History | Sort-Object ValidationLoss | Select-Object -First 1
$table += [pscustomobject]@{ Set = "30 points, best epoch $($best.Epoch)"; Points = 30; TrainingError = $best.TrainingLoss; TestError = $best.ValidationLoss }
$table += [pscustomobject]@{ Set = "30 points, last epoch $($run.History[-1].Epoch)"; Points = 30; TrainingError = $run.History[-1].TrainingLoss; TestError = $run.History[-1].ValidationLoss }
$table | Save-CourseTable $Output errors
