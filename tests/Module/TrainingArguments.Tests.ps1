# What Invoke-Training and its neighbours make of arguments that are wrong, missing or written otherwise; columns and files that would clash.
BeforeAll { . $PSScriptRoot/Training.Setup.ps1 }

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
    It 'names the sample weight that is missing, with its row' {
        $weighed = foreach ($i in 1..4) { [pscustomobject]@{ x = $i; y = 2 * $i; w = if ($i -eq 3) { [double]::NaN } else { 1 } } }
        $failure = Get-TrainingError { $weighed | ConvertTo-Dataset -Target y -SampleWeight w }
        $failure.FullyQualifiedErrorId | Should -BeLike 'MissingValue,*'
        $failure.Exception.Message | Should -BeLike "Row 3, column 'w':*sample weight*"
        $failure.Exception.Message | Should -Not -BeLike '*target*'
        ($weighed | ConvertTo-Dataset -Target y -SampleWeight w -Missing Drop).Count | Should -Be 3
        $weighed[2].w = -1
        (Get-TrainingError { $weighed | ConvertTo-Dataset -Target y -SampleWeight w }).Exception.Message | Should -BeLike "*weight 'w' of row 3 is -1*"
        $weighed[2].y = $null
        (Get-TrainingError { $weighed | ConvertTo-Dataset -Target y -SampleWeight w }).Exception.Message | Should -BeLike "*'y'*target*"
    }
    It 'says how classes are balanced' {
        foreach ($word in 'Balanced', 'balance', $true) { (Get-TrainingError { $net | Invoke-Training $data -ClassWeight $word }).Exception.Message | Should -BeLike '*-BalanceClass*' }
        (Get-TrainingError { $net | Invoke-Training $data -ClassWeight 1, 2 }).Exception.Message | Should -BeLike '*names of classes*a list*'
        (Get-TrainingError { $net | Invoke-Training $data -ClassWeight 3 }).Exception.Message | Should -BeLike "*names of classes*'3'*"
        foreach ($table in @{ low = 3 }, [ordered]@{ low = 3 }, [pscustomobject]@{ low = 3 }) { ($net | Invoke-Training $data -Epochs 1 -ClassWeight $table).ClassWeights.low | Should -Be 3 }
    }
    It 'takes settings of the loss that the target implies' {
        $named = $net | Invoke-Training $data -Epochs 2 -Loss CrossEntropy -LabelSmoothing 0.1
        $run = $net | Invoke-Training $data -Epochs 2 -LabelSmoothing 0.1
        $run.Options.Loss.LabelSmoothing | Should -Be 0.1
        $run.FinalTrainingLoss | Should -BeExactly $named.FinalTrainingLoss
        (New-Network 2 | Add-Layer Linear 1 | Invoke-Training $data -Epochs 1 -Reduction Sum).Loss | Should -Be BCEWithLogits
        $line = 0..19 | ForEach-Object { [pscustomobject]@{ x = $_ / 20; y = $_ / 10 } } | ConvertTo-Dataset -Target y
        (New-Network 1 | Add-Layer Linear 1 | Invoke-Training $line -Epochs 1 -Reduction Sum).Options.Loss.Reduction | Should -Be Sum
        (Get-TrainingError { New-Network 1 | Add-Layer Linear 1 | Invoke-Training $line -LabelSmoothing .1 }).Exception.Message | Should -BeLike '*LabelSmoothing*'
        (Get-TrainingError { New-Network 2 | Add-Layer Linear 1 | Invoke-Training $data -LabelSmoothing .1 }).Exception.Message | Should -BeLike "*BCEWithLogits*'LabelSmoothing'*"
        (Get-TrainingError { $run | Invoke-Training $data -LabelSmoothing .2 }).Exception.Message | Should -BeLike '*own loss, CrossEntropy*-Loss CrossEntropy*'
        (Get-TrainingError { $net | Invoke-Training $data -LabelSmoothing 2 }).Exception.Message | Should -BeLike '*LabelSmoothing*'
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
