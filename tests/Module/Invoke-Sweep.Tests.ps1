# Invoke-Sweep, Resume-Sweep, Get-Trial, Invoke-Trial, Remove-Trial
BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:moons = New-Dataset Moons -Count 200 | Split-Dataset .8, .2 -Seed 1
    $script:net = { New-Network 2 | Add-Layer Linear $Units -Activation ReLU | Add-Layer Linear 2 }
    $script:space = @{ LearningRate = 'log 1e-3..1e-1'; Units = 4, 16 }
    function Get-Table($rows) { ($rows | Sort-Object Trial | ForEach-Object { "$($_.Trial) $($_.State) $($_.Parameters) $($_.Seed) $($_.Value) $($_.Epochs)" }) -join "`n" }

    # A script that needs nothing of this session, so that any process can run it.
    $script:trial = Join-Path $TestDrive trial.ps1
    Set-Content $trial @"
param([double] `$LearningRate, [int] `$Units = 8)
Import-Module '$([IO.Path]::GetFullPath("$PSScriptRoot/../../module/DLExperiments"))'
`$data = New-Dataset Moons -Count 200 | Split-Dataset .8, .2 -Seed 1
New-Network 2 | Add-Layer Linear `$Units -Activation ReLU | Add-Layer Linear 2 |
    Invoke-Training `$data -LearningRate `$LearningRate -Epochs 8
"@
    # Workers of the tests that run inside .NET take dlx; in pwsh they take pwsh.
    $dlx = [IO.Path]::GetFullPath("$PSScriptRoot/../../src/DLExperiments.Shell/bin/Release/net10.0/dlx.dll")
    if (-not [Environment]::ProcessPath.Contains('pwsh') -and (Test-Path $dlx)) { $env:DLEXPERIMENTS_SHELL = $dlx }
    function Start-Shell([string] $command) {
        $shell = @(if ($env:DLEXPERIMENTS_SHELL) { 'dotnet', $env:DLEXPERIMENTS_SHELL } else { [Environment]::ProcessPath })
        $start = [Diagnostics.ProcessStartInfo]::new($shell[0])
        foreach ($argument in @($shell | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-Command', $command) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $process
    }
}

Describe 'Invoke-Sweep with a network' {
    It 'tries settings and writes plain rows' {
        $rows = Invoke-Sweep $space -Network $net -Dataset $moons -Training @{ Epochs = 8 } -Trials 6 -Path $TestDrive/net
        $rows.Count | Should -Be 6
        $rows.State | Should -Be (, 'Finished' * 6)
        foreach ($row in $rows) {
            # The row is what a training by hand gives with the same settings, to the last bit.
            $run = New-Network 2 | Add-Layer Linear $row.Units -Activation ReLU | Add-Layer Linear 2 | Invoke-Training $moons -LearningRate $row.LearningRate -Epochs 8 -Threads 1
            $row.BestValidationLoss | Should -Be $run.BestValidationLoss
            $row.Value | Should -Be $row.BestValidationLoss
            $row.ParameterCount | Should -Be $run.ParameterCount
            $row.Epochs | Should -Be 8
        }
        $rows | Export-Csv $TestDrive/net.csv
        $csv = Import-Csv $TestDrive/net.csv
        [double]$csv[3].LearningRate | Should -Be $rows[3].LearningRate
        [double]$csv[3].Value | Should -Be $rows[3].Value
        ($rows | Sort-Object Value)[0].Trial | Should -Be (Get-Trial $TestDrive/net -Best).Trial
    }

    It 'gives the same table with one worker and with several' {
        $one = Invoke-Sweep $space -Network $net -Dataset $moons -Training @{ Epochs = 4 } -Trials 12 -Sampler Halton -ThrottleLimit 1 -Threads 1
        $four = Invoke-Sweep $space -Network $net -Dataset $moons -Training @{ Epochs = 4 } -Trials 12 -Sampler Halton -ThrottleLimit 4 -Threads 1
        Get-Table $four | Should -Be (Get-Table $one)
    }

    It 'is the same again with TPE and a pruner in several threads' {
        $two = 1..2 | ForEach-Object { Get-Table (Invoke-Sweep $space -Network $net -Dataset $moons -Training @{ Epochs = 6 } -Trials 24 -Pruner Median -ThrottleLimit 3) }
        $two[1] | Should -Be $two[0]
        $two[0] | Should -Match 'Pruned'
    }

    It 'takes a network as it is, and options of Invoke-Training as the space' {
        $network = New-Network 2 | Add-Layer Linear 8 -Activation Tanh | Add-Layer Linear 2
        $rows = Invoke-Sweep @{ Optimizer = 'Adam', @{ Name = 'SGD'; Momentum = '0..0.9'; LearningRate = .1 }; BatchSize = 16, 32 } -Network $network -Dataset $moons -Training @{ Epochs = 3 } -Trials 8
        $rows.State | Should -Be (, 'Finished' * 8)
        $sgd = @($rows | Where-Object Optimizer -EQ SGD)
        $sgd.'Optimizer.Momentum' | ForEach-Object { $_ | Should -BeGreaterOrEqual 0; $_ | Should -BeLessOrEqual .9 }
        $sgd[0].Parameters.Optimizer.Name | Should -Be SGD
        @($rows | Where-Object Optimizer -EQ Adam).'Optimizer.Momentum' | Where-Object { $null -ne $_ } | Should -BeNullOrEmpty
    }

    It 'tries all combinations of lists by itself' {
        $rows = Invoke-Sweep @{ LearningRate = .01, .1; Units = 2, 4, 8 } -Network $net -Dataset $moons -Training @{ Epochs = 1 }
        ($rows | ForEach-Object { "$($_.Parameters)" }) -join ';' | Should -Be 'LearningRate=0.01 Units=2;LearningRate=0.01 Units=4;LearningRate=0.01 Units=8;LearningRate=0.1 Units=2;LearningRate=0.1 Units=4;LearningRate=0.1 Units=8'
    }

    It 'tries given points first, also rows of another sweep' {
        $old = Invoke-Sweep $space -Network $net -Dataset $moons -Training @{ Epochs = 1 } -Trials 3 -Sampler Random
        $new = $old | Invoke-Sweep $space -Network $net -Dataset $moons -Training @{ Epochs = 1 } -Trials 5 -Sampler Halton
        "$($new[0..2].Parameters)" | Should -Be "$($old.Parameters)"
        $new.Trial | Should -Be 0, 1, 2, 3, 4
        $new.Count | Should -Be 5
        { @{ LearningRate = 5; Units = 4 } | Invoke-Sweep $space -Network $net -Dataset $moons } | Should -Throw -ErrorId 'InvalidPoint*'
    }

    It 'repeats over seeds and folds with statistics' {
        $rows = Invoke-Sweep @{ LearningRate = .005, .05 } -Network { New-Network 2 | Add-Layer Linear 8 -Activation Tanh | Add-Layer Linear 2 } -Dataset $moons -Training @{ Epochs = 4 } -Repeat 2 -Fold 3 -Stratify -Seed 5 -Path $TestDrive/folds
        $rows.Count | Should -Be 12
        $rows.Seed | Sort-Object -Unique | Should -Be 5, 6
        $rows.Fold | Sort-Object -Unique | Should -Be 0, 1, 2
        # The folds are those of Split-Dataset on the training rows.
        $folds = $moons.Train | Split-Dataset -Fold 3 -Stratify -Seed 5
        $row = $rows | Where-Object { $_.Fold -eq 1 -and $_.Seed -eq 6 -and $_.LearningRate -eq .05 }
        $run = New-Network 2 | Add-Layer Linear 8 -Activation Tanh | Add-Layer Linear 2 | Invoke-Training $folds[1] -LearningRate .05 -Epochs 4 -Seed 6 -Threads 1
        $row.Value | Should -Be $run.BestValidationLoss
        $summary = Get-Trial $TestDrive/folds -Summary
        $summary.Count | Should -Be 2
        $best = $rows | Where-Object LearningRate -EQ $summary[0].LearningRate
        [Math]::Abs($summary[0].Mean - ($best | Measure-Object Value -Average).Average) | Should -BeLessThan 1e-12
        $summary[0].PValue | Should -BeNullOrEmpty
        $summary[1].PValue | Should -BeGreaterOrEqual 0
        $summary[1].PValue | Should -BeLessThan 1
        $summary[1].Difference | Should -BeGreaterThan 0
    }

    It 'refits the best setting on all the data that was chosen with' {
        $null = Invoke-Sweep @{ LearningRate = .005, .05 } -Network { New-Network 2 | Add-Layer Linear 8 -Activation Tanh | Add-Layer Linear 2 } -Dataset $moons -Training @{ Epochs = 4 } -Fold 4 -RefitVariable best -OutVariable rows
        $best.TrainingCount | Should -Be $moons.Train.Count
        $best.LearningRate | Should -Be .05
        ($best | Measure-Model $moons.Test).Accuracy | Should -BeGreaterThan .7
        $null = Invoke-Sweep @{ LearningRate = .05 ; Units = 4, 8 } -Network $net -Dataset $moons -Training @{ Epochs = 2 } -RefitVariable best
        $best.TrainingCount | Should -Be 200
    }

    It 'plans without running anything when asked what if' {
        $plan = Invoke-Sweep @{ LearningRate = .005, .05; Units = 'int 4..8' } -Network $net -Dataset $moons -Training @{ Epochs = 40 } -Trials 7 -Repeat 3 -Path $TestDrive/whatif -WhatIf
        $plan.Trials | Should -Be 21
        $plan.Settings | Should -Be 7
        $plan.First.Count | Should -Be 5
        $plan.Engine | Should -Be Fused
        $plan.StepTime.TotalMilliseconds | Should -BeGreaterThan 0
        $plan.TotalTime | Should -BeGreaterThan $plan.TrialTime
        Test-Path $TestDrive/whatif | Should -BeFalse
    }

    It 'sweeps networks that need libtorch side by side' {
        $rows = Invoke-Sweep @{ LearningRate = .01, .1; Units = 4, 8 } -Network $net -Dataset $moons -Training @{ Epochs = 2; Engine = 'Torch' } -ThrottleLimit 2 -Threads 1
        $rows.Engine | Should -Be (, 'Torch' * 4)
        foreach ($row in $rows) {
            $run = New-Network 2 | Add-Layer Linear $row.Units -Activation ReLU | Add-Layer Linear 2 | Invoke-Training $moons -LearningRate $row.LearningRate -Epochs 2 -Engine Torch -Threads 1
            $row.Value | Should -Be $run.BestValidationLoss
        }
    }
}

Describe 'Invoke-Sweep with scripts and script blocks' {
    It 'runs a script in threads and in processes with the same table' {
        $threads = Invoke-Sweep $space $trial -Trials 8 -Threads 1 -ThrottleLimit 2
        $processes = Invoke-Sweep $space $trial -Trials 8 -Threads 1 -ThrottleLimit 2 -Launcher Processes -Path $TestDrive/processes
        Get-Table $processes | Should -Be (Get-Table $threads)
        $processes.State | Should -Be (, 'Finished' * 8)
        $processes.Worker | Should -Not -Contain "$([Environment]::MachineName):$PID"
    }

    It 'gives a block the variables of the session with $using:, its data and its seed' {
        $offset = 3
        $rows = Invoke-Sweep @{ x = '-1..1'; kind = 'a', 'b' } -ScriptBlock {
            param($x, $kind, $Seed, $Dataset)
            [pscustomobject]@{ Loss = $x * $x + $using:offset; Rows = $Dataset.Train.Count; Given = $Seed; Nested = @{ a = 1, 2 } }
        } -Dataset $moons -Metric Loss -Trials 5 -Seed 9
        foreach ($row in $rows) { $row.Loss | Should -Be ($row.x * $row.x + 3) }
        $rows.Rows | Should -Be (, 160 * 5)
        $rows.Given | Should -Be (, 9 * 5)
        $rows[0].Nested.a | Should -Be 1, 2
        { Invoke-Sweep @{ x = 1, 2 } -ScriptBlock { param($x) $using:nowhere } } | Should -Throw -ErrorId 'MissingVariable*'
    }

    It 'takes a bare number as the value, and maximises what is no loss' {
        Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param($x) 1 - $x } -Metric Value -Trials 8 -Path $TestDrive/bare | Out-Null
        $best = Get-Trial $TestDrive/bare -Best
        $best.x | Should -Be (Get-Trial $TestDrive/bare | Measure-Object x -Minimum).Minimum
    }

    It 'tells which parameters matter' {
        $null = Invoke-Sweep @{ a = '0..1'; b = '0..1' } -ScriptBlock { param($a, $b) $b * $b } -Metric Value -Goal Minimize -Trials 30 -Sampler Halton -Path $TestDrive/importance
        $importance = Get-Trial $TestDrive/importance -Importance
        $importance.Parameter | Should -Be b, a
        $importance[0].Importance | Should -BeGreaterThan .9
    }

    It 'finds the front of several metrics' {
        $rows = Invoke-Sweep @{ x = 0, 1, 2, 3, 4 } -ScriptBlock { param($x) @{ Loss = [Math]::Abs($x - 1); Size = [Math]::Abs($x - 3) } } -Metric Loss, Size -Path $TestDrive/front
        # Between 1 and 3 one gains what the other loses; 0 and 4 are beaten.
        ($rows | Where-Object Front -EQ 0 | Sort-Object x).x | Should -Be 1, 2, 3
        (Get-Trial $TestDrive/front -Best | Sort-Object x).x | Should -Be 1, 2, 3
    }

    It 'keeps failures with their error and goes on' {
        $rows = Invoke-Sweep @{ x = 1, 2, 3, 4, 5, 6 } -ScriptBlock { param($x)
            if ($x -eq 3) { throw 'three is unlucky' }
            if ($x -eq 4) { Get-Item /no/such/file }
            if ($x -eq 5) { [pscustomobject]@{ Other = 1 } }
            elseif ($x -ne 4) { [pscustomobject]@{ Loss = $x } } } -Metric Loss -Path $TestDrive/fail -WarningVariable warned -WarningAction SilentlyContinue | Sort-Object Trial
        $rows.State | Should -Be Finished, Finished, Failed, Failed, Failed, Finished
        $rows[2].Error | Should -Be 'three is unlucky'
        $rows[2].ErrorPosition | Should -Match 'line 2'
        $rows[3].ErrorId | Should -Match 'PathNotFound|ItemNotFound'
        $rows[4].ErrorId | Should -Be MissingMetric
        $rows[4].Error | Should -Match 'Other'
        "$warned" | Should -Match '3 of 6 trials failed'
    }

    It 'ends when every trial fails alike' {
        { Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param($x) throw [InvalidOperationException]::new('no licence') } -Trials 500 -ThrottleLimit 1 } | Should -Throw -ErrorId 'EveryTrialFails*'
    }
}

Describe 'Invoke-Sweep names what is wrong' {
    It '<Id>: <Says>' -ForEach @(
        @{ Id = 'InvalidSpace'; Says = 'LearningRate'; Do = { Invoke-Sweep @{ LearningRate = 'log 0..1' } -Network $net -Dataset $moons } }
        @{ Id = 'UnknownParameter'; Says = 'Unitz'; Do = { Invoke-Sweep @{ Unitz = 4, 8 } -Network $net -Dataset $moons } }
        @{ Id = 'UnknownParameter'; Says = 'Epoch'; Do = { Invoke-Sweep @{ Units = 4, 8 } -Network $net -Dataset $moons -Training @{ Epoch = 3 } } }
        @{ Id = 'DoubleParameter'; Says = 'Epochs'; Do = { Invoke-Sweep @{ Units = 4, 8; Epochs = 1, 2 } -Network $net -Dataset $moons -Training @{ Epochs = 3 } } }
        @{ Id = 'MissingParameter'; Says = 'Dataset'; Do = { Invoke-Sweep @{ Units = 4, 8 } -Network $net } }
        @{ Id = 'UnknownParameter'; Says = "'y'|parameter y"; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($x) $x } } }
        @{ Id = 'MissingParameter'; Says = 'param'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { 3 } } }
        @{ Id = 'MissingParameter'; Says = 'z is mandatory'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y, [Parameter(Mandatory)] $z) $y } } }
        @{ Id = 'FileNotFound'; Says = 'nowhere'; Do = { Invoke-Sweep @{ y = 4, 8 } ./nowhere.ps1 } }
        @{ Id = 'UnknownSampler'; Says = 'TPE'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } -Sampler TPB } }
        @{ Id = 'InvalidSweep'; Says = '2 points'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } -Sampler Grid -Trials 3 } }
        @{ Id = 'DataNotShared'; Says = 'Threads'; Do = { Invoke-Sweep @{ Units = 4, 8 } -Network $net -Dataset $moons -Launcher Processes } }
        @{ Id = 'MissingParameter'; Says = 'Dataset'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } -Fold 3 } }
    ) {
        try { & $Do; $failure = $null } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id*"
        $failure.Exception.Message | Should -Match $Says
    }
}

Describe 'A sweep in its folder' {
    It 'is not begun twice, but resumed or replaced' {
        $sweep = { param($more) Invoke-Sweep @{ x = 1, 2, 3 } -ScriptBlock { param($x) [pscustomobject]@{ Loss = $x; Now = [DateTime]::UtcNow.Ticks } } -Metric Loss -Path $TestDrive/again @more }
        $first = & $sweep @{}
        { & $sweep @{} } | Should -Throw -ErrorId 'SweepExists*'
        $second = & $sweep @{ Resume = $true }
        ($second | Sort-Object Trial).Now | Should -Be ($first | Sort-Object Trial).Now
        { & $sweep @{ Resume = $true; Seed = 4 } } | Should -Throw -ErrorId 'SweepMismatch*'
        (& $sweep @{ Force = $true } | Sort-Object Trial).Now[0] | Should -BeGreaterThan $first[0].Now
    }

    It 'goes on after a stop, with more trials, and again with what failed' {
        $path = "$TestDrive/more"
        $flag = New-Item "$TestDrive/broken" -ItemType File
        $null = Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param($x) if ($x -gt .5 -and [IO.File]::Exists($using:flag)) { throw 'broken' }; [pscustomobject]@{ Loss = $x } } -Metric Loss -Trials 6 -Sampler Halton -Path $path -WarningAction SilentlyContinue
        (Get-Trial $path -State Failed).Count | Should -Be 3
        Remove-Item $flag
        $again = Resume-Sweep $path -RetryFailed -Trials 10
        $again.Count | Should -Be 10
        $again.State | Should -Be (, 'Finished' * 10)
    }

    It 'wants the same data to go on' {
        $path = "$TestDrive/data"
        $null = Invoke-Sweep $space -Network $net -Dataset $moons -Training @{ Epochs = 1 } -Trials 2 -Path $path
        { Resume-Sweep $path } | Should -Throw -ErrorId 'DataMismatch*'
        { Resume-Sweep $path -Dataset (New-Dataset Moons -Count 100 | Split-Dataset .8, .2) } | Should -Throw -ErrorId 'DataMismatch*'
        (Resume-Sweep $path -Dataset $moons -Trials 4).Count | Should -Be 4
    }

    It 'keeps the script that it was begun with' {
        $file = Join-Path $TestDrive own.ps1
        Set-Content $file 'param($x) [pscustomobject]@{ Loss = $x; Here = $PSScriptRoot }'
        $null = Invoke-Sweep @{ x = '0..1' } $file -Metric Loss -Trials 2 -Path $TestDrive/frozen
        Set-Content $file 'throw "changed"'
        $rows = Resume-Sweep $TestDrive/frozen -Trials 4
        $rows.State | Should -Be (, 'Finished' * 4)
        $rows[3].Here | Should -Be (Split-Path $file)
    }

    It 'forgets trials and whole sweeps' {
        $path = "$TestDrive/remove"
        $null = Invoke-Sweep @{ x = 1, 2, 3, 4 } -ScriptBlock { param($x) [pscustomobject]@{ Loss = $x } } -Metric Loss -Path $path
        Get-Trial $path | Where-Object Loss -GT 2 | Remove-Trial
        (Get-Trial $path).x | Should -Be 1, 2
        (Get-Trial $path -State Waiting).Trial | Should -Be 2, 3
        Remove-Trial $path -Index 0 -WhatIf
        (Get-Trial $path).Count | Should -Be 2
        Remove-Trial $path -Sweep
        Test-Path $path | Should -BeFalse
    }

    It 'survives kills: each trial ends once, with the table of an undisturbed sweep' {
        $calm = Invoke-Sweep $space $trial -Trials 40 -ThrottleLimit 2 -Threads 1
        $path = Join-Path $TestDrive killed
        $module = [IO.Path]::GetFullPath("$PSScriptRoot/../../module/DLExperiments")
        $command = "Import-Module '$module'; Invoke-Sweep @{ LearningRate = 'log 1e-3..1e-1'; Units = 4, 16 } '$trial' -Trials 40 -ThrottleLimit 2 -Threads 1 -Path '$path' -Resume"
        foreach ($wanted in 4, 15, 26) {
            $process = Start-Shell $command
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while (-not $process.HasExited -and $clock.Elapsed.TotalSeconds -lt 60 -and [IO.Directory]::GetFiles($TestDrive, 'result.json', 'AllDirectories').Where{ $_.Contains('killed') }.Count -lt $wanted) { Start-Sleep -Milliseconds 5 }
            $process.Kill()
            $process.WaitForExit()
        }
        @(Get-Trial $path).Count | Should -BeLessThan 40
        $rows = Resume-Sweep $path -ThrottleLimit 2
        Get-Table $rows | Should -Be (Get-Table $calm)
    }

    It 'is worked on by Invoke-Trial, which says how it went' {
        $path = Join-Path $TestDrive worker
        $null = Invoke-Sweep @{ LearningRate = .01, .1; Units = 4 } $trial -Path $path
        Remove-Trial $path -Index 0, 1
        $module = [IO.Path]::GetFullPath("$PSScriptRoot/../../module/DLExperiments")
        $process = Start-Shell "Import-Module '$module'; exit (Invoke-Trial '$path' -Index 1 -ExitCode)"
        $process.WaitForExit()
        $process.ExitCode | Should -Be 0
        (Get-Trial $path).Trial | Should -Be 1
        (Invoke-Trial $path).Trial | Should -Be 0
        Invoke-Trial "$TestDrive/none" -ExitCode -ErrorAction SilentlyContinue | Should -Be 2
    }

    It 'prunes trainings in scripts, which then give their result so far' {
        $rows = Invoke-Sweep $space $trial -Trials 30 -Sampler Random -Pruner @{ Name = 'SuccessiveHalving'; ReductionFactor = 2 } -Path $TestDrive/pruned
        $pruned = $rows | Where-Object State -EQ Pruned
        $pruned.Count | Should -BeGreaterThan 10
        $pruned.StopReason | Sort-Object -Unique | Should -Be Pruned
        foreach ($row in $pruned) { $row.Epochs | Should -BeLessThan 8; $row.Value | Should -BeGreaterThan 0 }
        (Get-Trial $TestDrive/pruned -Best).State | Should -Be Finished
    }

    It 'keeps checkpoints of its trainings where asked' {
        $null = Invoke-Sweep @{ LearningRate = .01; Units = 4, 8 } -Network $net -Dataset $moons -Training @{ Epochs = 2 } -Checkpoint -Path $TestDrive/checkpoint
        (Get-Trial $TestDrive/checkpoint)[1].Path | Join-Path -ChildPath run1 | Should -Exist
    }

    It 'stops when the time is over' {
        $rows = Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param($x) Start-Sleep -Milliseconds 100; $x } -Metric Value -Trials 1000 -ThrottleLimit 2 -MaxTime 0:0:1 -Path $TestDrive/time -WarningVariable warned -WarningAction SilentlyContinue
        $rows.Count | Should -BeLessThan 40
        "$warned" | Should -Match 'trials are left because the time was over'
    }

    It 'puts trials back when it is stopped from outside' {
        $path = Join-Path $TestDrive stopped
        $shell = [PowerShell]::Create([initialsessionstate]::CreateDefault2())
        $null = $shell.AddScript("Import-Module '$PSScriptRoot/../../module/DLExperiments'; Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param(`$x) [Threading.Thread]::Sleep(50); `$x } -Metric Value -Trials 1000 -ThrottleLimit 2 -Path '$path'")
        $running = $shell.BeginInvoke()
        while (-not (Test-Path $path/trials/00004/result.json) -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 20 }
        (Get-Trial $path).State | Should -Contain Running
        $shell.Stop()
        @(Get-Trial $path -State Running, Interrupted).Count | Should -Be 0
        @(Get-Trial $path).Count | Should -BeGreaterThan 4
        $shell.Dispose()
    }
}
