<#
.SYNOPSIS
    Lecture 1, slides S63-S66: regularised loss minimisation, selected on the held-out fold.
.DESCRIPTION
    What it shows: the hypothesis classes are all pairs of a penalty and a lambda of 10^-4, 10^-3, ...; each is trained on all folds but one with the
    penalty, and judged on the held-out fold without it; the mean over the folds selects. A polynomial of order 12 learns a noisy target of order 3 from
    40 points. Twenty seconds on 2 cores.
    What to see: too small a lambda overfits, too large a one underfits; the selected pair also has one of the lowest errors on 2,000 new points,
    lower than with hardly any penalty.
.PARAMETER Output
    Folder for the table and the picture.
.PARAMETER Quick
    Fewer folds.
.PARAMETER Full
    More folds.
.EXAMPLE
    ./L1-11-model-selection.ps1 | Sort-Object SelectionError | Select-Object -First 3
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/L1-11'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$folds = if ($Quick) { 3 } elseif ($Full) { 20 } else { 5 }
$order = 12
$lambdas = 1e-4, 1e-3, 1e-2, 1e-1, 1, 10

function Get-PolynomialSet([int] $Count, [double] $Noise, [long] $Seed) {
    New-Dataset Polynomial -Count $Count -Order 3 -Noise $Noise -TargetSeed 5 -Seed $Seed | Add-Transform PolynomialFeatures $order
}
$sample = Get-PolynomialSet 40 .5 1
$new = Get-PolynomialSet 2000 0 99
$network = New-Network $order | Add-Layer Linear 1
$options = @{ Loss = 'MSE'; Optimizer = 'Adam'; LearningRate = .02; BatchSize = 0; Epochs = 1500 }

$table = 'L2', 'L1', 'ElasticNet' | ForEach-Object {
    $penalty = $_
    foreach ($lambda in $lambdas) {
        $errors = foreach ($fold in $sample | Split-Dataset -Fold $folds -Seed 1) {
            $run = $network | Invoke-Training $fold.Train @options -Regulariser @{ Name = $penalty; Lambda = $lambda } -Seed 1
            ($run | Measure-Model $fold.Validation -Loss MSE).Loss
        }
        $whole = $network | Invoke-Training $sample @options -Regulariser @{ Name = $penalty; Lambda = $lambda } -Seed 1
        $statistics = $errors | Measure-Object -Average -StandardDeviation
        [pscustomobject]@{
            Penalty = $penalty; Lambda = $lambda; SelectionError = $statistics.Average; StandardDeviation = $statistics.StandardDeviation
            TrainingError = ($whole | Measure-Model $sample -Loss MSE).Loss; TestError = ($whole | Measure-Model $new -Loss MSE).Loss
        }
    }
}
$table | ForEach-Object {
    [pscustomobject]@{ Lambda = $_.Lambda; Error = $_.SelectionError; Kind = "$($_.Penalty), held-out fold" }
    [pscustomobject]@{ Lambda = $_.Lambda; Error = $_.TestError; Kind = "$($_.Penalty), new points" }
} | Where-Object Kind -like 'L2*' | Export-Plot Line (Join-Path $Output selection.svg) -X Lambda -Y Error -By Kind -LogX -Title 'L2: selection on the held-out fold' -Force
$table | Save-CourseTable $Output selection
