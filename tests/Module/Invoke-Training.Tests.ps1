# Invoke-Training.
BeforeDiscovery {
    $iris = "$PSScriptRoot/../../../shared/data/tables/iris.csv"
    $noIris = -not (Test-Path $iris)
}

Describe 'Invoke-Training' {
    BeforeAll {
        Import-Module $PSScriptRoot/../../module/DLExperiments
        # Two clouds around (0, 0) and (4, 4), told apart by a line: any training that works finds it.
        $rows = foreach ($i in 0..39) {
            $side = $i % 2
            [pscustomobject]@{ x = 4 * $side + ($i * 7 % 10) / 10; y = 4 * $side + ($i * 3 % 10) / 10; side = ('low', 'high')[$side] }
        }
        $data = $rows | ConvertTo-Dataset -Target side | Split-Dataset -Ratio .75, .25 -Stratify -Seed 1
        $net = New-Network 2 | Add-Layer Linear 4 -Activation Tanh | Add-Layer Linear 2

        function Get-TrainingError([scriptblock]$script) {
            try { & $script | Out-Null; $null } catch { $_ }
        }
    }

    It 'trains a network and returns one result with plain properties' {
        $run = $net | Invoke-Training -Dataset $data -Epochs 40 -LearningRate 0.05 -BatchSize 8 -Seed 3
        $run | Should -HaveCount 1
        $run.Loss | Should -Be 'CrossEntropy'
        $run.Optimizer | Should -Be 'Adam'
        $run.LearningRate | Should -Be 0.05
        $run.Seed | Should -Be 3
        $run.StopReason | Should -Be 'Completed'
        $run.EpochsCompleted | Should -Be 40
        $run.StepsCompleted | Should -Be 160
        $run.TrainingCount | Should -Be 30
        $run.ValidationCount | Should -Be 10
        $run.ValidationAccuracy | Should -Be 1
        $run.Duration | Should -BeOfType ([timespan])
        $run.History | Should -HaveCount 40
        $run.History[0].TrainingLoss | Should -BeGreaterThan $run.History[39].TrainingLoss
        $run.BestValidationLoss | Should -Be ($run.History.ValidationLoss | Sort-Object)[0]
        $run.ParameterCount | Should -Be 22
    }

    It 'gives the same numbers for the same seed' {
        $runs = 1..2 | ForEach-Object { $net | Invoke-Training $data -Epochs 2 -Seed 9 }
        $runs[0].FinalTrainingLoss | Should -BeExactly $runs[1].FinalTrainingLoss
        ($net | Invoke-Training $data -Epochs 2 -Seed 10).FinalTrainingLoss | Should -Not -Be $runs[0].FinalTrainingLoss
    }

    It 'goes on from a model and from a training result' {
        $first = $net | Invoke-Training $data -Epochs 5
        ($first.Model | Invoke-Training $data -Epochs 1 -LearningRate 0 -BatchSize 0).FinalValidationLoss | Should -Be $first.FinalValidationLoss
        ($first | Invoke-Training $data -Epochs 1 -LearningRate 0 -BatchSize 0).FinalValidationLoss | Should -Be $first.FinalValidationLoss
    }

    It 'takes settings of the optimizer and of the loss as parameters' {
        $run = $net | Invoke-Training $data -Optimizer SGD -Momentum 0.9 -Nesterov -WeightDecay 1e-3 -Loss CrossEntropy -LabelSmoothing 0.1 -Epochs 1
        $run.Options.Optimizer.Momentum | Should -Be 0.9
        $run.Options.Optimizer.Nesterov | Should -BeTrue
        $run.Options.Optimizer.WeightDecay | Should -Be 1e-3
        $run.Options.Loss.LabelSmoothing | Should -Be 0.1
    }

    It 'takes the optimizer and the loss as hashtables' {
        $run = $net | Invoke-Training $data -Optimizer @{ Name = 'RMSprop'; Alpha = 0.9; LearningRate = 0.02 } -Loss @{ Name = 'CrossEntropy'; ClassWeights = 1, 2 } -Epochs 1
        $run.Optimizer | Should -Be 'RMSprop'
        $run.LearningRate | Should -Be 0.02
        $run.Options.Loss.ClassWeights | Should -Be 1, 2
    }

    It 'has batches of <Size> rows in <Steps> steps' -ForEach @(
        @{ Size = 1; Steps = 30 }, @{ Size = 7; Steps = 5 }, @{ Size = 30; Steps = 1 }, @{ Size = 0; Steps = 1 }
    ) {
        ($net | Invoke-Training $data -Epochs 1 -BatchSize $Size).StepsCompleted | Should -Be $Steps
    }

    It 'trains with each optimizer: <_>' -ForEach @('SGD', 'Adagrad', 'RMSprop', 'Adadelta', 'Adam', 'AdamW', 'NAdam', 'RAdam') {
        $run = $net | Invoke-Training $data -Optimizer $_ -Epochs 10 -BatchSize 4
        $run.History[9].TrainingLoss | Should -BeLessThan $run.History[0].TrainingLoss
    }

    It 'trains with LBFGS on full batches, and warns about smaller ones' {
        $run = $net | Invoke-Training $data -Optimizer LBFGS -LineSearch StrongWolfe -Epochs 5 -BatchSize 0 -WarningVariable warned -WarningAction SilentlyContinue
        $run.FinalTrainingLoss | Should -BeLessThan $run.History[0].TrainingLoss
        $warned | Should -BeNullOrEmpty
        $null = $net | Invoke-Training $data -Optimizer LBFGS -Epochs 1 -BatchSize 4 -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*BatchSize 0*'
    }

    It 'normalises the gradient of SGD: a step is as long as the learning rate' {
        $before = $net | New-Model -Seed 3
        $after = ($before | Invoke-Training $data -Optimizer SGD -NormaliseGradient -LearningRate 0.25 -Epochs 1 -BatchSize 0).Model
        $square = 0
        foreach ($tensor in $before.Weights.Tensors) {
            $other = $after.Weights[$tensor.Name].Values
            for ($i = 0; $i -lt $other.Count; $i++) { $square += [math]::Pow($other[$i] - $tensor.Values[$i], 2) }
        }
        [math]::Sqrt($square) | Should -BeGreaterThan 0.24999
        [math]::Sqrt($square) | Should -BeLessThan 0.25001
    }

    It 'trains probabilities with BCE, and refuses other outputs' {
        $two = 0..19 | ForEach-Object { [pscustomobject]@{ x = $_ / 10; c = if ($_ -lt 10) { 'low' } else { 'high' } } } | ConvertTo-Dataset -Target c
        $sure = New-Network 1 | Add-Layer Linear 1 | Add-Layer Sigmoid
        $run = $sure | Invoke-Training $two -Loss BCE -LearningRate 0.1 -Epochs 60 -BatchSize 4
        $run.TrainingAccuracy | Should -BeGreaterThan 0.9
        $low = 0.1, 1.9 | ForEach-Object { [pscustomobject]@{ x = $_ } } | Invoke-Model -Model $run
        $low.Prediction | Should -Be 'low', 'high'
        $low[0].Probability | Should -BeGreaterThan 0.8
        $bare = New-Network 1 | Add-Layer Linear 1 | New-Model -Seed 1
        $bare | Set-Weight @{ 'linear_1.bias' = , 50 }
        $failed = try { $bare | Invoke-Training $two -Loss BCE -Epochs 1; $null } catch { $_ }
        $failed.FullyQualifiedErrorId | Should -Match '^LossOutputMismatch'
    }

    It 'trains a classifier with <Loss>' -ForEach @(@{ Loss = 'Focal' }, @{ Loss = 'Dice' }) {
        $run = $net | Invoke-Training $data -Loss $Loss -LearningRate 0.05 -Epochs 20 -BatchSize 6
        $run.History[-1].TrainingLoss | Should -BeLessThan $run.History[0].TrainingLoss
        $run.TrainingAccuracy | Should -BeGreaterThan 0.8
    }

    It 'trains a regression without accuracy' {
        $line = 0..19 | ForEach-Object { [pscustomobject]@{ x = $_ / 20; y = 2 * $_ / 20 - 1 } } | ConvertTo-Dataset -Target y
        $run = New-Network 1 | Add-Layer Linear 1 | Invoke-Training $line -Optimizer SGD -LearningRate 0.2 -BatchSize 4 -Epochs 200
        $run.Loss | Should -Be 'MSE'
        $run.FinalTrainingLoss | Should -BeLessThan 1e-6
        $run.TrainingAccuracy | Should -BeNullOrEmpty
        $run.FinalValidationLoss | Should -BeNullOrEmpty
        ($run.Model.Weights['linear_1.weight'].Values[0]) | Should -BeGreaterThan 1.99
    }

    It 'streams epochs and leaves the result in a variable' {
        $epochs = $net | Invoke-Training $data -Epochs 4 -StreamEpoch -ResultVariable whole
        $epochs | Should -HaveCount 4
        $epochs[3].Epoch | Should -Be 4
        $whole.FinalTrainingLoss | Should -Be $epochs[3].TrainingLoss
    }

    It 'leaves the result so far in the variable when <What>' -ForEach @(
        @{ What = 'a script per epoch fails'; Epochs = 3; Steps = 12; Id = '*mistake*'; Options = @{ OnEpoch = { if ($_.Epoch -eq 3) { throw 'mistake' } } } }
        @{ What = 'a script per step fails'; Epochs = 1; Steps = 7; Id = '*mistake*'; Options = @{ OnStep = { if ($_.Step -eq 7) { throw 'mistake' } } } }
    ) {
        Remove-Variable soFar -ErrorAction Ignore
        $failure = Get-TrainingError { $net | Invoke-Training $data -Epochs 9 -BatchSize 8 -Seed 2 @Options -ResultVariable script:soFar }
        "$failure $($failure.FullyQualifiedErrorId)" | Should -BeLike "*$Id"
        $soFar.StopReason | Should -Be 'Failed'
        $soFar.EpochsCompleted | Should -Be $Epochs
        $soFar.StepsCompleted | Should -Be $Steps
        $soFar.History | Should -HaveCount $Epochs
        # Its model is that of the steps that were made: the same as of a training that was to end there.
        $short = $net | Invoke-Training $data -Epochs 9 -BatchSize 8 -Seed 2 -MaxSteps $Steps
        ($soFar.Model | Get-Weight linear_1.weight).Values | Should -BeExactly ($short.Model | Get-Weight linear_1.weight).Values
    }

    It 'leaves the result so far in the variable, and in the job, when the loss is not finite (<_>)' -ForEach Torch, Fused {
        # The loss is (w-1)^2, so that each step with the rate 2 makes w-1 three times as large, with the other sign, until its square is no float32.
        $line = -1, 1 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ } } | ConvertTo-Dataset -Target y
        $weight = New-Network 1 | Add-Layer Linear 1 -Bias:$false
        $how = @{ Dataset = $line; Optimizer = 'SGD'; LearningRate = 2; Epochs = 100; BatchSize = 0; Seed = 1; Engine = $_ }
        Remove-Variable soFar -ErrorAction Ignore
        $failure = Get-TrainingError { $weight | Invoke-Training @how -ResultVariable script:soFar -LearningCurve "$TestDrive/$_.csv" }
        $failure.FullyQualifiedErrorId | Should -BeLike 'NonFiniteLoss,*'
        $job = $weight | Invoke-Training @how -AsJob
        $job | Wait-Job | Out-Null
        $job.State | Should -Be 'Failed'
        $start = ($weight | New-Model -Seed 1 | Get-Weight linear_1.weight).Values[0] - 1
        foreach ($result in $soFar, $job.Result) {
            $result.StopReason | Should -Be 'Failed'
            $result.Engine | Should -Be $how.Engine
            # The greatest float32 is 3.4e38.
            $result.EpochsCompleted | Should -Be ([math]::Ceiling([math]::Log(3.4028235e38 / 2 / ($start * $start)) / [math]::Log(9)))
            $result.StepsCompleted | Should -Be $result.EpochsCompleted
            "$failure" | Should -BeLike "*in epoch $($result.EpochsCompleted + 1) at step $($result.StepsCompleted + 1);*"
            $result.History | Should -HaveCount $result.EpochsCompleted
            for ($k = 0; $k -lt $result.EpochsCompleted; $k++) {
                [math]::Abs($result.History[$k].TrainingLoss / ($start * $start * [math]::Pow(9, $k)) - 1) | Should -BeLessThan 1e-4
            }
            [math]::Abs((($result.Model | Get-Weight linear_1.weight).Values[0] - 1) / ($start * [math]::Pow(-3, $result.StepsCompleted)) - 1) | Should -BeLessThan 1e-4
        }
        @(Import-Csv "$TestDrive/$_.csv").Count | Should -Be $soFar.EpochsCompleted
        $job | Remove-Job
    }

    It 'says with -WhatIf what it would do, and does nothing' {
        $files = @{ LearningCurve = "$TestDrive/plan.csv"; Checkpoint = "$TestDrive/plan"; SaveFolder = "$TestDrive/plans"; SaveBest = "$TestDrive/plan.safetensors"; TensorBoard = "$TestDrive/board" }
        $plan = $net | Invoke-Training $data -Epochs 3 -BatchSize 8 -Seed 4 -Schedule Step -StepSize 2 @files -OnStep { throw 'never' } -WhatIf
        $plan.ParameterCount | Should -Be 22
        $plan.TrainingCount, $plan.ValidationCount, $plan.BatchSize, $plan.StepsPerEpoch, $plan.Steps, $plan.StepsCompleted | Should -Be 30, 10, 8, 4, 12, 0
        $plan.Loss, $plan.Optimizer, $plan.Schedule, $plan.Engine | Should -Be 'CrossEntropy', 'Adam', 'Step', 'Fused'
        $plan.EngineReason | Should -BeLike 'Fused: *'
        $plan.Files | Sort-Object | Should -Be ($files.Values | ForEach-Object { [IO.Path]::GetFullPath($_) } | Sort-Object)
        foreach ($file in $files.Values) { Test-Path $file | Should -BeFalse }
        ($net | Add-Layer LogSoftmax | Invoke-Training $data -Loss NLL -MaxSteps 5 -WhatIf).EngineReason | Should -BeLike '*LogSoftmax*'
        ($plan | Out-String) | Should -BeLike '*22 parameters*3 of 4 batches of 8 rows: 12 steps*'
        @($net | Invoke-Training $data -AsJob -WhatIf)[0].GetType().Name | Should -Be 'TrainingPlan'
    }

    It 'refuses with -WhatIf what it would refuse, and goes on from what it would go on from' {
        $null = $net | Invoke-Training $data -Epochs 2 -BatchSize 8 -Checkpoint $TestDrive/half -LearningCurve $TestDrive/half.csv
        $before = Get-ChildItem $TestDrive/half | ForEach-Object { "$($_.Name) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" }
        (Get-TrainingError { $net | Invoke-Training $data -Checkpoint $TestDrive/half -WhatIf }).FullyQualifiedErrorId | Should -BeLike 'CheckpointExists,*'
        (Get-TrainingError { $net | Invoke-Training $data -LearningCurve $TestDrive/half.csv -WhatIf }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        (Get-TrainingError { New-Network 3 | Add-Layer Linear 2 | Invoke-Training $data -WhatIf }).FullyQualifiedErrorId | Should -BeLike 'DataShapeMismatch,*'
        (Get-TrainingError { $net | Invoke-Training $data -Epochs 9 -BatchSize 9 -Checkpoint $TestDrive/half -Resume -WhatIf }).FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
        ($net | Invoke-Training $data -Checkpoint $TestDrive/half -Force -WhatIf).StepsCompleted | Should -Be 0
        ($net | Invoke-Training $data -Epochs 9 -BatchSize 8 -LearningCurve $TestDrive/half.csv -Checkpoint $TestDrive/half -Resume -WhatIf).StepsCompleted | Should -Be 8
        $plan = Resume-Training $TestDrive/half $data -Epochs 5 -WhatIf
        $plan.EpochsCompleted, $plan.Epochs, $plan.Steps | Should -Be 2, 5, 20
        Get-ChildItem $TestDrive/half | ForEach-Object { "$($_.Name) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" } | Should -Be $before
        @(Import-Csv $TestDrive/half.csv).Count | Should -Be 2
        (Resume-Training $TestDrive/half $data -Epochs 3).StepsCompleted | Should -Be 12
    }

    It 'follows the -WhatIf of a function that it is called in' {
        function Start-Study { [CmdletBinding(SupportsShouldProcess)] param() $net | Invoke-Training $data -Epochs 2 }
        (Start-Study -WhatIf).GetType().Name | Should -Be 'TrainingPlan'
        (Start-Study).EpochsCompleted | Should -Be 2
    }

    It 'stops cleanly when a later command has enough' {
        $one = $net | Invoke-Training $data -Epochs 1000 -StreamEpoch -LearningCurve $TestDrive/enough.csv | Select-Object -First 1
        $one.Epoch | Should -Be 1
        @(Import-Csv $TestDrive/enough.csv).Count | Should -Be 1
    }

    It 'stops after the batch when the pipeline is stopped, and leaves the result so far' {
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $null = $shell.AddScript('param($data, $net, $curve, $module) Import-Module $module
                $net | Invoke-Training $data -Epochs 1000000 -LearningCurve $curve -ResultVariable soFar').AddArgument($data).AddArgument($net).AddArgument("$TestDrive/stopped.csv").AddArgument("$PSScriptRoot/../../module/DLExperiments")
            $running = $shell.BeginInvoke()
            $patience = [Diagnostics.Stopwatch]::StartNew()
            while ($patience.Elapsed.TotalSeconds -lt 30 -and -not ((Test-Path $TestDrive/stopped.csv) -and (Get-Item $TestDrive/stopped.csv).Length -gt 500)) { Start-Sleep -Milliseconds 20 }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $shell.Commands.Clear()
            $soFar = $shell.AddScript('$soFar').Invoke()[0]
            $soFar.StopReason | Should -Be 'Cancelled'
            $soFar.EpochsCompleted | Should -BeGreaterThan 0
            @(Import-Csv $TestDrive/stopped.csv).Count | Should -Be $soFar.EpochsCompleted
        }
        finally { $shell.Dispose() }
    }

    It 'stops within a script too: with its checkpoint, and to the same bits when it goes on' {
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        $state = [hashtable]::Synchronized(@{ Calls = 0; Hangs = $true })
        try {
            $null = $shell.AddScript('param($data, $folder, $module, $state) Import-Module $module
                $net = New-Network 2 | Add-Layer Linear 4 | Add-Layer Lambda { param($x) if ($state.Hangs -and $state.Calls++ -eq 7) { while ($true) { [Threading.Thread]::Sleep(5) } }; $x.tanh() } | Add-Layer Linear 2
                $net | Invoke-Training $data -Epochs 3 -BatchSize 10 -Seed 2 -ResultVariable soFar -Checkpoint $folder').AddArgument($data).AddArgument("$TestDrive/inside").AddArgument("$PSScriptRoot/../../module/DLExperiments").AddArgument($state)
            $running = $shell.BeginInvoke()
            $patience = [Diagnostics.Stopwatch]::StartNew()
            while ($patience.Elapsed.TotalSeconds -lt 60 -and $state.Calls -lt 8) { Start-Sleep -Milliseconds 5 }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $shell.Commands.Clear()
            $soFar = $shell.AddScript('$soFar').Invoke()[0]
            $soFar.StopReason | Should -Be 'Cancelled'
            $soFar.StepsCompleted | Should -BeGreaterThan 0
        }
        finally { $shell.Dispose() }
        $state.Hangs = $false
        $rest = Resume-Training $TestDrive/inside $data -AllowScript
        $whole = New-Network 2 | Add-Layer Linear 4 | Add-Layer Tanh | Add-Layer Linear 2 | Invoke-Training $data -Epochs 3 -BatchSize 10 -Seed 2 -Engine Torch
        $rest.FinalTrainingLoss | Should -BeExactly $whole.FinalTrainingLoss
    }

    It 'writes a learning curve that Import-Csv reads' {
        $run = $net | Invoke-Training $data -Epochs 3 -LearningCurve $TestDrive/curve.csv
        $curve = @(Import-Csv $TestDrive/curve.csv)
        $curve.Count | Should -Be 3
        [double]$curve[2].TrainingLoss | Should -BeExactly $run.History[2].TrainingLoss
        [double]$curve[2].ValidationLoss | Should -BeExactly $run.History[2].ValidationLoss
    }

    It 'makes rows that sort and export' {
        1e-3, 1e-1 | ForEach-Object { $net | Invoke-Training $data -LearningRate $_ -Epochs 5 } |
            Sort-Object BestValidationLoss | Export-Csv $TestDrive/runs.csv
        $rows = @(Import-Csv $TestDrive/runs.csv)
        $rows[0].LearningRate | Should -Be '0.1'
        [double]$rows[0].BestValidationLoss | Should -BeLessThan ([double]$rows[1].BestValidationLoss)
    }

    It 'classifies iris from its CSV with more than 95 %' -Skip:$noIris {
        # The mean over three splits: one split's 45 rows move by 2 % for a single flower.
        $iris = Import-Csv "$PSScriptRoot/../../../shared/data/tables/iris.csv" -Header a, b, c, d, Species | ConvertTo-Dataset -Target Species
        $network = New-Network 4 | Add-Layer Linear 16 -Activation ReLU | Add-Layer Linear 3
        $accuracy = 1..3 | ForEach-Object {
            $split = $iris | Split-Dataset -Ratio .7, .3 -Stratify -Seed $_
            ($network | Invoke-Training $split -LearningRate 5e-3 -Epochs 100 -BatchSize 16 -Seed $_).ValidationAccuracy
        } | Measure-Object -Average
        $accuracy.Average | Should -BeGreaterThan 0.95
    }

    Context 'refuses' {
        It 'zero epochs' { (Get-TrainingError { $net | Invoke-Training $data -Epochs 0 }).FullyQualifiedErrorId | Should -BeLike 'InvalidEpochs,*' }
        It 'a negative learning rate' { (Get-TrainingError { $net | Invoke-Training $data -LearningRate -1 }).FullyQualifiedErrorId | Should -BeLike 'InvalidLearningRate,*' }
        It 'a negative batch size' { (Get-TrainingError { $net | Invoke-Training $data -BatchSize -1 }).FullyQualifiedErrorId | Should -BeLike 'InvalidBatchSize,*' }
        It 'an unknown optimizer, with near matches' {
            $e = Get-TrainingError { $net | Invoke-Training $data -Optimizer Addam }
            $e.FullyQualifiedErrorId | Should -BeLike 'UnknownOptimizer,*'
            "$e" | Should -BeLike "*'Adam'*"
        }
        It 'an unknown loss, with near matches' {
            $e = Get-TrainingError { $net | Invoke-Training $data -Loss CrosEntropy }
            $e.FullyQualifiedErrorId | Should -BeLike 'UnknownLoss,*'
            "$e" | Should -BeLike "*'CrossEntropy'*"
        }
        It 'an unknown setting of the optimizer' {
            (Get-TrainingError { $net | Invoke-Training $data -Optimizer @{ Name = 'SGD'; Momentun = .9 } }).FullyQualifiedErrorId | Should -BeLike 'UnknownParameter,*'
        }
        It 'an existing learning curve without -Force' {
            Set-Content $TestDrive/kept.csv 'precious'
            (Get-TrainingError { $net | Invoke-Training $data -Epochs 1 -LearningCurve $TestDrive/kept.csv }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
            Get-Content $TestDrive/kept.csv | Should -Be 'precious'
            $net | Invoke-Training $data -Epochs 1 -LearningCurve $TestDrive/kept.csv -Force | Out-Null
            @(Import-Csv $TestDrive/kept.csv).Count | Should -Be 1
        }
        It 'a learning curve that cannot be written' {
            (Get-TrainingError { $net | Invoke-Training $data -LearningCurve $TestDrive/none/curve.csv }).FullyQualifiedErrorId | Should -BeLike 'FolderNotFound,*'
        }
        It 'data of another shape than the network' {
            $e = Get-TrainingError { New-Network 3 | Add-Layer Linear 2 | Invoke-Training $data }
            $e.FullyQualifiedErrorId | Should -BeLike 'DataShapeMismatch,*'
            "$e" | Should -Match '\[3\].*\[2\]'
        }
        It 'a network with other outputs than classes' {
            $e = Get-TrainingError { New-Network 2 | Add-Layer Linear 5 | Invoke-Training $data }
            $e.FullyQualifiedErrorId | Should -BeLike 'LossOutputMismatch,*'
            "$e" | Should -BeLike '*5 outputs*2 classes*'
        }
        It 'something that is no network' {
            (Get-TrainingError { 'net.json' | Invoke-Training $data }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        }
        It 'a loss that is not finite, and keeps the curve and the history' {
            $steep = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; y = 1000 * $_ } } | ConvertTo-Dataset -Target y
            $e = Get-TrainingError { New-Network 1 | Add-Layer Linear 1 | Invoke-Training $steep -Optimizer SGD -LearningRate 0.02 -BatchSize 5 -Epochs 200 -LearningCurve $TestDrive/nan.csv }
            $e.FullyQualifiedErrorId | Should -BeLike 'NonFiniteLoss,*'
            "$e" | Should -Match 'epoch \d+ at step \d+'
            $e.Exception.History.Count | Should -BeGreaterThan 0
            @(Import-Csv $TestDrive/nan.csv).Count | Should -Be $e.Exception.History.Count
        }
    }
}
