# Invoke-Training -AsJob: trainings in the background, and the scripts that they take along.
BeforeAll { . $PSScriptRoot/Training.Setup.ps1 }

Describe 'Invoke-Training -AsJob' {
    It 'names the module of a command that the job does not know' {
        Set-Content $TestDrive/Bar.psm1 'function Get-BarOfModule { 4 }'
        Import-Module $TestDrive/Bar.psm1
        $job = $net | Invoke-Training $data -Epochs 1 -AsJob -OnEpoch { Get-BarOfModule }
        $job | Wait-Job | Out-Null
        $job.ChildJobs.Count | Should -Be 0
        "$($job.Error[0].ErrorDetails)" | Should -BeLike "*'Get-BarOfModule' is of the module Bar, so begin the script with Import-Module '*Bar.psm1'*"
        $job | Remove-Job
        $job = $net | Invoke-Training $data -Epochs 1 -AsJob -OnEpoch { Import-Module $TestDrive/Bar.psm1; Get-BarOfModule | Out-Null }
        ($job | Wait-Job | Receive-Job).EpochsCompleted | Should -Be 1
        $job | Remove-Job
        Remove-Module Bar
    }
    It 'trains in the background to the same result' {
        $job = $net | Invoke-Training $data -Epochs 3 -Seed 4 -AsJob -JobName fourth
        $job.Name | Should -Be 'fourth'
        $result = $job | Wait-Job | Receive-Job
        $job.State | Should -Be 'Completed'
        $job.History | Should -HaveCount 3
        $result.FinalTrainingLoss | Should -BeExactly ($net | Invoke-Training $data -Epochs 3 -Seed 4).FinalTrainingLoss
        $job | Remove-Job
    }
    It 'has the result so far when an error ends it' {
        $job = $net | Invoke-Training $data -Epochs 9 -AsJob -OnEpoch { if ($_.Epoch -eq 4) { throw 'mistake' } }
        $job | Wait-Job | Out-Null
        $job.State | Should -Be 'Failed'
        $job.Result.StopReason | Should -Be 'Failed'
        $job.Result.EpochsCompleted | Should -Be 4
        $job | Remove-Job
    }
    It 'runs several at once, each undisturbed' {
        $jobs = 1..3 | ForEach-Object { $net | Invoke-Training $data -Epochs 5 -Seed $_ -Threads 1 -AsJob }
        $results = $jobs | Wait-Job | Receive-Job
        $jobs | Remove-Job
        foreach ($result in $results) {
            $result.FinalTrainingLoss | Should -BeExactly ($net | Invoke-Training $data -Epochs 5 -Seed $result.Seed -Threads 1).FinalTrainingLoss
        }
        $results | Should -HaveCount 3
    }
    It 'lets as many run as the limit says; the others wait, and can be stopped' {
        $long = $net | Invoke-Training $data -Epochs 100000 -AsJob -ThrottleLimit 1
        while ($long.History.Count -lt 1) { Start-Sleep -Milliseconds 5 }
        $next = $net | Invoke-Training $data -Epochs 2 -AsJob -ThrottleLimit 1
        $never = $net | Invoke-Training $data -Epochs 2 -AsJob -ThrottleLimit 1
        Start-Sleep -Milliseconds 200
        $next.State | Should -Be 'NotStarted'
        $never | Stop-Job
        $never.State | Should -Be 'Stopped'
        $next.History | Should -HaveCount 0
        $long | Stop-Job
        ($next | Wait-Job | Receive-Job).EpochsCompleted | Should -Be 2
        $long, $next, $never | Remove-Job -Force
    }
    It 'stops after the batch, gives the result so far, and can go on' {
        $job = $net | Invoke-Training $data -Epochs 100000 -AsJob -Checkpoint $TestDrive/job
        while ($job.History.Count -lt 2) { Start-Sleep -Milliseconds 5 }
        $job | Stop-Job
        $job.State | Should -Be 'Stopped'
        $result = $job | Receive-Job
        $result.StopReason | Should -Be 'Cancelled'
        $job | Remove-Job
        (Resume-Training $TestDrive/job $data -Epochs ($result.EpochsCompleted + 1)).EpochsCompleted | Should -Be ($result.EpochsCompleted + 1)
    }
    It 'streams epochs' {
        $job = $net | Invoke-Training $data -Epochs 4 -AsJob -StreamEpoch
        ($job | Wait-Job | Receive-Job).Epoch | Should -Be 1, 2, 3, 4
        $job | Remove-Job
    }
    It 'fails with the error of the training' {
        $job = $net | Invoke-Training (New-Dataset Sine -Count 20) -AsJob
        $job | Wait-Job | Out-Null
        $job.State | Should -Be 'Failed'
        { $job | Receive-Job -ErrorAction Stop } | Should -Throw '*shape*'
        $job | Remove-Job
    }
    It 'cannot set a variable of this session' {
        (Get-TrainingError { $net | Invoke-Training $data -AsJob -ResultVariable run }).FullyQualifiedErrorId | Should -BeLike 'InvalidJob,*'
    }
}

Describe 'Scripts in a job' {
    BeforeAll {
        $factor = 2.0
        $scale = { param($x) $x * $factor }
        function Get-Half($loss) { $loss * $half }
        $half = 0.5
        $scripted = New-Network 2 | Add-Layer Linear 8 | Add-Layer Lambda { param($x) & $scale $x.tanh() } | Add-Layer Linear 2
        $objective = { param($outputs, $targets) Get-Half ([torch.nn.functional]::cross_entropy($outputs.linear_2, $targets.side)) }
    }
    It 'train as they do here, with the values that their variables have when the job starts' {
        $here = $scripted | Invoke-Training $data -Epochs 3 -Seed 1 -Objective $objective
        $job = $scripted | Invoke-Training $data -Epochs 3 -Seed 1 -Objective $objective -AsJob
        $half = 1000
        $there = $job | Wait-Job | Receive-Job
        $job | Remove-Job
        $there.FinalTrainingLoss | Should -BeExactly $here.FinalTrainingLoss
    }
    It 'take values with $using:, and keep those of a closure' {
        $weight = 3
        $times = { param($outputs, $targets) $using:weight * [torch.nn.functional]::cross_entropy($outputs.linear_2, $targets.side) }
        $closure = { param($outputs, $targets) $weight * [torch.nn.functional]::cross_entropy($outputs.linear_2, $targets.side) }.GetNewClosure()
        $weight = 3; $jobs = @($scripted | Invoke-Training $data -Epochs 1 -Objective $times -AsJob)
        $weight = 7; $jobs += $scripted | Invoke-Training $data -Epochs 1 -Objective $closure -AsJob
        $one, $two = $jobs | Wait-Job | Receive-Job
        $jobs | Remove-Job
        $two.FinalTrainingLoss | Should -BeExactly $one.FinalTrainingLoss
    }
    It 'run after every step and epoch, and what they write is the job''s' {
        $seen = [Collections.Generic.List[object]]::new()
        $steps = @{ Count = 0 }
        $job = $net | Invoke-Training $data -Epochs 9 -AsJob -OnStep { $steps.Count++ } -OnEpoch {
            $seen.Add($_); "epoch $($_.Epoch)"; Write-Warning 'careful'; if ($_.Epoch -eq 3) { $false } }
        $job | Wait-Job | Out-Null
        "$($job.Information.MessageData)" | Should -Be 'epoch 1 epoch 2 epoch 3'
        $job.Warning | Should -HaveCount 3
        $result = $job | Receive-Job -WarningAction SilentlyContinue 3> $null
        $job | Remove-Job
        $result.StopReason | Should -Be 'Cancelled'
        $seen.Epoch | Should -Be 1, 2, 3
        $steps.Count | Should -Be $result.StepsCompleted
    }
    It 'end the job with their error' {
        $job = $net | Invoke-Training $data -AsJob -OnEpoch { throw 'enough' }
        $job | Wait-Job | Out-Null
        $job.State | Should -Be 'Failed'
        { $job | Receive-Job -ErrorAction Stop } | Should -Throw '*enough*'
        $job | Remove-Job
    }
    It 'are stopped when they do not end, and the training goes on from where it stood' {
        $whole = $net | Invoke-Training $data -Epochs 4 -BatchSize 6 -Seed 3
        $state = [hashtable]::Synchronized(@{ Waits = $false })
        $job = $net | Invoke-Training $data -Epochs 4 -BatchSize 6 -Seed 3 -Checkpoint $TestDrive/endless -AsJob -OnStep {
            if ($_.Step -eq 10) { $state.Waits = $true; while ($true) { Start-Sleep -Milliseconds 5 } } }
        while (-not $state.Waits) { Start-Sleep -Milliseconds 5 }
        $job | Stop-Job
        $job.State | Should -Be 'Stopped'
        ($job | Receive-Job).StepsCompleted | Should -Be 10
        $job | Remove-Job
        $rest = Resume-Training $TestDrive/endless $data -AsJob | Wait-Job | Receive-Job
        $rest.FinalTrainingLoss | Should -BeExactly $whole.FinalTrainingLoss
    }
    It 'go on from a checkpoint where scripts are allowed' {
        $whole = $scripted | Invoke-Training $data -Epochs 3 -BatchSize 6 -Objective $objective
        $null = $scripted | Invoke-Training $data -Epochs 3 -BatchSize 6 -Objective $objective -Checkpoint $TestDrive/scripted -MaxSteps 9
        $rest = Resume-Training $TestDrive/scripted $data -MaxSteps 1000 -AllowScript -AsJob | Wait-Job | Receive-Job
        $rest.FinalTrainingLoss | Should -BeExactly $whole.FinalTrainingLoss
    }
    It 'cannot take an object of a PowerShell class' {
        class Judge { [bool] Likes($epoch) { return $true } }
        $judge = [Judge]::new()
        $failure = Get-TrainingError { $net | Invoke-Training $data -AsJob -OnEpoch { $judge.Likes($_) } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'VariableNotShared,*'
        "$failure" | Should -BeLike '*$judge*class Judge*'
        (Get-TrainingError { $net | Invoke-Training $data -AsJob -OnEpoch { $using:nothing } }).FullyQualifiedErrorId | Should -BeLike 'UsingVariableNotFound,*'
    }
}
