# Regularisers, clipping, factors of the learning rate, averaging, class balance and scripts per epoch of Invoke-Training; Find-LearningRate.
BeforeAll { . $PSScriptRoot/Training.Setup.ps1 }

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
