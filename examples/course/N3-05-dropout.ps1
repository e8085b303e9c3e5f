<#
.SYNOPSIS
    Notebook 3: dropout.
.DESCRIPTION
    What it shows: what a Dropout layer with p = 0.3 does to ones in training (a share of 0.3 becomes 0, the rest 1/0.7 = 1.4286) and in evaluation (nothing);
    then a network with and without dropout on few digits. Half a minute on 2 cores.
    What to see: with dropout the training loss is higher and the test loss ends lower: the gap between both closes.
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table and the curves.
.PARAMETER Quick
    Fewer digits and epochs, a smaller network.
.PARAMETER Full
    All digits there are.
.EXAMPLE
    ./N3-05-dropout.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-05'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force

# 1. The layer alone, seen through its gradients: h is the mean of 512 ones behind the mask m, the loss is h^2, so one step with rate 256 moves weight j by
#    256 * 2 h m_j / 512 = h m_j. Weights that did not move were masked out; the others say what the rest was multiplied with.
$size = 512
$demo = New-Network 1 | Add-Layer Linear $size -Bias $false -Name ones | Add-Layer Dropout .3 | Add-Layer Linear 1 -Bias $false -Name mean -Frozen
$ones = @{ 'ones.weight' = @(1..$size | ForEach-Object { , (, 1) }); 'mean.weight' = , @(1..$size | ForEach-Object { 1 / $size }) }
$row = [pscustomobject]@{ x = 1; y = 0 } | ConvertTo-Dataset -Target y
$step = $demo | New-Model -Weight $ones | Invoke-Training $row -Loss MSE -Optimizer SGD -LearningRate ($size / 2) -Epochs 1 -Seed 1
$h = [Math]::Sqrt($step.History[0].TrainingLoss)
$mask = ($step | Get-Weight ones.weight).Values | ForEach-Object { (1 - $_) / $h }
$kept = @($mask | Where-Object { [Math]::Abs($_) -gt 1e-3 })
$evaluated = $demo | New-Model -Weight $ones | Measure-Model $row -Loss MSE

# 2. Training with and without.
$count = if ($Quick) { 900 } elseif ($Full) { 10000 } else { 3000 }
$width = if ($Quick) { 128 } else { 512 }
$epochs = if ($Quick) { 15 } else { 20 }
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .5, .5 -Stratify -Seed 42
$plain = New-Network 784 | Add-Layer Linear $width -Activation ReLU | Add-Layer Linear $width -Activation ReLU | Add-Layer Linear 10
$dropout = New-Network 784 | Add-Layer Linear $width -Activation ReLU | Add-Layer Dropout .3 | Add-Layer Linear $width -Activation ReLU | Add-Layer Dropout .3 | Add-Layer Linear 10
$runs = foreach ($network in @{ Name = 'without'; Value = $plain }, @{ Name = 'dropout 0.3'; Value = $dropout }) {
    $network.Value | Invoke-Training $digits -LearningRate 1e-3 -BatchSize 50 -Epochs $epochs -Seed 42 | Add-Member Network $network.Name -PassThru
}
$runs | Export-Plot LearningCurve (Join-Path $Output curves.svg) -By Network -Metric Loss -Title 'With and without dropout' -Force

& {
    [pscustomobject]@{ What = 'share of zeros'; Expected = .3; Value = 1 - $kept.Count / $size }
    [pscustomobject]@{ What = 'factor of the rest'; Expected = 1 / .7; Value = ($kept | Measure-Object -Average).Average }
    [pscustomobject]@{ What = 'mean of ones in evaluation'; Expected = 1.0; Value = [Math]::Sqrt($evaluated.Loss) }
    foreach ($run in $runs) {
        $last = $run.History[-1]
        $own = $run | Measure-Model $digits.Train   # in evaluation mode: with all units, as the test loss
        [pscustomobject]@{ What = "training loss, $($run.Network)"; Expected = $null; Value = $own.Loss }
        [pscustomobject]@{ What = "test loss, $($run.Network)"; Expected = $null; Value = $last.ValidationLoss }
        [pscustomobject]@{ What = "test accuracy, $($run.Network)"; Expected = $null; Value = $last.ValidationAccuracy }
    }
} | Save-CourseTable $Output dropout
