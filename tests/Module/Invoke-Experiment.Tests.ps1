# Invoke-Experiment: experiments as files
BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:manifest = [IO.Path]::GetFullPath("$PSScriptRoot/../../module/DLExperiments/DLExperiments.psd1")
    $script:basic = @'
@{
    Seed     = 3
    Data     = @{ Generator = 'Moons'; Count = 300; Split = @{ Ratio = .6, .2, .2; Stratify = $true }; Transform = 'Standardize' }
    Network  = @{ Layers = @( @{ Type = 'Linear'; OutFeatures = 8 }, @{ Type = 'ReLU' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 5; Optimizer = 'SGD'; Momentum = .9; LearningRate = .05 }
}
'@
    function New-File([string] $name, [string] $text) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory -Path $folder
        Set-Content (Join-Path $folder $name) $text
        Join-Path $folder $name
    }
    # A long one: many single-row steps with a checkpoint after each epoch.
    function New-LongFile {
        New-File long.psd1 @'
@{
    Data     = @{ Generator = 'Moons'; Count = 2000; Split = .8, .2 }
    Network  = @{ Input = 2; Layers = @( @{ Type = 'Linear'; OutFeatures = 16 }, @{ Type = 'Tanh' }, @{ Type = 'Dropout' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 150; BatchSize = 1; LearningRate = 1e-3; CheckpointEvery = 1 }
}
'@
    }
    # Starts the experiment in a process of its own, as a scheduler does.
    $dlx = [IO.Path]::GetFullPath("$PSScriptRoot/../../src/DLExperiments.Shell/bin/Release/net10.0/dlx.dll")
    $script:shell = @(if ([Environment]::ProcessPath.Contains('pwsh') -or -not (Test-Path $dlx)) { [Environment]::ProcessPath } else { 'dotnet', $dlx })
    function Start-Experiment([string] $file) {
        $start = [Diagnostics.ProcessStartInfo]::new($shell[0])
        foreach ($argument in @($shell | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-Command',
            "Import-Module '$manifest'; exit (Invoke-Experiment '$file' -ExitCode)") { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $process
    }
    function Wait-Until([scriptblock] $condition) {
        for ($i = 0; $i -lt 600; $i++) { if (& $condition) { return }; Start-Sleep -Milliseconds 50 }
        throw "It did not happen within 30 s: $condition"
    }
}

Describe 'Invoke-Experiment' {
    It 'does what the cmdlets do, to the last bit' {
        $file = New-File basic.psd1 $basic
        $run = Invoke-Experiment $file
        $run.State | Should -Be Succeeded
        $run.ExitCode | Should -Be 0
        $data = New-Dataset Moons -Count 300 -Seed 3 | Split-Dataset .6, .2, .2 -Stratify -Seed 3 | Add-Transform Standardize
        $hand = New-Network 2 | Add-Layer Linear 8 | Add-Layer ReLU | Add-Layer Linear 2 |
            Invoke-Training $data -Epochs 5 -Optimizer SGD -Momentum .9 -LearningRate .05 -Seed 3
        $run.Results[0].BestValidationLoss | Should -Be $hand.BestValidationLoss
        $run.Results[0].TestLoss | Should -Be ($hand | Measure-Model $data).Loss
        $row = @(Import-Csv (Join-Path $run.Path results.csv))
        $row.Count | Should -Be 1
        [double]$row[0].TestLoss | Should -Be $run.Results[0].TestLoss
        @(Import-Csv (Join-Path $run.Path curve-3.csv)).Count | Should -Be 5
        (Import-Model (Join-Path $run.Path model-3.safetensors) | Measure-Model $data).Loss | Should -Be $run.Results[0].TestLoss
        Get-Content (Join-Path $run.Path experiment.psd1) -Raw | Should -Be (Get-Content $file -Raw)
        $lines = Get-Content (Join-Path $run.Path log.txt)
        $lines | Where-Object { $_ -notmatch '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S' } | Should -BeNullOrEmpty
        $lines[-1] | Should -Match 'ended: Succeeded$'
        (Get-Content (Join-Path $run.Path result.json) -Raw | ConvertFrom-Json).exitCode | Should -Be 0
    }

    It 'reads JSON with the same result' {
        $psd1 = Invoke-Experiment (New-File a.psd1 $basic)
        $json = Invoke-Experiment (New-File a.json @'
{
    "Seed": 3,
    "Data": { "Generator": "Moons", "Count": 300, "Split": { "Ratio": [0.6, 0.2, 0.2], "Stratify": true }, "Transform": ["Standardize"] },
    "Network": { "Layers": [ { "Type": "Linear", "OutFeatures": 8 }, { "Type": "ReLU" }, { "Type": "Linear", "OutFeatures": 2 } ] },
    "Training": { "Epochs": 5, "Optimizer": "SGD", "Momentum": 0.9, "LearningRate": 0.05 }
}
'@)
        $json.Results[0].TestLoss | Should -Be $psd1.Results[0].TestLoss
    }

    It 'reads tables and networks from files beside it' {
        $file = New-File own.psd1 @'
@{ Data = @{ Path = 'flowers.csv'; Target = 'y'; Split = .7, .3 }; Network = 'net.json'; Training = @{ Epochs = 2 }; Measure = @{ BatchSize = 4 } }
'@
        $folder = Split-Path $file
        0..29 | ForEach-Object { [pscustomobject]@{ a = $_ % 3; b = $_ / 10; y = 'x', 'z' | Select-Object -Index ($_ % 2) } } | Export-Csv (Join-Path $folder flowers.csv)
        New-Network 2 | Add-Layer Linear 2 | Export-Network (Join-Path $folder net.json)
        $run = Invoke-Experiment $file -Output (Join-Path $folder out) -RunName first
        $run.State | Should -Be Succeeded
        $run.Path | Should -Be (Join-Path $folder 'out/first')
        $run.Results[0].TestCount | Should -Be 9
        { Invoke-Experiment $file -Output (Join-Path $folder out) -RunName first } | Should -Throw -ErrorId 'RunExists*'
        (Invoke-Experiment $file -Output (Join-Path $folder out) -RunName first -Force).State | Should -Be Succeeded
    }

    It 'takes an architecture' {
        $run = Invoke-Experiment (New-File digits.psd1 @'
@{ Data = @{ Generator = 'Digits'; Count = 60; Split = .8, .2 }; Network = @{ Architecture = 'LeNet5' }; Training = @{ Epochs = 1 } }
'@)
        $run.State | Should -Be Succeeded
        $run.Results[0].ParameterCount | Should -Be (New-Network -Architecture LeNet5).ParameterCount
    }

    It 'sweeps, refits the best setting and measures it' {
        $run = Invoke-Experiment (New-File sweep.psd1 @'
@{
    Data     = @{ Generator = 'Moons'; Count = 200; Split = .6, .2, .2 }
    Network  = @{ Layers = @( @{ Type = 'Linear'; OutFeatures = 8 }, @{ Type = 'Tanh' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 4 }
    Sweep    = @{ Space = @{ LearningRate = .001, .05; BatchSize = 8, 32 }; ThrottleLimit = 2 }
}
'@)
        $run.State | Should -Be Succeeded
        $trials = Import-Csv (Join-Path $run.Path trials.csv)
        $trials.Count | Should -Be 4
        $best = $trials | Sort-Object { [double]$_.Value } | Select-Object -First 1
        $run.Results[0].LearningRate | Should -Be ([double]$best.LearningRate)
        $run.Results[0].TestAccuracy | Should -BeGreaterThan .6
        Get-Variable __experiment_result -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'trains the best setting of a sweep with several seeds, and writes a report' {
        $run = Invoke-Experiment (New-File report.psd1 @'
@{
    Seed     = 5
    Repeat   = 3
    Data     = @{ Generator = 'Moons'; Count = 200; Split = .6, .2, .2 }
    Network  = @{ Name = 'small'; Layers = @( @{ Type = 'Linear'; OutFeatures = 2 } ) }, @{ Name = 'wide'; Layers = @( @{ Type = 'Linear'; OutFeatures = 16 }, @{ Type = 'Tanh' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 6 }
    Sweep    = @{ Space = @{ LearningRate = .001, .05 } }
    Gate     = @{ Metric = 'TestAccuracy'; Baseline = 'baseline.csv' }
    Report   = @{ Format = 'html', 'md'; Path = 'latest.html'; Title = 'Two networks'; Text = @{ Introduction = 'Which is better?' } }
}
'@)
        $run.Error | Should -BeNullOrEmpty
        $run.Results.Seed | Should -Be 5, 6, 7
        @(Import-Csv (Join-Path $run.Path trials.csv)).Count | Should -Be 4
        # The chosen setting, trained by hand on all rows but those for the test.
        $data = New-Dataset Moons -Count 200 -Seed 5 | Split-Dataset .6, .2, .2 -Seed 5
        $run.Results[0].TrainingCount | Should -Be ($data.Train.Count + $data.Validation.Count)
        $run.Results.LearningRate | Should -Be .05, .05, .05
        @($run.Results.BestTrainingLoss | Sort-Object -Unique).Count | Should -Be 3
        Get-ChildItem $run.Path -Filter model-*.safetensors | Should -HaveCount 3
        $html = Get-Content (Join-Path $run.Path report.html) -Raw
        foreach ($part in 'Two networks', 'Which is better', 'wide', 'there was no baseline|There was no baseline', 'Invoke-Experiment ./report.psd1') { $html | Should -Match $part }
        Get-Content (Join-Path $run.Path report.md) -Raw | Should -Match '# Two networks'
        Join-Path (Split-Path (Split-Path (Split-Path $run.Path))) latest.html | Should -Exist
    }

    It 'estimates by a nested cross-validation and trains the setting chosen on all rows' {
        $run = Invoke-Experiment (New-File nested.psd1 @'
@{
    Data     = @{ Generator = 'Moons'; Count = 120; Split = .8, .2 }
    Network  = @{ Layers = @( @{ Type = 'Linear'; OutFeatures = 8 }, @{ Type = 'Tanh' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 4 }
    Sweep    = @{ Space = @{ LearningRate = .001, .05 }; Fold = 2; OuterFold = 3; Metric = 'ValidationAccuracy' }
    Report   = @{ }
}
'@)
        $run.Error | Should -BeNullOrEmpty
        @(Import-Csv (Join-Path $run.Path nested.csv)).Count | Should -Be 3
        $run.Results.Count | Should -Be 1
        $run.Results[0].TrainingCount | Should -Be 96
        Join-Path $run.Path report.html | Should -Exist
    }

    It 'checks and runs nothing when asked what if' {
        $file = New-File if.psd1 $basic
        Invoke-Experiment $file -WhatIf | Should -BeNullOrEmpty
        Test-Path (Join-Path (Split-Path $file) runs) | Should -BeFalse
    }
}

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

Describe 'Invoke-Experiment names what is wrong: <Says>' {
    It 'in <Text>' -ForEach @(
        @{ Says = 'Data'; Text = '@{ Dta = @{ Generator = "Moons" } }' }
        @{ Says = 'it has no Data'; Text = '@{ Network = "n.json" }' }
        @{ Says = 'it has no Network'; Text = '@{ Data = @{ Generator = "Moons" } }' }
        @{ Says = 'Momentum'; Text = '@{ Data = @{ Generator = "Moons" }; Network = @{ Layers = @() }; Training = @{ Momentun = .9 } }' }
        @{ Says = 'either Path'; Text = '@{ Data = @{ Count = 3 }; Network = "n.json" }' }
        @{ Says = 'Spirals'; Text = '@{ Data = @{ Generator = "Spirlas" }; Network = "n.json" }' }
        @{ Says = 'Stratify'; Text = '@{ Data = @{ Generator = "Moons"; Split = @{ Ratio = .8, .2; Statify = $true } }; Network = "n.json" }' }
        @{ Says = 'Standardize'; Text = '@{ Data = @{ Generator = "Moons"; Transform = "Standrdize" }; Network = "n.json" }' }
        @{ Says = 'line 1 holds code'; Text = '@{ Data = @{ Generator = (Get-Date) }; Network = "n.json" }' }
        @{ Says = 'holds code'; Text = '@{ Data = "$(Remove-Item x)" }' }
        @{ Says = 'one hashtable'; Text = 'Get-Process' }
        @{ Says = 'line 1'; Text = '@{ Data = ' }
        @{ Says = 'Space'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Sweep = @{ Trials = 3 } }' }
        @{ Says = 'Sweep.Space: .*LearningRate'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Sweep = @{ Space = @{ LearningRate = "log 0..1" } } }' }
        @{ Says = "Training.Epochs is 'many', which is not a value of type whole number"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Training = @{ Epochs = "many" } }' }
        @{ Says = 'Sweep.Trials is 0; it is at least 1'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Sweep = @{ Space = @{ LearningRate = 1, 2 }; Trials = 0 } }' }
        @{ Says = "Sweep.Goal is 'Least'.*Minimize"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Sweep = @{ Space = @{ LearningRate = 1, 2 }; Goal = "Least" } }' }
        @{ Says = 'Gate.Tolerance is -1'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Gate = @{ Metric = "TestLoss"; Baseline = "b.csv"; Tolerance = -1 } }' }
        @{ Says = "Report.Format: 'report.doc' ends in '.doc'"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Report = @{ Format = "doc" } }' }
        @{ Says = "Report.Layout is 'Long'.*Coursework"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Report = @{ Layout = "Long" } }' }
        @{ Says = "Report has no 'Fromat'. .*Format"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Report = @{ Fromat = "md" } }' }
        @{ Says = "Training.Momentum is 'much'"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Training = @{ Optimizer = "SGD"; Momentum = "much" } }' }
        @{ Says = "Training.Optimizer: .*Adam"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Training = @{ Optimizer = "Adm" } }' }
        @{ Says = "Data.Count is 'many'"; Text = '@{ Data = @{ Generator = "Moons"; Count = "many" }; Network = "n.json" }' }
        @{ Says = 'Network is a list'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json", "m.json" }' }
        @{ Says = 'Network is 5'; Text = '@{ Data = @{ Generator = "Moons" }; Network = 5 }' }
        @{ Says = 'Baseline'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Gate = @{ Metric = "TestLoss" } }' }
        @{ Says = 'should be a hashtable'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Training = 5 }' }
        @{ Says = 'Name'; Text = '@{ Name = "a/b"; Data = @{ Generator = "Moons" }; Network = "n.json" }' }
        @{ Says = 'whole number'; Text = '@{ Seed = "x"; Data = @{ Generator = "Moons" }; Network = "n.json" }' }
    ) {
        $file = New-File bad.psd1 $Text
        try { Invoke-Experiment $file; $failure = $null } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidExperiment*'
        $failure.Exception.Message | Should -Match $Says
        Test-Path (Join-Path (Split-Path $file) runs) | Should -BeFalse
        Invoke-Experiment $file -ExitCode -ErrorAction SilentlyContinue | Should -Be 2
    }

    It 'in JSON that does not parse' {
        Invoke-Experiment (New-File bad.json '{ "Data": ') -ExitCode -ErrorAction SilentlyContinue | Should -Be 2
        Invoke-Experiment (New-File bad.json '[1]') -ExitCode -ErrorAction SilentlyContinue | Should -Be 2
    }

    It 'in a step that fails, which another start goes on with' {
        $file = New-File step.psd1 '@{ Data = @{ Path = "later.csv"; Target = "y"; Split = .8, .2 }; Network = @{ Layers = @(@{ Type = "Linear"; OutFeatures = 2 }) }; Training = @{ Epochs = 1 } }'
        $run = Invoke-Experiment $file -ErrorVariable failure -ErrorAction SilentlyContinue
        $run.State | Should -Be Failed
        $run.ExitCode | Should -Be 1
        $failure[-1].FullyQualifiedErrorId | Should -BeLike 'FileNotFound*'
        Get-Content (Join-Path $run.Path log.txt) | Out-String | Should -Match 'error: FileNotFound: .*later\.csv'
        1..20 | ForEach-Object { [pscustomobject]@{ a = $_; y = "c$($_ % 2)" } } | Export-Csv (Join-Path (Split-Path $file) later.csv)
        $second = Invoke-Experiment $file
        $second.State | Should -Be Succeeded
        $second.Resumed | Should -BeTrue
        $second.Path | Should -Be $run.Path
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
