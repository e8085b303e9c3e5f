# Runs of an experiment: what the gate says of them, how many are kept, and how they go on after a kill.
BeforeAll { . $PSScriptRoot/Experiments.Setup.ps1 }

Describe 'The gate of an experiment' {
    It 'takes the first run for the baseline and lets the same result pass' {
        $file = New-File gate.psd1 ($basic -replace '}\s*$', "    Repeat = 3`n    Gate = @{ Metric = 'TestLoss'; Baseline = 'baseline.csv' }`n}")
        (Invoke-Experiment $file).State | Should -Be Succeeded
        $baseline = Join-Path (Split-Path $file) baseline.csv
        @(Import-Csv $baseline).Count | Should -Be 3
        $again = Invoke-Experiment $file
        $again.State | Should -Be Succeeded
        Get-Content (Join-Path $again.Path log.txt) | Out-String | Should -Match 'gate: TestLoss .* passed'

        # A baseline that is better by about as much for every seed.
        $rows = Import-Csv $baseline
        foreach ($row in $rows) { $row.TestLoss = [double]$row.TestLoss - .1 - .001 * [double]$row.Seed }
        $rows | Export-Csv $baseline
        $worse = Invoke-Experiment $file -ErrorVariable failure -ErrorAction SilentlyContinue
        $worse.State | Should -Be Regressed
        $worse.ExitCode | Should -Be 3
        $failure[-1].FullyQualifiedErrorId | Should -BeLike 'MetricRegressed*'
        (Get-Content (Join-Path $worse.Path result.json) -Raw | ConvertFrom-Json).state | Should -Be Regressed
        Invoke-Experiment $file -ExitCode -ErrorAction SilentlyContinue | Should -Be 3
    }
}

Describe 'A single run at the gate' {
    It 'may be worse by the tolerance' {
        $file = New-File tolerance.psd1 ($basic -replace '}\s*$', "    Gate = @{ Metric = 'TestLoss'; Baseline = 'baseline.csv'; Tolerance = .01 }`n    Report = @{ Format = 'md' }`n}")
        (Invoke-Experiment $file).State | Should -Be Succeeded
        $baseline = Join-Path (Split-Path $file) baseline.csv
        foreach ($case in @{ Better = .009; State = 'Succeeded' }, @{ Better = .02; State = 'Regressed' }) {
            $rows = @(Import-Csv $baseline)
            $rows[0].TestLoss = (Invoke-Experiment $file -ErrorAction SilentlyContinue).Results[0].TestLoss - $case.Better
            $rows | Export-Csv $baseline
            $run = Invoke-Experiment $file -ErrorAction SilentlyContinue
            $run.State | Should -Be $case.State
        }
        # The report of a run that regressed says so.
        Get-Content (Join-Path $run.Path report.md) -Raw | Should -Match 'TestLoss is worse than the baseline'
    }
}

Describe 'Runs of an experiment' {
    It 'are kept as many as wanted, and other folders stay' {
        $file = New-File keep.psd1 $basic
        $runs = Join-Path (Split-Path $file) runs/keep
        $null = New-Item -ItemType Directory -Path (Join-Path $runs notes)
        $first = 1..3 | ForEach-Object { Invoke-Experiment $file }
        $last = Invoke-Experiment $file -Keep 2
        $left = @([IO.Directory]::GetDirectories($runs) | Sort-Object)
        $left.Count | Should -Be 3
        $left | Should -Contain $last.Path
        $left | Should -Contain $first[2].Path
        Get-Content (Join-Path $last.Path log.txt) | Out-String | Should -Match 'removed .*keep'
    }

    It 'go on after kill -9 with the curve of an undisturbed one, and refuse a second start meanwhile' -Skip:(-not $IsLinux) {
        $straight = New-LongFile
        $undisturbed = Invoke-Experiment $straight
        $file = New-LongFile
        $process = Start-Experiment $file
        $folder = Join-Path (Split-Path $file) runs/long
        Wait-Until { (Test-Path "$folder/*/curve-0.csv") -and @(Get-Content "$folder/*/curve-0.csv").Count -gt 5 }
        try { Invoke-Experiment $file; $failure = $null } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ExperimentLocked*'
        $failure.Exception.Message | Should -Match "process $($process.Id) of"
        Invoke-Experiment $file -ExitCode -ErrorAction SilentlyContinue | Should -Be 4
        $process.Kill()
        $process.WaitForExit()
        $run = Invoke-Experiment $file
        $run.State | Should -Be Succeeded
        $run.Resumed | Should -BeTrue
        @([IO.Directory]::GetDirectories($folder)).Count | Should -Be 1
        $run.Results[0].TestLoss | Should -Be $undisturbed.Results[0].TestLoss
        $losses = Import-Csv (Join-Path $undisturbed.Path curve-0.csv) | ForEach-Object ValidationLoss
        Import-Csv (Join-Path $run.Path curve-0.csv) | ForEach-Object ValidationLoss | Should -Be $losses
    }

    It 'keep what they have on SIGTERM and go on' -Skip:(-not $IsLinux) {
        $file = New-LongFile
        $process = Start-Experiment $file
        $folder = Join-Path (Split-Path $file) runs/long
        Wait-Until { (Test-Path "$folder/*/curve-0.csv") -and @(Get-Content "$folder/*/curve-0.csv").Count -gt 5 }
        & /bin/sh -c "kill -TERM $($process.Id)"
        $process.WaitForExit(20000) | Should -BeTrue
        $process.ExitCode | Should -BeIn 75, 143   # dlx ends as the signal says
        Get-Content "$folder/*/log.txt" | Select-Object -Last 1 | Should -Match 'ended: Interrupted'
        $run = Invoke-Experiment $file
        $run.State | Should -Be Succeeded
        $run.Resumed | Should -BeTrue
        $run.Results[0].EpochsCompleted | Should -Be 150
    }

    It 'do not end because the log cannot grow' -Skip:(-not $IsLinux) {
        $file = New-File full.psd1 $basic
        $folder = Join-Path (Split-Path $file) runs/full/one
        $null = New-Item -ItemType Directory -Path $folder
        Copy-Item $file (Join-Path $folder experiment.psd1)
        $null = [IO.File]::CreateSymbolicLink((Join-Path $folder log.txt), '/dev/full')
        $run = Invoke-Experiment $file -RunName one -WarningVariable warned -WarningAction SilentlyContinue
        $run.State | Should -Be Succeeded
        @($warned).Count | Should -Be 1
        "$warned" | Should -Match 'log.txt'
    }
}
