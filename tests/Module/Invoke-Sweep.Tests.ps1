# Invoke-Sweep with networks; Get-Trial of what it leaves
BeforeAll { . $PSScriptRoot/Sweeps.Setup.ps1 }

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

    It 'takes networks from the pipeline, with points to begin with or without' {
        $network = New-Network 2 -Name small | Add-Layer Linear 2
        $given = @{ Dataset = $moons; Training = @{ Epochs = 2 } }
        $named = Invoke-Sweep @{ LearningRate = .01, .1 } -Network $network @given
        Get-Table ($network | Invoke-Sweep @{ LearningRate = .01, .1 } @given) | Should -Be (Get-Table $named)
        $wide = New-Network 2 -Name wide | Add-Layer Linear 16 | Add-Layer Linear 2
        ($network, $wide | Invoke-Sweep @{ LearningRate = .01, .1 } @given).Network | Should -Be small, wide, small, wide
        $warm = $network, @{ LearningRate = .05 } | Invoke-Sweep @{ LearningRate = 'log 1e-3..1' } @given -Trials 3
        [Math]::Abs($warm[0].LearningRate - .05) | Should -BeLessThan 1e-12
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

    It 'trains small networks together as one, says so before and after, and finds what each finds alone' {
        $sweep = @{
            Space = @{ LearningRate = .003, .01, .03, .1; Units = 5; P = 0, .2 }; Dataset = $moons; Training = @{ Epochs = 3 }; ThrottleLimit = 2; Threads = 1
            Network = { New-Network 2 | Add-Layer Linear $Units -Activation ELU | Add-Layer Dropout $P | Add-Layer Linear 2 }
        }
        $plan = Invoke-Sweep @sweep -WhatIf
        $plan.Stack | Should -Be 4
        ($plan | Out-String) | Should -Match 'Torch, stacks of up to 4'
        ($plan | Out-String) | Should -Match 'ms a step of 4 together'
        # Two workers with four trials each: what four trials do beside their training, and the steps of one stack.
        $steps = 3 * [Math]::Ceiling($moons.Train.Count / 32)
        $beside = $plan.TrialTime.TotalSeconds - $plan.StepTime.TotalSeconds * $steps
        $plan.StackStepTime.TotalSeconds | Should -BeGreaterThan 0
        # Times are kept in units of 100 ns, one step's among them.
        [Math]::Abs($plan.TotalTime.TotalSeconds - 4 * $beside - $steps * $plan.StackStepTime.TotalSeconds) | Should -BeLessThan 1e-4
        $together = Invoke-Sweep @sweep
        $together.StackSize | Should -Be (, 4 * 8)
        $together.Engine | Should -Be (, 'Torch' * 8)
        $alone = Invoke-Sweep @sweep -Launcher @{ Name = 'Threads'; MaxStack = 1 }
        $alone.StackSize | Should -Be (, 1 * 8)
        foreach ($i in 0..7) {
            "$($together[$i].Parameters)" | Should -Be "$($alone[$i].Parameters)"
            # Sums of 32-bit numbers in another order.
            [Math]::Abs($together[$i].Value - $alone[$i].Value) | Should -BeLessThan 1e-4
        }
        $plan = Invoke-Sweep @sweep -Launcher @{ Name = 'Threads'; MaxStack = 1 } -WhatIf
        $plan.Stack | Should -Be 1
        $plan.StackStepTime | Should -BeNullOrEmpty
        [Math]::Abs($plan.TotalTime.TotalSeconds - 4 * $plan.TrialTime.TotalSeconds) | Should -BeLessThan 1e-5
    }

    It 'knows before that trials with checkpoints are trained each alone' {
        $sweep = @{
            Space = @{ LearningRate = .003, .01, .03, .1 }; Dataset = $moons; Training = @{ Epochs = 2 }; ThrottleLimit = 1; Threads = 1; Checkpoint = $true
            Network = New-Network 2 | Add-Layer Linear 5 -Activation ELU | Add-Layer Linear 2
        }
        $plan = Invoke-Sweep @sweep -WhatIf
        $plan.Stack | Should -Be 1
        $plan.StackReason | Should -Match 'checkpoints'
        (Invoke-Sweep @sweep).StackSize | Should -Be (, 1 * 4)
        (Invoke-Sweep @sweep -Checkpoint:$false -WhatIf).Stack | Should -Be 4
    }

    It 'says why a network is trained alone' {
        $sweep = @{ Space = @{ LearningRate = .003, .01, .03, .1 }; Dataset = $moons; ThrottleLimit = 1; Network = New-Network 2 | Add-Layer Linear 5 -Activation ELU | Add-Layer Linear 2 }
        $sweep.Training = @{ Epochs = 3; ClipNorm = 1 }
        $plan = Invoke-Sweep @sweep -WhatIf
        $plan.Stack | Should -Be 1
        $plan.StackReason | Should -Match 'clip norm 1'
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
