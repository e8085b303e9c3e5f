<#
.SYNOPSIS
    Notebook 3: losses for two classes, for several classes, and for numbers.
.DESCRIPTION
    What it shows: digits from 5 on against the others with binary cross-entropy on one logit; all ten digits with cross-entropy; then regression of prices with the
    absolute, the squared and Huber's error as the loss, a few wild targets among the training rows. Twenty seconds on 2 cores.
    What to see: each regressor is best in the measure that it was trained on, where the targets are wild the squared error follows them: it has the worst absolute
    error on clean test rows.
.PARAMETER Data
    A folder with mnist and tables/housing.csv; without it, generated digits and a generated table.
.PARAMETER Output
    Folder for the table and the curves.
.PARAMETER Quick
    Fewer digits and epochs.
.PARAMETER Full
    More digits.
.EXAMPLE
    ./N3-03-losses.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-03'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 1500 } elseif ($Full) { 10000 } else { 4000 }
$width = if ($Quick) { 64 } else { 512 }
$epochs = if ($Quick) { 4 } else { 10 }

# 1. Two classes and ten. The two are made of the ten by name.
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .8, .2 -Stratify -Seed 42
$map = @{}
foreach ($digit in 0..9) { $map["$digit"] = if ($digit -ge 5) { 'from 5' } else { 'below 5' } }
$halves = $digits | Add-Transform MapClass -Map $map
$hidden = New-Network 784 | Add-Layer Linear $width -Activation ReLU | Add-Layer Linear $width -Activation ReLU
$binary = $hidden | Add-Layer Linear 1 | Invoke-Training $halves -Loss BCEWithLogits -LearningRate 1e-3 -BatchSize 100 -Epochs $epochs -Seed 42
$several = $hidden | Add-Layer Linear 10 | Invoke-Training $digits -Loss CrossEntropy -LearningRate 1e-3 -BatchSize 100 -Epochs $epochs -Seed 42

# 2. Numbers: Boston's houses, or a table of the same kind; every tenth training price is wild.
$random = [Random]::new(5)
$rows = if ($Data -and (Test-Path $Data/tables/housing.csv)) { Import-Csv $Data/tables/housing.csv -Header (@(1..13 | ForEach-Object { "x$_" }) + 'price') }
else {
    1..500 | ForEach-Object {
        $row = [ordered]@{}
        foreach ($i in 1..13) { $row["x$i"] = $random.NextDouble() }
        $row.price = 10 + 20 * $row.x1 * $row.x2 + 10 * [Math]::Sin(3 * $row.x3) + 5 * $row.x4 + $random.NextDouble()
        [pscustomobject]$row
    }
}
$index = 0
$wild = $rows | Sort-Object { $random.Next() } | ForEach-Object {
    $copy = $_.psobject.Copy()
    if ($index -lt 400 -and $index % 10 -eq 0) { $copy.price = 5 * [double]$copy.price }
    $index++
    $copy
}
$prices = $wild | ConvertTo-Dataset -Target price -Scale Standardize | Split-Dataset -Count 400, ($wild.Count - 400) -Sequential
$regressor = New-Network 13 | Add-Layer Linear 100 -Activation ReLU | Add-Layer Linear 1
$regressions = foreach ($loss in 'MAE', 'MSE', 'Huber') {
    $regressor | Invoke-Training $prices -Loss $loss -LearningRate 3e-3 -BatchSize 32 -Epochs (10 * $epochs) -Seed 42 | Add-Member LossName $loss -PassThru
}
$regressions | Export-Plot LearningCurve (Join-Path $Output regression.svg) -By LossName -Metric TrainingLoss -LogY -Title 'Training loss, each in its own measure' -Force

& {
    [pscustomobject]@{ Task = 'from 5 or below'; Loss = 'BCEWithLogits'; Parameters = $binary.ParameterCount; TestAccuracy = $binary.ValidationAccuracy; TestMAE = $null; TestMSE = $null }
    [pscustomobject]@{ Task = 'ten digits'; Loss = 'CrossEntropy'; Parameters = $several.ParameterCount; TestAccuracy = $several.ValidationAccuracy; TestMAE = $null; TestMSE = $null }
    foreach ($run in $regressions) {
        $measure = $run | Measure-Model $prices.Test
        [pscustomobject]@{ Task = 'prices'; Loss = $run.LossName; Parameters = $run.ParameterCount; TestAccuracy = $null; TestMAE = $measure.MAE; TestMSE = $measure.MSE }
    }
} | Save-CourseTable $Output losses
