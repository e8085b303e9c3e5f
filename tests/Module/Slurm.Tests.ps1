# Invoke-Sweep -Launcher Slurm on a real Slurm of one node, which lives in a folder of its own while these tests run.
BeforeDiscovery {
    $script:missing = if (-not $IsLinux) { 'Slurm is for Linux' }
    elseif (@('sbatch', 'slurmctld', 'slurmd', 'munged' | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction SilentlyContinue) }).Count) { 'slurm-wlm and munge are not installed' }
    elseif ((& /usr/bin/id -u) -ne '0') { 'slurmd needs root' }
    if ($missing) { Write-Host "Tests of Slurm are skipped: $missing." }
}

BeforeAll {
    . $PSScriptRoot/Launchers.Setup.ps1
    $script:setting = "Import-Module '$manifest'; " + '$slurm = @{ Name = ''Slurm''; Poll = 1 }'
    $script:cluster = Join-Path ([IO.Path]::GetTempPath()) "slurm-$PID"

    # Nothing of a first attempt is in the way of the second.
    $script:calm = {
        $null = Invoke-System 'scancel --user=root --quiet'
        Wait-Until { "$(Invoke-System 'sinfo --noheader --format=%T')".Trim() -eq 'idle' } 30
    }
    function Start-Cluster {
        foreach ($folder in $cluster, "$cluster/munge", "$cluster/state", "$cluster/spool") { $null = New-Item -ItemType Directory -Path $folder -Force }
        $node = (Invoke-System 'hostname -s').Trim()
        Set-Content "$cluster/slurm.conf" @"
ClusterName=test
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$(Get-FreePort)
SlurmdPort=$(Get-FreePort)
AuthType=auth/munge
AuthInfo=socket=$cluster/munge.socket,cred_expire=1
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN
PartitionName=main Nodes=$node Default=YES MaxTime=INFINITE State=UP
"@
        $env:SLURM_CONF = "$cluster/slurm.conf"
        Invoke-System "chmod 755 $cluster; chmod 700 $cluster/munge; head -c 1024 /dev/urandom > $cluster/munge/key; chmod 600 $cluster/munge/key"
        Invoke-System "munged --force --key-file=$cluster/munge/key --socket=$cluster/munge.socket --pid-file=$cluster/munge/munged.pid --log-file=$cluster/munge/log --seed-file=$cluster/munge/seed"
        Invoke-System 'slurmctld -c; slurmd'
        Wait-Until { "$(Invoke-System 'sinfo --noheader --format=%T')".Trim() -eq 'idle' } 20
    }
    # Ends a daemon by its own number; the files say which it is.
    function Stop-Daemon([string] $pidFile) {
        if (-not (Test-Path $pidFile)) { return }
        $id = [int](Get-Content $pidFile)
        Invoke-System "kill $id"
        Wait-Until { -not (Test-Path "/proc/$id") } 15
    }

    function Get-JobName([string] $sweep) { [DLExperiments.Sweeps.Launchers.SlurmLauncher]::JobName($sweep) }
    function Get-Task([string] $sweep) { @(Invoke-System "squeue --noheader --array --states=PENDING,RUNNING,COMPLETING,CONFIGURING --name=$(Get-JobName $sweep) --format=%F_%K") }

    $script:oldConf = $env:SLURM_CONF
    $script:broken = $null
    # A system on which Slurm is installed but does not start says nothing about the launcher.
    if (-not $missing) { try { Start-Cluster } catch { $script:broken = "Slurm does not start here: $_" } }
}

AfterAll {
    if (Test-Path $cluster) {
        Invoke-System 'scancel --user=root --quiet'
        foreach ($file in 'slurmd.pid', 'slurmctld.pid', 'munge/munged.pid') { Stop-Daemon "$cluster/$file" }
        Remove-Item $cluster -Recurse -Force
    }
    $env:SLURM_CONF = $oldConf
}

Describe 'Invoke-Sweep -Launcher Slurm' -Skip:([bool]$missing) {
    It 'runs a sweep in chunks with the table of threads' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice -Between $calm {
            $trial = New-Trial $TestDrive/$attempt/plain 20
            $space = @{ x = 1, 2, 3, 4, 5, 6, 7, 8 }
            $slurm = @{ Name = 'Slurm'; Poll = 1; TrialsPerTask = 3 }
            $rows = Invoke-Sweep $space $trial -Metric Loss -ThrottleLimit 2 -Path $TestDrive/$attempt/plain/sweep -Launcher $slurm -SlurmOption @{ partition = 'main'; time = '5:00'; comment = 'a test' }
            $rows.State | Should -Be (, 'Finished' * 8)
            $rows.Loss | Should -Be 1, 4, 9, 16, 25, 36, 49, 64
            Get-Note $TestDrive/$attempt/plain begin | Should -Be 8
            # Eight trials by threes are three tasks, of which each has a log.
            @([IO.Directory]::GetFiles("$TestDrive/$attempt/plain/sweep/slurm", '*.log')).Count | Should -BeLessOrEqual 3
            Get-Task $TestDrive/$attempt/plain/sweep | Should -BeNullOrEmpty
        }
    }

    It 'loses nothing when a worker is killed' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice -Between $calm {
            $folder = "$TestDrive/$attempt/killed"
            $trial = New-Trial $folder 400
            $process = Start-Shell "$setting; Invoke-Sweep @{ x = 1, 2, 3, 4, 5, 6, 7, 8 } '$trial' -Metric Loss -ThrottleLimit 2 -Path '$folder/sweep' -Launcher `$slurm | Out-Null"
            Wait-Until { (Get-Note $folder end) -ge 2 }
            $claim = [IO.Directory]::GetFiles("$folder/sweep/trials", 'claim.1', 'AllDirectories') | Select-Object -First 1
            Invoke-System "kill -9 $((Get-Content $claim -Raw | ConvertFrom-Json).process)"
            $process.WaitForExit(40000) | Should -BeTrue
            $rows = Get-Trial "$folder/sweep"
            $rows.State | Should -Be (, 'Finished' * 8)
            $rows.Loss | Should -Be 1, 4, 9, 16, 25, 36, 49, 64
            # One more when it was killed within a trial, or between its note and its result.
            Get-Note $folder end | Should -BeIn 8, 9
            Get-Note $folder begin | Should -BeIn 8, 9
        }
    }

    It 'goes on from the checkpoint when a task is requeued' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice -Between $calm {
            $folder = "$TestDrive/$attempt/requeued"
            $null = New-Item -ItemType Directory -Path $folder
            Set-Content "$folder/trial.ps1" @"
    param([double] `$LearningRate)
    Import-Module '$manifest'
    `$data = New-Dataset Moons -Count 2000 -Seed 1 | Split-Dataset .8, .2 -Seed 1
    New-Network 2 | Add-Layer Linear 16 -Activation Tanh | Add-Layer Dropout | Add-Layer Linear 2 |
        Invoke-Training `$data -LearningRate `$LearningRate -Epochs 250 -BatchSize 1 -CheckpointEvery 1
"@
            $process = Start-Shell "$setting; Invoke-Sweep @{ LearningRate = 1e-3, 2e-3 } '$folder/trial.ps1' -ThrottleLimit 1 -Threads 1 -Checkpoint -Path '$folder/sweep' -Launcher `$slurm | Out-Null"
            Wait-Until { (Test-Path "$folder/sweep/trials/00000/run1") -and @([IO.Directory]::GetFiles("$folder/sweep/trials/00000/run1", '*', 'AllDirectories')).Count }
            $task = Get-Task "$folder/sweep" | Select-Object -First 1
            Invoke-System "scontrol requeue $task"
            # Slurm lets a requeued task wait for some minutes; a test does not.
            Wait-Until { "$(Invoke-System "scontrol update JobId=$task StartTime=now; squeue --noheader --name=$(Get-JobName "$folder/sweep") --format='%T %r'")" -match 'RUNNING|PENDING (None|Priority|Resources)|^$' }
            $process.WaitForExit(40000) | Should -BeTrue
            $rows = Get-Trial "$folder/sweep"
            $rows.State | Should -Be Finished, Finished
            $row = $rows[0]
            $row.Attempt | Should -Be 2
            @([IO.Directory]::GetFiles("$folder/sweep/slurm", '*.log')).Count | Should -Be 1
            $data = New-Dataset Moons -Count 2000 -Seed 1 | Split-Dataset .8, .2 -Seed 1
            $straight = New-Network 2 | Add-Layer Linear 16 -Activation Tanh | Add-Layer Dropout | Add-Layer Linear 2 | Invoke-Training $data -LearningRate 1e-3 -Epochs 250 -BatchSize 1 -Threads 1
            $row.Value | Should -Be $straight.BestValidationLoss
            $row.FinalTrainingLoss | Should -Be $straight.FinalTrainingLoss
        }
    }

    It 'stops when its array is cancelled, and is resumed' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice -Between $calm {
            $folder = "$TestDrive/$attempt/cancelled"
            $trial = New-Trial $folder 1200
            $process = Start-Shell "$setting; Invoke-Sweep @{ x = 1, 2, 3, 4, 5, 6, 7, 8 } '$trial' -Metric Loss -ThrottleLimit 2 -Path '$folder/sweep' -Launcher `$slurm 3>&1 | Out-String"
            Wait-Until { (Get-Note $folder end) -ge 4 }
            Invoke-System "scancel --name=$(Get-JobName "$folder/sweep")"
            $said = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit(40000) | Should -BeTrue
            $said | Should -Match 'was cancelled in Slurm'
            Get-Trial "$folder/sweep" | Where-Object State -EQ Running | Should -BeNullOrEmpty
            $done = @(Get-Trial "$folder/sweep" | Where-Object State -EQ Finished).Count
            $done | Should -BeGreaterThan 1
            $done | Should -BeLessThan 8
            $rows = Resume-Sweep "$folder/sweep" -ThrottleLimit 2 -Launcher @{ Name = 'Slurm'; Poll = 1 }
            $rows.State | Should -Be (, 'Finished' * 8)
            $rows.Loss | Should -Be 1, 4, 9, 16, 25, 36, 49, 64
            Get-Note $folder end | Should -BeLessOrEqual 10   # each worker may have been stopped in the moment after the note
        }
    }

    It 'waits for a controller that is down for a while' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice -Between $calm {
            $folder = "$TestDrive/$attempt/down"
            $trial = New-Trial $folder 300
            $process = Start-Shell "$setting; `$slurm.TrialsPerTask = 3; Invoke-Sweep @{ x = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 } '$trial' -Metric Loss -ThrottleLimit 1 -Path '$folder/sweep' -Launcher `$slurm 3>&1 | Out-String"
            Wait-Until { (Get-Note $folder end) -ge 1 }
            Stop-Daemon "$cluster/slurmctld.pid"
            Start-Sleep -Seconds 4
            # Nobody gives out the next task meanwhile.
            Get-Note $folder end | Should -BeLessThan 12
            $process.HasExited | Should -BeFalse
            Invoke-System 'slurmctld'
            $said = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit(60000) | Should -BeTrue
            $said | Should -Not -Match 'SlurmFailed'
            $rows = Get-Trial "$folder/sweep"
            $rows.State | Should -Be (, 'Finished' * 12)
            Get-Note $folder begin | Should -Be 12
            Get-Note $folder end | Should -Be 12
        }
    }

    It 'cancels its array when it is stopped itself' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice -Between $calm {
            $folder = "$TestDrive/$attempt/stopped"
            $trial = New-Trial $folder 30000
            $process = Start-Shell "$setting; Invoke-Sweep @{ x = 1, 2 } '$trial' -Metric Loss -ThrottleLimit 2 -Path '$folder/sweep' -Launcher `$slurm | Out-Null"
            Wait-Until { (Get-Note $folder begin) -ge 2 }
            Invoke-System "kill -INT $($process.Id)"
            $process.WaitForExit(30000) | Should -BeTrue
            Wait-Until { -not (Get-Task "$folder/sweep") } 10
            Get-Trial "$folder/sweep" | Where-Object State -In Running, Finished | Should -BeNullOrEmpty
        }
    }

    It 'names what Slurm refuses' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice -Between $calm {
            $trial = New-Trial $TestDrive/$attempt/refused 1
            { Invoke-Sweep @{ x = 1, 2 } $trial -Metric Loss -Path $TestDrive/$attempt/refused/a -Launcher Slurm -SlurmOption @{ partition = 'nowhere' } } | Should -Throw -ErrorId 'SlurmFailed*'
            { Invoke-Sweep @{ x = 1, 2 } $trial -Metric Loss -Path $TestDrive/$attempt/refused/b -Launcher Slurm -SlurmOption @{ array = '0-3' } } | Should -Throw -ErrorId 'InvalidSlurmOption*'
            { Invoke-Sweep @{ x = 1, 2 } $trial -Metric Loss -Path $TestDrive/$attempt/refused/c -SlurmOption @{ time = '5' } } | Should -Throw -ErrorId 'InvalidSlurmOption*'
        }
    }
}
