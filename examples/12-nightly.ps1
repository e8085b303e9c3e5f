<#
.SYNOPSIS
    A nightly run: retrain, compare with the baseline, fail on a regression, write a report.
.DESCRIPTION
    Runs 12-nightly.psd1 with Invoke-Experiment twice and once more with a network that was crippled, as a careless change would do, and ends as a
    scheduled job should. What to see: the first run becomes the baseline, the second is as good, the third has the exit code 3 and says by how much it is worse.
    report.md has a table of the runs, report.svg their learning curves. At the end the crontab line that would run it every night; nothing is registered.
.PARAMETER Output
    Folder for the experiment's file, the runs and the report.
.PARAMETER Quick
    Fewer digits and epochs.
.PARAMETER Once
    Runs the experiment once and ends with its exit code, as a scheduler wants it: 0 as good as the baseline, 3 worse.
.EXAMPLE
    ./12-nightly.ps1 -Quick
.EXAMPLE
    ./12-nightly.ps1 -Once
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/12-nightly'),
    [switch] $Quick,
    [switch] $Once
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force
$file = Join-Path $Output 'nightly.psd1'
$text = Get-Content (Join-Path $PSScriptRoot '12-nightly.psd1') -Raw
if ($Quick) { $text = $text.Replace('Count = 2000', 'Count = 600').Replace('Epochs = 12', 'Epochs = 6') }
Set-Content $file $text

# The report: what each run measured, and how it ended.
function Write-Report($runs) {
    $rows = foreach ($run in $runs) {
        foreach ($row in $run.Results) { [pscustomobject]@{ Run = Split-Path $run.Path -Leaf; State = $run.State; Seed = $row.Seed; TestAccuracy = $row.TestAccuracy; TestLoss = $row.TestLoss } }
    }
    $lines = @('# Nightly run', '', '| Run | State | Seed | Test accuracy | Test loss |', '|---|---|---|---|---|') +
        @($rows | ForEach-Object { '| {0} | {1} | {2} | {3:0.0000} | {4:0.0000} |' -f $_.Run, $_.State, $_.Seed, $_.TestAccuracy, $_.TestLoss }) +
        @('') + @($runs | Where-Object Error | ForEach-Object { "$(Split-Path $_.Path -Leaf): $($_.Error)" }) + @('', '![Learning curves](report.svg)')
    Set-Content (Join-Path $Output 'report.md') $lines
    $runs[-1].Path | ForEach-Object { Import-LearningCurve (Join-Path $_ 'curve-*.csv') } | Export-Plot LearningCurve (Join-Path $Output 'report.svg') -Force
}

if ($Once) {
    $run = Invoke-Experiment $file -Output (Join-Path $Output 'runs') -Keep 14 -ErrorAction Continue
    if ($run.Results) { Write-Report $run }
    exit $run.ExitCode
}

# 1. The first night makes the baseline, the second is as good.
$runs = @()
Remove-Item (Join-Path $Output 'baseline.csv') -ErrorAction SilentlyContinue
$runs += 1..2 | ForEach-Object { Invoke-Experiment $file -Output (Join-Path $Output 'runs') -Keep 14 }

# 2. A change that looks harmless: the gate finds it.
Set-Content $file $text.Replace('OutFeatures = 64', 'OutFeatures = 3')
$runs += Invoke-Experiment $file -Output (Join-Path $Output 'runs') -Keep 14 -ErrorAction SilentlyContinue
Set-Content $file $text

foreach ($run in $runs) {
    "{0}: exit code {1}, test accuracy {2:0.000} {3}" -f $run.State, $run.ExitCode, ($run.Results | Measure-Object TestAccuracy -Average).Average, $run.Error
}
Write-Report $runs

# 3. What would run it every night at half past two. Without -WhatIf it is written.
(Register-Experiment $file -Scheduler Cron -At 02:30 -Keep 14 -WhatIf).Text
