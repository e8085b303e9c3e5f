<#
.SYNOPSIS
    How a training is steered, watched, interrupted and resumed.
.DESCRIPTION
    Early stopping with the best model kept, learning-rate schedules as a table, a script at every step, gradients that vanish layer by layer, units that die, and a
    training that is stopped in the middle and goes on to the same last bit. Half a minute; with -Quick a few seconds.
    What to see: the training stops some epochs after its best one and gives the weights of that; the gradients of the deep sigmoid network shrink towards its first layer
    (by five powers of ten; those of the ReLU network by two); a great learning rate kills ReLU units; the resumed training ends where the one in a piece does.
.PARAMETER Output
    Folder for the models, the checkpoints and the tables.
.PARAMETER Quick
    Fewer epochs.
.EXAMPLE
    ./06-training-control.ps1 -Quick
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/06-training-control'),
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force
$epochs = if ($Quick) { 40 } else { 200 }

$data = New-Dataset Moons -Count 300 -Noise 0.35 -Seed 3 | Split-Dataset -Ratio .5, .25, .25 -Stratify -Seed 1
$network = New-Network 2 | Add-Layer Linear 64 -Activation ReLU | Add-Layer Linear 64 -Activation ReLU | Add-Layer Linear 2

# 1. Early stopping: the best epoch's model is in a file at every moment, and in the result.
$best = Join-Path $Output 'best.safetensors'
$run = $network | Invoke-Training $data -Epochs $epochs -LearningRate 1e-2 -EarlyStopping @{ Metric = 'ValidationLoss'; Patience = 10 } -SaveBest $best -Force
'Stopped after epoch {0} ({1}), best epoch {2}; validation loss {3:F4}' -f $run.EpochsCompleted, $run.StopReason, $run.BestEpoch, $run.BestValidationLoss
$loss = (Import-Model $best | Measure-Model $data.Validation).Loss
'The saved model has {0:F4}' -f $loss

# 2. Schedules side by side: the learning rate of each epoch, as a table and a CSV file.
$schedules = [ordered]@{
    Step     = @{ Name = 'Step'; StepSize = 3 }
    Cosine   = @{ Name = 'Cosine'; WarmUp = 2 }
    OneCycle = @{ Name = 'OneCycle'; Per = 'Epoch'; CycleMomentum = $true }
    Plateau  = @{ Name = 'Plateau'; Patience = 1; Factor = .2; Threshold = .01 }
}
$rates = @{}
foreach ($name in $schedules.Keys) { $rates[$name] = ($network | Invoke-Training $data -Epochs 10 -LearningRate 1e-2 -Schedule $schedules[$name]).History.LearningRate }
$table = foreach ($epoch in 1..10) {
    $row = [ordered]@{ Epoch = $epoch }
    foreach ($name in $schedules.Keys) { $row[$name] = $rates[$name][$epoch - 1] }
    [pscustomobject]$row
}
$table | Export-Csv (Join-Path $Output 'schedules.csv')
$columns = foreach ($name in $schedules.Keys) { @{ Name = $name; Expression = $name; FormatString = 'G3' } }
$table | Format-Table (@('Epoch') + $columns) | Out-Host

# 3. A script at every step: it keeps the losses, and ends the training when they are low enough.
$losses = [System.Collections.Generic.List[double]]::new()
$run = $network | Invoke-Training $data -Epochs $epochs -LearningRate 1e-2 -OnStep {
    $losses.Add($_.Loss)
    if ($_.TrainingLoss -lt 0.3) { $false }
}
'{0} steps, the first loss {1:F3}, the last {2:F3}' -f $run.StepsCompleted, $losses[0], $losses[-1]

# 4. Vanishing gradients: the same depth with sigmoids and with ReLUs, the norm of each layer's gradient.
$norms = foreach ($activation in 'Sigmoid', 'ReLU') {
    $deep = New-Network 2
    foreach ($i in 1..6) { $deep = $deep | Add-Layer Linear 16 -Activation $activation }
    $run = $deep | Add-Layer Linear 2 | Invoke-Training $data -Epochs 2 -ReportLayer
    $run.History[0].Layers | Select-Object @{ Name = 'Activation'; Expression = { $activation } }, Layer, GradientNorm, WeightNorm
}
$norms | Export-Csv (Join-Path $Output 'layers.csv')
$norms | Format-Table Activation, Layer, @{ Name = 'GradientNorm'; Expression = 'GradientNorm'; FormatString = 'E2' } | Out-Host

# 5. Dead units: a rate that is too great pushes ReLUs to where they give 0 for every row and learn no more.
foreach ($rate in 1e-2, 1) {
    $run = $network | Invoke-Training $data -Epochs 10 -Optimizer SGD -LearningRate $rate -Momentum 0.9 -ReportDeadUnit
    'Learning rate {0}: {1:P0} of the units are dead' -f $rate, $run.History[-1].DeadUnits
}

# 6. Stopped in the middle of an epoch and resumed: the same last bit as in one piece.
$checkpoints = Join-Path $Output 'checkpoints'
$whole = $network | Invoke-Training $data -Epochs 12 -Seed 5
$part = $network | Invoke-Training $data -Epochs 12 -Seed 5 -Checkpoint $checkpoints -MaxSteps 33 -Force
$rest = Resume-Training $checkpoints $data -MaxSteps 1000000
'Stopped after step {0} ({1}); {2} after going on, {3} in one piece' -f $part.StepsCompleted, $part.StopReason, $rest.FinalTrainingLoss.ToString('R'), $whole.FinalTrainingLoss.ToString('R')
