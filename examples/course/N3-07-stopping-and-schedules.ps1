<#
.SYNOPSIS
    Notebook 3: early stopping and learning-rate schedules.
.DESCRIPTION
    What it shows: early stopping on the validation accuracy with patience 4 within 20 epochs, the best weights given back; the rate divided by ten every three
    epochs (step); the rate cut to a fifth when the validation loss no longer falls (plateau). The rates of both schedules in one picture. Half a minute on 2 cores.
    What to see: the stopped run measures as its best epoch did, not as its last; the step schedule's rates are 1e-3 three times, 1e-4 three
    times, 1e-5 three times, 1e-6 (the notebook prints each after the step that changes it: two, three, three, two). On 8,000 digits of MNIST (-Full -Data) the
    early-stopped run ended after epoch 11 with the weights of epoch 7, accuracy 0.966; the notebook on 60,000 after epoch 16 with those of epoch 12, 0.9825.
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table and the pictures.
.PARAMETER Quick
    Fewer digits, a smaller network.
.PARAMETER Full
    All digits there are.
.EXAMPLE
    ./N3-07-stopping-and-schedules.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-07'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 1000 } elseif ($Full) { 10000 } else { 3000 }
$width = if ($Quick) { 64 } else { 512 }
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .8, .2 -Stratify -Seed 42
$network = New-Network 784 | Add-Layer Linear $width -Activation ReLU | Add-Layer Linear $width -Activation ReLU | Add-Layer Linear 10
$options = @{ Loss = 'CrossEntropy'; Optimizer = 'Adam'; LearningRate = 1e-3; BatchSize = 32; Seed = 42 }

$runs = @(
    $network | Invoke-Training $digits @options -Epochs 20 -EarlyStopping @{ Metric = 'ValidationAccuracy'; Patience = 4; RestoreBest = $true } | Add-Member Setting 'early stopping' -PassThru
    $network | Invoke-Training $digits @options -Epochs 10 -Schedule Step -StepSize 3 -Gamma .1 | Add-Member Setting 'step' -PassThru
    $network | Invoke-Training $digits @options -Epochs 20 -Schedule @{ Name = 'Plateau'; Factor = .2; Patience = 1; Threshold = .01; MinimumRate = 1e-5 } | Add-Member Setting 'plateau' -PassThru
    $network | Invoke-Training $digits @options -Epochs 20 | Add-Member Setting 'constant' -PassThru
)
$rates = foreach ($run in $runs | Where-Object Setting -in step, plateau) {
    $run.History | ForEach-Object { [pscustomobject]@{ Epoch = $_.Epoch; LearningRate = $_.LearningRate; Schedule = $run.Setting } }
}
$rates | Export-Plot Line (Join-Path $Output rates.svg) -X Epoch -Y LearningRate -By Schedule -LogY -Title 'Learning rates' -Force
$runs | Export-Plot LearningCurve (Join-Path $Output curves.svg) -By Setting -Metric ValidationLoss -Title 'Loss on the validation digits' -Force
$runs | ForEach-Object {
    [pscustomobject]@{
        Setting = $_.Setting; Epochs = $_.EpochsCompleted; BestEpoch = ($_.History | Sort-Object ValidationAccuracy -Descending -Stable | Select-Object -First 1).Epoch
        BestAccuracy = ($_.History | Measure-Object ValidationAccuracy -Maximum).Maximum; LastAccuracy = $_.History[-1].ValidationAccuracy
        ModelAccuracy = ($_ | Measure-Model $digits.Test).Accuracy; LastRate = $_.History[-1].LearningRate; Rates = ($_.History.LearningRate | Group-Object | Sort-Object { [double]$_.Name } -Descending | ForEach-Object { "$($_.Count) x $($_.Name)" }) -join ', '
    }
} | Save-CourseTable $Output stopping
