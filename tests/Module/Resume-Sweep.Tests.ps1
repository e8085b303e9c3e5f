# A sweep's folder: Resume-Sweep, Get-Trial, Invoke-Trial, Remove-Trial
BeforeAll { . $PSScriptRoot/Sweeps.Setup.ps1 }

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

    It 'says which trial there is not' {
        $path = "$TestDrive/index"
        $null = Invoke-Sweep @{ x = 1, 2 } -ScriptBlock { param($x) $x } -Metric Value -Path $path
        foreach ($do in { Get-Trial $path -Index 2 }, { Remove-Trial $path -Index -1 }, { Invoke-Trial $path -Index 7 }) { $do | Should -Throw -ErrorId 'TrialNotFound*' }
    }

    It 'leaves what is not its own, and takes no trials that are not' {
        $path = "$TestDrive/own"
        $null = New-Item -ItemType Directory -Path $path
        Set-Content $path/notes.txt 'mine'
        Set-Content $path/trial.ps1 'param($x) $x'
        { Invoke-Sweep @{ x = 1, 2 } -ScriptBlock { param($x) 2 * $x } -Metric Value -Path $path } | Should -Throw -ErrorId 'FileExists*'
        Get-Content $path/trial.ps1 | Should -Be 'param($x) $x'
        $null = Invoke-Sweep @{ x = 1, 2 } $path/trial.ps1 -Metric Value -Path $path
        (Invoke-Sweep @{ x = 1, 2, 3 } $path/trial.ps1 -Metric Value -Path $path -Force).Count | Should -Be 3
        Get-Content $path/notes.txt | Should -Be 'mine'
        Remove-Trial $path -Sweep
        (Get-ChildItem $path).Name | Sort-Object | Should -Be notes.txt, trial.ps1
        $null = Invoke-Sweep @{ x = 1, 2 } $path/trial.ps1 -Metric Value -Path $path
        Remove-Item $path/sweep.json
        { Invoke-Sweep @{ x = 5, 6 } $path/trial.ps1 -Metric Value -Path $path } | Should -Throw -ErrorId 'SweepExists*' -ExpectedMessage '*without its sweep.json*'
    }

    It 'names in words what differs' {
        $path = "$TestDrive/differs"
        Set-Content $TestDrive/one.ps1 'param($x) $x'
        $null = Invoke-Sweep @{ x = '0..1' } $TestDrive/one.ps1 -Metric Value -Trials 2 -Path $path
        { Invoke-Sweep @{ x = '0..1' } $TestDrive/one.ps1 -Metric Value -Trials 4 -Path $path -Resume } | Should -Throw -ExpectedMessage '*2 settings, not 4 (Resume-Sweep -Trials 4*'
        Set-Content $TestDrive/one.ps1 'param($x) 2 * $x'
        { Invoke-Sweep @{ x = '0..1' } $TestDrive/one.ps1 -Metric Value -Trials 2 -Path $path -Resume } | Should -Throw -ExpectedMessage '*its script or network*'
        Add-Content $path/trial.ps1 '# edited'
        { Resume-Sweep $path -Trials 3 } | Should -Throw -ErrorId 'InvalidSweepFile*' -ExpectedMessage '*no longer what the sweep began with*'
    }

    It 'is begun by one of several at a time' {
        $begin = { param($at) try { (Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param($x) Start-Sleep -Milliseconds 10; $x } -Metric Value -Trials 12 -Path $at).Count } catch { "$($_.FullyQualifiedErrorId)".Split(',')[0] } }
        $shells = 1..3 | ForEach-Object { Start-Shell "Import-Module '$manifest'; & { $begin } '$TestDrive/once'" }
        $said = $shells | ForEach-Object { $_.StandardOutput.ReadToEnd().Trim() } | Sort-Object
        $said | Should -Be 12, SweepExists, SweepExists
        (Get-Trial $TestDrive/once).Count | Should -Be 12
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
