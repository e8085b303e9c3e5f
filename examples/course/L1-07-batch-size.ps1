<#
.SYNOPSIS
    Lecture 1, slides S44-S45: an update after a single point, after a batch, after all points.
.DESCRIPTION
    What it shows: the same network, data and learning rate with batches of 1, 32 and all rows, three seeds each. Ten seconds on 2 cores.
    What to see: single points make the most updates in an epoch, so they get lowest in the same number of epochs, on the noisiest path; all rows at
    once make one update, along the smoothest path; batches are between. With a rate that falls from step to step, the noise of single points settles.
.PARAMETER Output
    Folder for the table and the picture.
.PARAMETER Quick
    One seed, fewer epochs.
.PARAMETER Full
    Ten seeds.
.EXAMPLE
    ./L1-07-batch-size.ps1 | Format-Table
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/L1-07'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$epochs = if ($Quick) { 15 } else { 40 }
$seeds = if ($Quick) { , 1 } elseif ($Full) { 1..10 } else { 1..3 }
$data = New-Dataset Moons -Count 400 -Noise .2 -Seed 1 | Split-Dataset .75, .25 -Stratify -Seed 1
$network = New-Network 2 | Add-Layer Linear 16 -Activation Tanh | Add-Layer Linear 2

$settings = @(
    @{ Name = 'single point'; BatchSize = 1 }
    @{ Name = 'single point, falling rate'; BatchSize = 1; Schedule = @{ Name = 'Exponential'; Gamma = .9 } }
    @{ Name = 'batch of 32'; BatchSize = 32 }
    @{ Name = 'all points'; BatchSize = 0 }
)
$runs = foreach ($setting in $settings) {
    $options = $setting.Clone()
    $options.Remove('Name')
    foreach ($seed in $seeds) {
        $network | Invoke-Training $data -Optimizer SGD -LearningRate .1 -Epochs $epochs -Seed $seed @options |
            Add-Member Update $setting.Name -PassThru
    }
}
$runs | Export-Plot LearningCurve (Join-Path $Output batch-size.svg) -By Update -Metric TrainingLoss -Title 'Training loss by granularity of the update' -Force

$runs | Group-Object Update | ForEach-Object {
    # How rough the path is: the mean absolute second difference of the training loss over the later half.
    $rough = foreach ($run in $_.Group) {
        $loss = @($run.History.TrainingLoss)
        foreach ($i in ([int]($loss.Count / 2))..($loss.Count - 2)) { [Math]::Abs($loss[$i + 1] - 2 * $loss[$i] + $loss[$i - 1]) }
    }
    $size = $_.Group[0].BatchSize
    [pscustomobject]@{
        Update = $_.Name; UpdatesPerEpoch = if ($size) { [int][Math]::Ceiling(300 / $size) } else { 1 }
        TrainingLoss = ($_.Group | ForEach-Object { $_.History[-1].TrainingLoss } | Measure-Object -Average).Average
        ValidationAccuracy = ($_.Group | Measure-Object ValidationAccuracy -Average).Average
        Roughness = ($rough | Measure-Object -Average).Average
    }
} | Save-CourseTable $Output batch-size
