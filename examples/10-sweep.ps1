<#
.SYNOPSIS
    A sweep: learning rate, width and optimizer of a network for digits, with statistics, resumed after a stop.
.DESCRIPTION
    Draws digits, tries settings with TPE and gives up what does not promise anything (ASHA), stops half-way and goes on, repeats the
    best settings over seeds with a paired test, and trains the best one on all the data; then a script as a trial, on this machine, others or a
    cluster. Some seconds; everything is in the folder -Output.
    What to see: the sweep goes on without running a finished trial again; most trials are pruned after an epoch or a few; the summary
    says whether the best setting is better than the next beyond chance; the refitted network is over 90 % right on digits it never saw.
.PARAMETER Output
    Folder for the sweeps and tables.
.PARAMETER Launcher
    Where the trials of the last part run: Auto, Threads, Processes, Ssh or Slurm, or a hashtable with settings. For the last two -Output must be a
    folder that all machines share.
.PARAMETER ComputerName
    The machines of Ssh.
.PARAMETER Quick
    Fewer digits, epochs and trials.
.EXAMPLE
    ./10-sweep.ps1 -Quick
.EXAMPLE
    ./10-sweep.ps1 -Output /shared/sweep -Launcher Ssh -ComputerName alpha, me@beta, @{ Name = 'gamma'; Workers = 4 }
.EXAMPLE
    ./10-sweep.ps1 -Output /shared/sweep -Launcher @{ Name = 'Slurm'; Partition = 'main'; Time = '10:00' }
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/10-sweep'),
    [object] $Launcher = 'Auto',
    [object[]] $ComputerName = @(),
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force
$count, $epochs, $trials = if ($Quick) { 1500, 6, 12 } else { 4000, 16, 40 }

$digits = New-Dataset Digits -Count $count -Seed 1 | Split-Dataset -Ratio .6, .2, .2 -Stratify -Seed 1
$network = { New-Network $Dataset.InputShape | Add-Layer Flatten | Add-Layer Linear $Units -Activation ReLU | Add-Layer Linear 10 }
$space = [ordered]@{
    LearningRate = 'log 1e-4..1e-1'
    Units        = 'int 16..128 step 16'
    Optimizer    = 'Adam', @{ Name = 'SGD'; Momentum = '0.5..0.95' }
}
$pruner = @{ Name = 'ASHA'; MinimumEpochs = 2; ReductionFactor = 3 }
$sweep = @{ Space = $space; Network = $network; Dataset = $digits; Training = @{ Epochs = $epochs; BatchSize = 32 }; Metric = 'ValidationAccuracy' }

# 1. What would it do, and how long would it take?
Invoke-Sweep @sweep -Trials $trials -Pruner $pruner -WhatIf | Out-Host

# 2. Run half of it, as if the machine had been switched off there, and go on.
$path = Join-Path $Output 'sweep'
$half = Invoke-Sweep @sweep -Trials ($trials / 2) -Pruner $pruner -Path $path -Force
$rows = Resume-Sweep $path -Dataset $digits -Trials $trials
"$(@($half).Count) trials, then $(@($rows).Count); of the first, $(@($rows | Where-Object { $_.Started -in $half.Started }).Count) were not run again" | Out-Host
$rows | Group-Object State -NoElement | Out-Host
$rows | Sort-Object Value -Descending | Select-Object -First 5 | Out-Host
$rows | Export-Csv (Join-Path $Output 'trials.csv')

# 3. The three best again with other seeds: is the first really better?
$best = $rows | Sort-Object Value -Descending | Select-Object -First 3
$path = Join-Path $Output 'repeats'
$null = $best | Invoke-Sweep @sweep -Trials $best.Count -Repeat 4 -Seed 100 -Path $path -Force -RefitVariable final
$summary = Get-Trial $path -Summary
$summary | Out-Host
$summary | Export-Csv (Join-Path $Output 'summary.csv')

# 4. The best of them, trained on training and validation rows together, on digits that no trial saw.
$measure = $final | Measure-Model -Dataset $digits.Test
"Refitted on $($final.TrainingCount) digits: test accuracy $($measure.Accuracy.ToString('0.000', [cultureinfo]::InvariantCulture))"

# 5. A script that gets its own data is a trial for any machine: here a small convolutional network. What would happen, and why there?
$trial = Join-Path $Output 'trial.ps1'
Set-Content $trial @"
param([double] `$LearningRate, [int] `$Filters)
Import-Module '$(Resolve-Path $PSScriptRoot/../module/DLExperiments)'
`$data = New-Dataset Digits -Count $($count / 5) -Seed 1 | Split-Dataset .8, .2 -Seed 1
New-Network `$data.InputShape | Add-Layer Conv2d `$Filters 3 -Activation ReLU | Add-Layer MaxPool2d 2 | Add-Layer Flatten | Add-Layer Linear 10 |
    Invoke-Training `$data -LearningRate `$LearningRate -Epochs 2
"@
$where = @{ Launcher = $Launcher }
if ($ComputerName) { $where.ComputerName = $ComputerName }
$sweep = @{ Space = @{ LearningRate = 'log 1e-3..1e-1'; Filters = 4, 8 }; Script = $trial; Trials = $trials / 3; Sampler = 'Halton'; Metric = 'ValidationAccuracy' }
$plan = Invoke-Sweep @sweep @where -WhatIf
"$($plan.Trials) trials, $($plan.Workers) at once$(if ($plan.Hosts) { " on $($plan.Hosts -join ', ')" }). $($plan.LauncherReason)"
Invoke-Sweep @sweep @where -Path (Join-Path $Output 'anywhere') -Force | Sort-Object Value -Descending | Select-Object -First 3 |
    Format-Table Trial, LearningRate, Filters, Value, Engine, Worker | Out-Host
