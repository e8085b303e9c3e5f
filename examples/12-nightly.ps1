<#
.SYNOPSIS
    A nightly run: retrain, compare with the baseline, fail on a regression, write a report.
.DESCRIPTION
    Runs 12-nightly.psd1 with Invoke-Experiment twice and once more with a network that was crippled, as a careless change would do, and ends as a
    scheduled job should. What to see: the first run becomes the baseline, the second is as good, the third has the exit code 3 and says by how much it is worse.
    Each run has its report.html and report.md, latest.html is that of the newest: the verdict of the gate, learning curves,
    measures, mistakes. At the end the crontab line that would run it every night; nothing is registered.
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

if ($Once) {
    exit (Invoke-Experiment $file -Output (Join-Path $Output 'runs') -Keep 14 -ExitCode -ErrorAction Continue)
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
"The report of the last run, which says why it failed: $(Join-Path $Output latest.html)"

# 3. What would run it every night at half past two. Without -WhatIf it is written.
(Register-Experiment $file -Scheduler Cron -At 02:30 -Keep 14 -WhatIf).Text
