# Resume-Training, Get-ScheduleType, and the schedule, stopping and checkpoint parameters of Invoke-Training.
BeforeAll {
    . $PSScriptRoot/Training.Setup.ps1
    $net = New-Network 2 | Add-Layer Linear 8 | Add-Layer BatchNorm1d | Add-Layer ReLU | Add-Layer Dropout 0.3 | Add-Layer Linear 2
}

Describe 'Invoke-Training -Schedule' {
    It 'takes a schedule by name with its settings as parameters' {
        $run = $net | Invoke-Training $data -Epochs 6 -LearningRate 0.1 -Schedule Step -StepSize 2 -Gamma 0.5
        $run.History.LearningRate | Should -Be 0.1, 0.1, 0.05, 0.05, 0.025, 0.025
    }
    It 'takes a schedule as a hashtable' {
        $run = $net | Invoke-Training $data -Epochs 4 -LearningRate 0.1 -Schedule @{ Name = 'MultiStep'; Milestones = 1, 3 }
        $run.History.LearningRate | ForEach-Object { [math]::Round($_, 12) } | Should -Be 0.1, 0.01, 0.01, 0.001
    }
    It 'lowers the rate on a plateau' {
        $run = $net | Invoke-Training $data -Epochs 6 -LearningRate 0.1 -Schedule Plateau -Patience 0 -Factor 0.5 -Threshold 1e9 -Absolute
        $run.History.LearningRate | Should -Be 0.1, 0.1, 0.05, 0.025, 0.0125, 0.00625
    }
    It 'moves a one-cycle schedule per step' {
        $run = $net | Invoke-Training $data -Epochs 4 -BatchSize 6 -LearningRate 0.1 -Schedule OneCycle
        $run.History[3].LearningRate | Should -BeLessThan 1e-6
    }
    It 'lists all schedules and completes their names' {
        (Get-ScheduleType).Name | Should -Be 'Constant', 'Cosine', 'Cyclic', 'Exponential', 'Linear', 'MultiStep', 'OneCycle', 'Plateau', 'Step'
        (TabExpansion2 'Invoke-Training -Schedule Co' 28).CompletionMatches.CompletionText | Should -Be 'Constant', 'Cosine'
    }
    It 'refuses an unknown one with near matches' {
        $e = Get-TrainingError { $net | Invoke-Training $data -Schedule Cosin }
        $e.FullyQualifiedErrorId | Should -BeLike 'UnknownSchedule,*'
        "$e" | Should -BeLike "*'Cosine'*"
    }
}

Describe 'Invoke-Training stops early' {
    It 'by patience, and gives the weights of the best epoch' {
        $run = $net | Invoke-Training $data -Epochs 500 -LearningRate 0.05 -EarlyStopping 4 -Seed 2
        $run.StopReason | Should -Be 'EarlyStopped'
        $run.EpochsCompleted | Should -Be ($run.BestEpoch + 4)
        $run.RestoredEpoch | Should -Be $run.BestEpoch
        ($run.Model | Measure-Model -Dataset $data.Validation).Loss | Should -BeGreaterThan ($run.BestValidationLoss - 1e-6)
        ($run.Model | Measure-Model -Dataset $data.Validation).Loss | Should -BeLessThan ($run.BestValidationLoss + 1e-6)
    }
    It 'on a metric of choice' {
        $run = $net | Invoke-Training $data -Epochs 500 -LearningRate 0.05 -EarlyStopping @{ Metric = 'ValidationAccuracy'; Patience = 3; RestoreBest = $false }
        $run.EpochsCompleted | Should -Be ($run.BestEpoch + 3)
        $run.RestoredEpoch | Should -BeNullOrEmpty
        $best = $run.History[$run.BestEpoch - 1].ValidationAccuracy
        ($run.History | Where-Object ValidationAccuracy -gt $best) | Should -BeNullOrEmpty
    }
    It 'when its steps are made' {
        $run = $net | Invoke-Training $data -BatchSize 6 -MaxSteps 10
        $run.StopReason | Should -Be 'StepBudget'
        $run.StepsCompleted | Should -Be 10
    }
    It 'when its time is over' {
        $run = $net | Invoke-Training $data -Epochs 1000000 -MaxTime 00:00:00.3
        $run.StopReason | Should -Be 'TimeBudget'
        $run.Duration.TotalSeconds | Should -BeLessThan 3
    }
    It 'not for a metric that it will not measure, which shows before the first step' {
        foreach ($case in @{ Metric = 'ValidationLoss'; Why = 'no validation data' }, @{ Metric = 'GradientNorm'; Why = 'ReportNorm.' }, @{ Metric = 'DeadUnits'; Why = 'ReportDeadUnit.' }, @{ Metric = 'Penalty'; Why = 'no regulariser' }) {
            $e = Get-TrainingError { $net | Invoke-Training $data.Train -EarlyStopping @{ Metric = $case.Metric } -LearningCurve $TestDrive/never.csv }
            $e.FullyQualifiedErrorId | Should -BeLike 'MetricNotMeasured,*'
            "$e" | Should -BeLike "*$($case.Why)*"
        }
        Test-Path $TestDrive/never.csv | Should -BeFalse
    }
    It 'not for a metric that does not exist' {
        (Get-TrainingError { $net | Invoke-Training $data -EarlyStopping @{ Metric = 'ValAccuracy' } }).FullyQualifiedErrorId | Should -BeLike 'UnknownMetric,*'
        (Get-TrainingError { $net | Invoke-Training $data -EarlyStopping @{ Patiens = 3 } }).FullyQualifiedErrorId | Should -BeLike 'UnknownParameter,*'
    }
}

Describe 'Resume-Training' {
    It 'goes on to the same numbers as without an interruption' {
        $whole = $net | Invoke-Training $data -Epochs 8 -BatchSize 6 -Seed 5 -LearningRate 0.02 -LearningCurve $TestDrive/whole.csv
        $first = $net | Invoke-Training $data -Epochs 8 -BatchSize 6 -Seed 5 -LearningRate 0.02 -LearningCurve $TestDrive/curve.csv -Checkpoint $TestDrive/run -MaxSteps 17
        $first.StopReason | Should -Be 'StepBudget'
        $first.EpochsCompleted | Should -Be 2
        $rest = Resume-Training $TestDrive/run $data -MaxSteps 1000
        $rest.StopReason | Should -Be 'Completed'
        $rest.History.TrainingLoss | Should -Be $whole.History.TrainingLoss
        $rest.FinalValidationLoss | Should -BeExactly $whole.FinalValidationLoss
        foreach ($weight in $whole.Model | Get-Weight) { ($rest.Model | Get-Weight $weight.Name).Values | Should -Be $weight.Values }
        $columns = 'Epoch', 'TrainingLoss', 'TrainingAccuracy', 'ValidationLoss', 'ValidationAccuracy', 'LearningRate', 'Step', 'SampleCount'
        (Import-Csv $TestDrive/curve.csv | Select-Object $columns | ConvertTo-Csv) | Should -Be (Import-Csv $TestDrive/whole.csv | Select-Object $columns | ConvertTo-Csv)
    }
    It 'goes on after the pipeline was stopped, within the epoch' {
        $whole = $net | Invoke-Training $data -Epochs 6 -BatchSize 6 -Seed 6
        $net | Invoke-Training $data -Epochs 6 -BatchSize 6 -Seed 6 -StreamEpoch -Checkpoint $TestDrive/stopped -CheckpointEvery '3 steps' | Select-Object -First 2 | Out-Null
        (Resume-Training $TestDrive/stopped $data).FinalTrainingLoss | Should -BeExactly $whole.FinalTrainingLoss
    }
    It 'streams the epochs that were missing' {
        $net | Invoke-Training $data -Epochs 3 -Checkpoint $TestDrive/more | Out-Null
        (Resume-Training $TestDrive/more $data -Epochs 5 -StreamEpoch).Epoch | Should -Be 4, 5
    }
    It 'is what Invoke-Training -Resume does, which starts when there is nothing' {
        $run = { $net | Invoke-Training $data -Epochs 3 -Checkpoint $TestDrive/again -Resume -LearningCurve $TestDrive/again.csv }
        $one = & $run
        (& $run).FinalTrainingLoss | Should -BeExactly $one.FinalTrainingLoss
        @(Import-Csv $TestDrive/again.csv).Count | Should -Be 3
    }
    It 'takes epochs, steps and times between checkpoints' {
        foreach ($every in 2, '2 epochs', '10 steps', '5 s', [timespan]'00:00:05') {
            ($net | Invoke-Training $data -Epochs 1 -Checkpoint $TestDrive/every -Force -CheckpointEvery $every).StopReason | Should -Be 'Completed'
        }
    }
    It 'warns of a damaged checkpoint and takes the one before' {
        $net | Invoke-Training $data -Epochs 3 -Checkpoint $TestDrive/damaged -CheckpointEvery 1 | Out-Null
        $newest = (Get-ChildItem $TestDrive/damaged -Filter checkpoint-* | Sort-Object Name)[-1].FullName
        Set-Content $newest 'garbage'
        $run = Resume-Training $TestDrive/damaged $data -WarningVariable warned -WarningAction SilentlyContinue
        $run.EpochsCompleted | Should -Be 3
        "$warned" | Should -BeLike '*one before*'
    }
    It 'refuses other data, and names the difference' {
        $net | Invoke-Training $data -Epochs 1 -Checkpoint $TestDrive/other | Out-Null
        $e = Get-TrainingError { Resume-Training $TestDrive/other ($rows | Select-Object -First 40 | ConvertTo-Dataset -Target side | Split-Dataset -Ratio .7, .3 -Stratify) }
        $e.FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
        "$e" | Should -Match '42 rows, now .* 28 rows'
    }
    It 'refuses a folder that has none' {
        (Get-TrainingError { Resume-Training $TestDrive/none $data }).FullyQualifiedErrorId | Should -BeLike 'FolderNotFound,*'
    }
    It 'does not overwrite a training without -Force' {
        $net | Invoke-Training $data -Epochs 1 -Checkpoint $TestDrive/kept | Out-Null
        $e = Get-TrainingError { $net | Invoke-Training $data -Epochs 1 -Checkpoint $TestDrive/kept }
        $e.FullyQualifiedErrorId | Should -BeLike 'CheckpointExists,*'
        ($net | Invoke-Training $data -Epochs 1 -Checkpoint $TestDrive/kept -Force).EpochsCompleted | Should -Be 1
    }
}

Describe 'Ctrl+C' {
    BeforeAll {
        . $PSScriptRoot/Shell.Setup.ps1
        # The process interrupts itself where the script stands, and the script does not go on by itself.
        $interrupt = '& /bin/sh -c "kill -INT $PID"; while ($true) { [Threading.Thread]::Sleep(5) }'
        $rows | Export-Csv $TestDrive/rows.csv
    }
    It 'in <Where> keeps what was done, and Resume-Training goes on to the same bits' -Skip:(-not $IsLinux) -ForEach @(
        @{ Where = 'a script per step'; Steps = 5; Options = '-OnStep { if ($_.Step -eq 5) { INTERRUPT } }' }
        @{ Where = 'a script per epoch'; Steps = 14; Options = '-OnEpoch { if ($_.Epoch -eq 2) { INTERRUPT } }' }
        @{ Where = 'an objective'; Steps = 6; Objective = 'if ($env:DLX_CTRL_C -and $loss.requires_grad -and $global:calls -eq 8) { INTERRUPT }' }
        @{ Where = 'an objective that measures'; Steps = 14; Objective = 'if ($env:DLX_CTRL_C -and -not $loss.requires_grad -and $global:measured -eq 2) { INTERRUPT }' }
        # The step is not half done: it is done again, from the checkpoint before.
        @{ Where = 'an objective between the parts of a batch'; Steps = 3; Options = '-BatchParts 2'; Objective = 'if ($env:DLX_CTRL_C -and $loss.requires_grad -and $global:calls -eq 13) { INTERRUPT }' }
    ) {
        $folder = Join-Path $TestDrive ($Where -replace ' ', '-')
        $train = "`$data = Import-Csv '$TestDrive/rows.csv' | ConvertTo-Dataset -Target side | Split-Dataset -Ratio .7, .3 -Stratify -Seed 1
            New-Network 2 | Add-Layer Linear 8 | Add-Layer BatchNorm1d | Add-Layer Dropout 0.3 | Add-Layer Linear 2 | Invoke-Training `$data -Epochs 4 -BatchSize 6 -Seed 5 -LearningRate 0.02 $Options"
        if ($Objective) {
            $train += " -Objective { param(`$outputs, `$targets) `$loss = [torch.nn.functional]::cross_entropy(`$outputs.linear_2, `$targets.side)
                if (`$loss.requires_grad) { `$global:calls++ } else { `$global:measured++ }; $Objective; `$loss }"
        }
        $train = $train.Replace('INTERRUPT', $interrupt)
        $process = Start-Shell "Import-Module '$manifest'; `$env:DLX_CTRL_C = 1; $train -Checkpoint '$folder' -CheckpointEvery '3 steps' -LearningCurve '$folder.csv'"
        $process.WaitForExit(60000) | Should -BeTrue
        Test-Path $folder | Should -BeTrue -Because $process.StandardError.ReadToEnd()
        (Resume-Training $folder $data -AllowScript -WhatIf).StepsCompleted | Should -Be $Steps
        $rest = Resume-Training $folder $data -AllowScript
        $whole = & ([scriptblock]::Create(($train -replace '-On(Step|Epoch) \{.*\}')))
        $rest.History.TrainingLoss | Should -BeExactly $whole.History.TrainingLoss
        $rest.FinalValidationLoss | Should -BeExactly $whole.FinalValidationLoss
        foreach ($weight in $whole.Model | Get-Weight) { ($rest.Model | Get-Weight $weight.Name).Values | Should -BeExactly $weight.Values }
        @(Import-Csv "$folder.csv").TrainingLoss | Should -Be ($whole.History.TrainingLoss | ForEach-Object { $_.ToString([cultureinfo]::InvariantCulture) })
    }
}
