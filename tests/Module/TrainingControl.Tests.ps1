# Regularisers, clipping, factors of the learning rate, averaging, class balance and scripts per epoch of Invoke-Training; Find-LearningRate.
BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $rows = foreach ($i in 0..59) {
        $side = $i % 2
        [pscustomobject]@{ x = 2 * $side + ($i * 7 % 10) / 5; y = 2 * $side + ($i * 3 % 10) / 5; side = ('low', 'high')[$side] }
    }
    $data = $rows | ConvertTo-Dataset -Target side | Split-Dataset -Ratio .7, .3 -Stratify -Seed 1
    $net = New-Network 2 | Add-Layer Linear 8 -Activation ReLU | Add-Layer Linear 2

    function Get-TrainingError([scriptblock]$script) {
        try { & $script | Out-Null; $null } catch { $_ }
    }
}

Describe 'Invoke-Training -Regulariser' {
    It 'takes one by name with its settings, and reports the penalty apart' {
        $run = $net | Invoke-Training $data -Epochs 1 -LearningRate 0 -Regulariser L2 -Lambda 0.5
        $squares = 0.0
        foreach ($weight in $run.Model | Get-Weight *.weight) { foreach ($v in $weight.Values) { $squares += [double]$v * $v } }
        [math]::Abs($run.History[0].Penalty - 0.5 * $squares) | Should -BeLessThan 1e-5
        $run.FinalTrainingLoss | Should -BeExactly ($net | Invoke-Training $data -Epochs 1 -LearningRate 0).FinalTrainingLoss
    }
    It 'takes several as hashtables' {
        $run = $net | Invoke-Training $data -Epochs 1 -Regularizer @{ Name = 'L1'; Lambda = 1e-3 }, @{ Name = 'Activation'; Lambda = 1e-3 }
        $run.Options.Rules.Regularisers.Type | Should -Be 'L1', 'Activation'
        $run.History[0].Penalty | Should -BeGreaterThan 0
    }
    It 'takes a matrix' {
        $run = New-Network 2 | Add-Layer Linear 2 | Invoke-Training $data -Epochs 1 -Regulariser @{ Name = 'Tikhonov'; Lambda = 0.1; Matrix = @(@(1, -1, 0, 0), @(0, 0, 1, -1)) }
        $run.History[0].Penalty | Should -BeGreaterThan 0
    }
    It 'writes the penalty to the curve' {
        $run = $net | Invoke-Training $data -Epochs 2 -Regulariser L1 -Lambda 0.01 -LearningCurve $TestDrive/penalty.csv
        [double](Import-Csv $TestDrive/penalty.csv)[1].Penalty | Should -BeExactly $run.History[1].Penalty
    }
    It 'makes weights 0 with proximal L1' {
        $run = $net | Invoke-Training $data -Epochs 60 -Optimizer SGD -LearningRate 0.1 -Regulariser L1 -Lambda 0.1 -Proximal
        $zeros = @(($run.Model | Get-Weight linear_1.weight).Values -eq 0).Count
        $zeros | Should -BeGreaterThan 4
    }
    It 'lists them' { (Get-RegulariserType).Name | Should -Be 'Activation', 'ElasticNet', 'L1', 'L2', 'Tikhonov' }
    It 'refuses an unknown one, and a layer that is not there' {
        (Get-TrainingError { $net | Invoke-Training $data -Regulariser L3 }).FullyQualifiedErrorId | Should -BeLike 'UnknownRegulariser,*'
        (Get-TrainingError { $net | Invoke-Training $data -Regulariser L2 -Lambda 1 -Layer conv* }).FullyQualifiedErrorId | Should -BeLike 'UnknownLayer,*'
    }
}

Describe 'Invoke-Training controls its updates' {
    It 'reports norms and clips them' {
        $free = $net | Invoke-Training $data -Epochs 1 -BatchSize 0 -Optimizer SGD -LearningRate 1 -ReportNorm
        $free.History[0].GradientNorm | Should -BeGreaterThan 0
        $free.History[0].WeightNorm | Should -BeGreaterThan 0
        $clipped = $net | Invoke-Training $data -Epochs 1 -BatchSize 0 -Optimizer SGD -LearningRate 0.5 -ClipNorm 1e-6 -ReportNorm
        $clipped.History[0].GradientNorm | Should -BeExactly $free.History[0].GradientNorm
        $plain = $net | Invoke-Training $data -Epochs 1 -LearningRate 0
        [math]::Abs(($clipped.Model | Get-Weight linear_1.weight).Values[0] - ($plain.Model | Get-Weight linear_1.weight).Values[0]) | Should -BeLessThan 1e-5
    }
    It 'keeps layers whose factor is 0' {
        $run = $net | Invoke-Training $data -Epochs 2 -LearningRateFactor @{ 'linear_1' = 0 }
        $plain = $net | Invoke-Training $data -Epochs 1 -LearningRate 0
        ($run.Model | Get-Weight linear_1.weight).Values | Should -Be ($plain.Model | Get-Weight linear_1.weight).Values
        ($run.Model | Get-Weight linear_2.weight).Values[0] | Should -Not -Be ($plain.Model | Get-Weight linear_2.weight).Values[0]
    }
    It 'makes as many steps with batches in parts' {
        ($net | Invoke-Training $data -Epochs 1 -BatchSize 21 -BatchParts 3).StepsCompleted | Should -Be 2
    }
    It 'averages weights' {
        ($net | Invoke-Training $data -Epochs 5 -WeightAverage 0.9).ValidationAccuracy | Should -BeGreaterOrEqual 0
        (Get-TrainingError { $net | Invoke-Training $data -WeightAverage 1.5 }).FullyQualifiedErrorId | Should -BeLike 'InvalidWeightAverage,*'
    }
    It 'balances classes: the loss at the start is the mean over classes' {
        $few = @($rows | Where-Object side -eq low | Select-Object -First 27) + @($rows | Where-Object side -eq high | Select-Object -First 3) | ConvertTo-Dataset -Target side
        $each = foreach ($class in 'low', 'high') {
            $part = @($rows | Where-Object side -eq $class | Select-Object -First (@{ low = 27; high = 3 }[$class]))
            ($net | Invoke-Training $few -Epochs 1 -LearningRate 0 -BatchSize 0 -ValidationDataset ($part | ConvertTo-Dataset -Target side)).FinalValidationLoss
        }
        $run = $net | Invoke-Training $few -Epochs 1 -LearningRate 0 -BatchSize 0 -BalanceClass
        [math]::Abs($run.FinalTrainingLoss - ($each | Measure-Object -Average).Average) | Should -BeLessThan 1e-5
        $numbers = 0..9 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ } } | ConvertTo-Dataset -Target y
        (Get-TrainingError { New-Network 1 | Add-Layer Linear 1 | Invoke-Training $numbers -BalanceClass }).FullyQualifiedErrorId | Should -BeLike 'NoClasses,*'
    }
}

Describe 'Invoke-Training -OnEpoch' {
    It 'runs the script after every epoch' {
        $seen = [System.Collections.Generic.List[double]]::new()
        $run = $net | Invoke-Training $data -Epochs 3 -OnEpoch { param($epoch) $seen.Add($epoch.TrainingLoss); $seen.Add($_.Epoch) }
        $seen | Should -HaveCount 6
        $seen[5] | Should -Be 3
        $run | Should -HaveCount 1
    }
    It 'ends the training when the script gives $false' {
        $run = $net | Invoke-Training $data -Epochs 50 -OnEpoch { $_.Epoch -lt 4 }
        $run.EpochsCompleted | Should -Be 4
        $run.StopReason | Should -Be 'Cancelled'
    }
    It 'ends it with the error of the script' {
        "$(Get-TrainingError { $net | Invoke-Training $data -Epochs 50 -OnEpoch { throw 'enough' } })" | Should -BeLike '*enough*'
    }
}

Describe 'Invoke-Training -OnStep' {
    It 'leaves a checkpoint when it fails, so that no step is made twice' {
        $whole = $net | Invoke-Training $data -Epochs 4 -Seed 6
        { $net | Invoke-Training $data -Epochs 4 -Seed 6 -Checkpoint $TestDrive/failed -CheckpointEvery 100 -OnEpoch { if ($_.Epoch -eq 2) { throw 'mistake' } } } | Should -Throw '*mistake*'
        $rest = Resume-Training $TestDrive/failed $data -StreamEpoch -ResultVariable run
        $rest.Epoch | Should -Be 3, 4
        $run.FinalTrainingLoss | Should -BeExactly $whole.FinalTrainingLoss
    }
    It 'runs after every step with what it gave' {
        $seen = [System.Collections.Generic.List[object]]::new()
        $run = $net | Invoke-Training $data -Epochs 2 -BatchSize 21 -LearningRate 0.01 -Seed 2 -OnStep { $seen.Add($_) }
        $seen | Should -HaveCount 4
        $seen.Step | Should -Be 1, 2, 3, 4
        $seen.Epoch | Should -Be 1, 1, 2, 2
        $seen.StepInEpoch | Should -Be 1, 2, 1, 2
        $seen.LearningRate | Should -Be 0.01, 0.01, 0.01, 0.01
        $mean = ($seen[0].Loss + $seen[1].Loss) / 2
        [math]::Abs($mean - $run.History[0].TrainingLoss) | Should -BeLessThan 1e-6
        $seen[1].TrainingLoss | Should -BeExactly $run.History[0].TrainingLoss
    }
    It 'ends the training when it gives $false, and hands other output on as information' {
        $run = $net | Invoke-Training $data -Epochs 5 -BatchSize 1 -OnStep { param($step) if ($step.Step -eq 7) { $false } elseif ($step.Step -eq 3) { 'third' } } -InformationVariable said
        $run.StepsCompleted | Should -Be 7
        $run.StopReason | Should -Be 'Cancelled'
        "$said" | Should -Be 'third'
    }
    It 'ends the training with its error' {
        (Get-TrainingError { $net | Invoke-Training $data -OnStep { throw 'no more' } }).Exception.Message | Should -BeLike '*no more*'
    }
}

Describe 'Invoke-Training reports layers' {
    It 'gives norms of every layer as plain objects' {
        $run = $net | Invoke-Training $data -Epochs 3 -BatchSize 0 -ReportLayer -ReportNorm
        $run.History.Layers | Should -HaveCount 6
        $last = $run.History[2].Layers
        $last.Layer | Should -Be 'linear_1', 'linear_2'
        # The norm of all gradients is that of the layers' norms; so with the weights.
        [math]::Abs([math]::Sqrt([math]::Pow($last[0].GradientNorm, 2) + [math]::Pow($last[1].GradientNorm, 2)) / $run.History[2].GradientNorm - 1) | Should -BeLessThan 1e-6
        [math]::Abs([math]::Sqrt([math]::Pow($last[0].WeightNorm, 2) + [math]::Pow($last[1].WeightNorm, 2)) / $run.History[2].WeightNorm - 1) | Should -BeLessThan 1e-6
        $run.History.Layers | Export-Csv $TestDrive/layers.csv
        (Import-Csv $TestDrive/layers.csv)[5].Layer | Should -Be 'linear_2'
    }
    It 'counts dead units, in the history, the curve and early stopping' {
        $model = $net | New-Model -Seed 1
        $model | Set-Weight @{ 'linear_1.bias' = -100, -100, -100, 0, 0, 0, 0, 0; 'linear_1.weight' = @(, (0.1, 0.1) * 8) }
        $run = $model | Invoke-Training $data -Epochs 4 -LearningRate 0 -ReportDeadUnit -LearningCurve $TestDrive/dead.csv -EarlyStopping @{ Metric = 'DeadUnits'; Patience = 2 }
        $run.History.DeadUnits | Should -Be 0.375, 0.375, 0.375
        $run.StopReason | Should -Be 'EarlyStopped'
        $run.History[0].Layers.Layer | Should -Be 'relu_1'
        (Import-Csv $TestDrive/dead.csv)[0].DeadUnits | Should -Be '0.375'
        (Import-LearningCurve $TestDrive/dead.csv)[0].DeadUnits | Should -Be 0.375
        (Get-TrainingError { New-Network 2 | Add-Layer Linear 2 | Invoke-Training $data -ReportDeadUnit }).FullyQualifiedErrorId | Should -BeLike 'NoDeadUnits,*'
    }
    It 'shows the epochs under the names of their properties' {
        $text = ($net | Invoke-Training $data -Epochs 1).History | Format-Table | Out-String -Width 160
        foreach ($name in 'Epoch', 'TrainingLoss', 'ValidationLoss', 'TrainingAccuracy', 'ValidationAccuracy', 'LearningRate') { $text | Should -Match "\b$name\b" }
        $one = $net | Invoke-Training $data -Epochs 1
        $table = $one, $one | Format-Table | Out-String -Width 160
        foreach ($name in 'LearningRate', 'EpochsCompleted', 'BestValidationLoss', 'StopReason') { $table | Should -Match "\b$name\b" }
    }
}

Describe 'Invoke-Training -SaveBest, -SaveLast, -SaveFolder' {
    It 'keeps the models of the best, the last and every few epochs' {
        $run = $net | Invoke-Training $data -Epochs 6 -LearningRate 0.5 -Optimizer SGD -SaveBest $TestDrive/best.safetensors -SaveLast $TestDrive/last.safetensors -SaveFolder $TestDrive/models -SaveEvery 2
        (Get-ChildItem $TestDrive/models).Name | Sort-Object | Should -Be 'epoch-00002.safetensors', 'epoch-00004.safetensors', 'epoch-00006.safetensors'
        (Import-Model $TestDrive/last.safetensors | Measure-Model $data.Validation).Loss | Should -BeExactly ($run | Measure-Model $data.Validation).Loss
        $best = (Import-Model $TestDrive/best.safetensors | Measure-Model $data.Validation).Loss
        [math]::Abs($best - $run.BestValidationLoss) | Should -BeLessThan 1e-6
    }
    It 'goes by another metric when asked, and refuses what does not go together' {
        $run = $net | Invoke-Training $data -Epochs 5 -LearningRate 0.5 -Optimizer SGD -SaveBest $TestDrive/accuracy.safetensors -SaveMetric ValidationAccuracy
        $most = ($run.History.ValidationAccuracy | Measure-Object -Maximum).Maximum
        (Import-Model $TestDrive/accuracy.safetensors | Measure-Model $data.Validation).Accuracy | Should -Be $most
        (Get-TrainingError { $net | Invoke-Training $data -Epochs 1 -SaveBest $TestDrive/accuracy.safetensors }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $null = $net | Invoke-Training $data -Epochs 1 -SaveBest $TestDrive/accuracy.safetensors -Force
        (Get-TrainingError { $net | Invoke-Training $data -Epochs 1 -SaveEvery 2 }).FullyQualifiedErrorId | Should -BeLike 'InvalidModelFiles,*'
        (Get-TrainingError { $net | Invoke-Training $data -Epochs 1 -SaveMetric DeadUnits }).FullyQualifiedErrorId | Should -BeLike 'InvalidModelFiles,*'
        (Get-TrainingError { $net | Invoke-Training $data -Epochs 1 -SaveBest $TestDrive/norm.safetensors -SaveMetric GradientNorm }).FullyQualifiedErrorId | Should -BeLike 'MetricNotMeasured,*'
    }
}

Describe 'Arguments of Invoke-Training' {
    It 'says how a file, rows or a word become a data set' {
        Set-Content $TestDrive/t.csv 'x,y'
        foreach ($command in { $net | Invoke-Training $TestDrive/t.csv }, { $net | Find-LearningRate $TestDrive/t.csv }, { $net | Measure-Model $TestDrive/t.csv },
            { Resume-Training $TestDrive $TestDrive/t.csv }, { $net | Invoke-Training $data -ValidationDataset $TestDrive/t.csv }, { $net | Invoke-Training (Get-Item $TestDrive/t.csv) }) {
            (Get-TrainingError $command).Exception.Message | Should -BeLike '*is a file*Import-Dataset*'
        }
        (Get-TrainingError { $net | Invoke-Training iris }).Exception.Message | Should -BeLike "*'iris' is a text*Get-Dataset*"
        (Get-TrainingError { $net | Invoke-Training $rows }).Exception.Message | Should -BeLike '*ConvertTo-Dataset*'
        (Get-TrainingError { $net | Invoke-Training $data, $data }).Exception.Message | Should -BeLike '*2 data sets*'
    }
    It 'does not take a number with a comma for another' {
        (Get-TrainingError { $net | Invoke-Training $data -LearningRate '0,01' }).Exception.Message | Should -BeLike '*0,01*write a point*'
        (Get-TrainingError { $net | Invoke-Training $data -Optimizer SGD -Momentum '0,9' }).Exception.Message | Should -BeLike '*0,9*write a point*'
        (Get-TrainingError { $net | Invoke-Training $data -Optimizer @{ Name = 'SGD'; Momentum = '0,9' } }).FullyQualifiedErrorId | Should -BeLike 'InvalidParameterType,*'
        ($net | Invoke-Training $data -Epochs 1 -LearningRate '1e-2').LearningRate | Should -BeExactly 0.01
    }
    It 'does not round whole numbers' { (Get-TrainingError { $net | Invoke-Training $data -Epochs 2.5 }).Exception.Message | Should -BeLike '*Epochs is 2.5*whole number*' }
    It 'reads lengths of time, and refuses numbers that PowerShell takes for parts of a microsecond' {
        ($net | Invoke-Training $data -Epochs 1 -MaxTime '10 min').Options.MaxTime | Should -Be ([timespan]::FromMinutes(10))
        ($net | Invoke-Training $data -Epochs 1 -MaxTime '1.5 h').Options.MaxTime | Should -Be ([timespan]::FromMinutes(90))
        ($net | Invoke-Training $data -Epochs 1 -MaxTime 00:01:00).Options.MaxTime | Should -Be ([timespan]::FromMinutes(1))
        foreach ($odd in 60, '60', 'soon', '5 weeks') { (Get-TrainingError { $net | Invoke-Training $data -MaxTime $odd }).Exception.Message | Should -BeLike "*'$odd' is no length of time*" }
    }
    It 'takes nothing for what was not given' {
        $none = @{ Optimizer = $null; Loss = $null; Metric = $null; Regulariser = $null; LossWeight = $null; ClassWeight = $null; ParameterGroup = $null; LearningRateFactor = $null; Schedule = $null; Objective = $null }
        ($net | Invoke-Training $data -Epochs 1 @none).Optimizer | Should -Be Adam
        ($net | Find-LearningRate $data -Optimizer $null).LearningRate | Should -BeGreaterThan 0
    }
    It 'finds a batch of one row before the first step' {
        $normed = New-Network 2 | Add-Layer Linear 4 | Add-Layer BatchNorm1d | Add-Layer Linear 2
        $count = $data.Train.Count
        foreach ($engine in 'Fused', 'Torch') {
            $failure = Get-TrainingError { $normed | Invoke-Training $data -BatchSize ($count - 1) -Engine $engine -OnStep { throw 'too late' } }
            $failure.FullyQualifiedErrorId | Should -BeLike 'BatchTooSmall,*'
            $failure.Exception.Message | Should -BeLike "*such as $($count - 2) or $count*"
        }
        ($normed | Invoke-Training $data -BatchSize ($count - 2) -Epochs 1).StepsCompleted | Should -Be 2
        (Get-TrainingError { $normed | Invoke-Training $data -BatchSize 4 -BatchParts 4 }).FullyQualifiedErrorId | Should -BeLike 'BatchTooSmall,*'
    }
    It 'says that one class alone is nothing to learn' {
        $one = $rows | Where-Object side -eq low | ConvertTo-Dataset -Target side
        (Get-TrainingError { $net | Invoke-Training $one }).Exception.Message | Should -BeLike "*one class alone, 'low'*"
    }
    It 'has the network in its result' { ($net | Invoke-Training $data -Epochs 1).Network.ToString() | Should -Be $net.ToString() }
    It 'writes a metric that the curve has anyway once' {
        $run = $net | Invoke-Training $data -Epochs 2 -Metric Accuracy, F1 -LearningCurve $TestDrive/once.csv
        $last = (Import-Csv $TestDrive/once.csv)[-1]
        [double]$last.TrainingAccuracy | Should -BeExactly $run.TrainingAccuracy
        [double]$last.ValidationF1 | Should -BeExactly $run.History[-1].ValidationF1
    }
    It 'says how to get a metric that is watched' {
        (Get-TrainingError { $net | Invoke-Training $data -EarlyStopping @{ Metric = 'ValidationF1' } }).Exception.Message | Should -BeLike '*-Metric F1*'
    }
    It 'does not replace a curve that another training writes' {
        $job = $net | Invoke-Training $data -Epochs 1000000 -LearningCurve $TestDrive/held.csv -AsJob
        while ($job.History.Count -eq 0) { Start-Sleep -Milliseconds 20 }
        try { (Get-TrainingError { $net | Invoke-Training $data -Epochs 1 -LearningCurve $TestDrive/held.csv -Force }).Exception.Message | Should -BeLike '*written by another training*' }
        finally { $job | Stop-Job; $job | Remove-Job }
        ($net | Invoke-Training $data -Epochs 1 -LearningCurve $TestDrive/held.csv -Force).EpochsCompleted | Should -Be 1
        @(Import-Csv $TestDrive/held.csv).Count | Should -Be 1
    }
    It 'warns when a resumed training keeps its thread count' {
        $net | Invoke-Training $data -Epochs 1 -Threads 1 -Engine Torch -Checkpoint $TestDrive/threads | Out-Null
        $run = $net | Invoke-Training $data -Epochs 2 -Threads 2 -Engine Torch -Checkpoint $TestDrive/threads -Resume -WarningVariable said -WarningAction SilentlyContinue
        $run.Threads | Should -Be 1
        "$said" | Should -BeLike '*goes on with 1 thread*'
    }
}

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

Describe 'Find-LearningRate' {
    It 'finds a rate that trains' {
        $found = $net | Find-LearningRate $data -Optimizer SGD -BatchSize 7 -Steps 100
        $found.LearningRate | Should -BeGreaterThan 1e-3
        $found.LearningRate | Should -BeLessThan 3
        $found.LearningRate | Should -BeLessOrEqual $found.LowestLossRate
        $found.Points.Count | Should -BeLessOrEqual 100
        $found.Points[0].LearningRate | Should -Be 1e-7
        $run = $net | Invoke-Training $data -Optimizer SGD -BatchSize 7 -LearningRate $found.LearningRate -Epochs 20
        $run.FinalTrainingLoss | Should -BeLessThan $run.History[0].TrainingLoss
    }
    It 'gives the parameter of Invoke-Training, and the curve for a file' {
        $found = $net | Find-LearningRate $data -Steps 20
        $found.PSObject.Properties.Name | Should -Contain 'LearningRate'
        $found.Points | Export-Csv $TestDrive/rates.csv
        @(Import-Csv $TestDrive/rates.csv).Count | Should -Be $found.Points.Count
    }
    It 'refuses rates that do not rise' {
        (Get-TrainingError { $net | Find-LearningRate $data -MinimumRate 1 -MaximumRate 0.1 }).FullyQualifiedErrorId | Should -BeLike 'InvalidRange,*'
    }
}
