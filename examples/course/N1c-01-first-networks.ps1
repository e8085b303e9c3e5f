<#
.SYNOPSIS
    Notebook 1, part 3: one layer, then a first multi-layer network, on handwritten digits.
.DESCRIPTION
    What it shows: Linear(784,10) with a ReLU behind it, as the notebook has it, without the ReLU, and Linear(784,100)-ReLU-Linear(100,10); cross-entropy,
    Adam with rate 0.001, batches of 32, 10 epochs. Learning curves, test loss and accuracy, the table that compares them. Half a minute on 2 cores.
    What to see: 7,850 and 79,510 parameters; the ReLU on the logits costs accuracy (a class whose logit is never positive cannot be learnt), the hidden layer
    wins. On all 60,000 digits the notebook's figures are 0.759 and 0.979 on the test digits.
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table, the curves and the pictures.
.PARAMETER Quick
    1,500 digits, 4 epochs.
.PARAMETER Full
    All digits there are (10,000 generated ones).
.EXAMPLE
    ./N1c-01-first-networks.ps1 -Data ~/data | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N1c-01'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 1500 } elseif ($Full) { 10000 } else { 6000 }
$epochs = if ($Quick) { 4 } else { 10 }
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .8, .2 -Stratify -Seed 42

$networks = [ordered]@{
    'one layer, ReLU on logits' = New-Network 784 | Add-Layer Linear 10 -Activation ReLU
    'one layer'                 = New-Network 784 | Add-Layer Linear 10
    'multi-layer'               = New-Network 784 | Add-Layer Linear 100 -Activation ReLU | Add-Layer Linear 10
}
$runs = foreach ($name in $networks.Keys) {
    $networks[$name] | Invoke-Training $digits -Loss CrossEntropy -Optimizer Adam -LearningRate 1e-3 -BatchSize 32 -Epochs $epochs -Seed 42 `
        -LearningCurve (Join-Path $Output "$name.csv") -Force | Add-Member Network $name -PassThru
}
$runs | Export-Plot LearningCurve (Join-Path $Output curves.svg) -By Network -Title 'First networks' -Force
$runs | ForEach-Object {
    $measure = $_ | Measure-Model $digits.Test
    [pscustomobject]@{
        Network = $_.Network; Parameters = $_.ParameterCount; TrainingAccuracy = $_.TrainingAccuracy
        TestLoss = $measure.Loss; TestAccuracy = $measure.Accuracy; Mistakes = [int][Math]::Round((1 - $measure.Accuracy) * $measure.Count)
    }
} | Save-CourseTable $Output networks
