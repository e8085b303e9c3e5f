# Invoke-Training with objectives, several inputs and outputs, weights; Get-ObjectiveType.

BeforeAll {
    Import-Module "$PSScriptRoot/../../module/DLExperiments" -Force
    $rows = foreach ($i in 0..89) {
        $x = ($i % 10) / 10; $y = ($i * 7 % 13) / 13
        [pscustomobject]@{ x = $x; y = $y; age = 3 * $x - $y; kind = if ($x + $y -gt 1) { 'big' } else { 'small' }; times = 1 + $i % 3 }
    }
    $data = $rows | ConvertTo-Dataset -Target age, kind -Exclude times -Name people | Split-Dataset -Ratio .8, .2 -Seed 1
    $network = New-Network -InputShape 2 | Add-Layer Linear 8 -Name trunk | Add-Layer Tanh -Name trunk_act |
        Add-Layer Linear 1 -Name age -Output | Add-Layer Linear 2 -Name kind -From trunk_act -Output
}

Describe 'Several outputs' {
    BeforeAll {
        $curve = Join-Path $TestDrive 'multi.csv'
        $run = $network | Invoke-Training $data -Loss @{ age = 'MAE'; kind = 'CrossEntropy' } -LossWeight @{ age = .1 } -Epochs 40 -LearningRate .02 -LearningCurve $curve -Force
    }

    It 'trains each with its loss and says so' {
        $run.Objective | Should -Be 'MultiTask'
        $run.Loss | Should -Be 'age: MAE, kind: CrossEntropy'
        $last = $run.History[-1]
        [math]::Abs(.1 * $last.Measures.TrainingLoss_age + $last.Measures.TrainingLoss_kind - $last.TrainingLoss) | Should -BeLessThan 1e-5
        $last.Measures.ValidationAccuracy_kind | Should -BeGreaterThan .8
    }

    It 'writes a column for each to the learning curve' {
        $last = (Import-Csv $curve)[-1]
        [double] $last.ValidationLoss_age | Should -Be $run.History[-1].Measures.ValidationLoss_age
        [double] $last.TrainingAccuracy_kind | Should -Be $run.History[-1].Measures.TrainingAccuracy_kind
    }

    It 'measures metrics of each output in every epoch' {
        $measured = $network | Invoke-Training $data -Epochs 5 -LearningRate .02 -Metric Brier, @{ age = 'MAE', 'R2'; kind = @{ Name = 'F1'; Average = 'Weighted' } } -EarlyStopping @{ Metric = 'ValidationMAE_age'; Patience = 9 }
        $last = $measured.History[-1]
        $last.Metrics.Name | Should -Be 'MAE_age', 'R2_age', 'Brier_kind', 'WeightedF1_kind'
        $best = ($measured.History | Measure-Object ValidationMAE_age -Minimum).Minimum
        $measured.History[$measured.BestEpoch - 1].ValidationMAE_age | Should -Be $best
        { $network | Invoke-Training $data -Metric @{ agee = 'MAE' } } | Should -Throw -ErrorId 'UnknownOutput*'
        { $network | Invoke-Training $data -Metric @{ kind = 'MAE' } } | Should -Throw -ErrorId 'MetricMismatch*'
    }

    It 'keeps the columns through files and other processes' {
        $copy = Join-Path $TestDrive 'copy.csv'
        Import-LearningCurve $curve | Export-LearningCurve $copy -Force
        (Import-Csv $copy)[-1].ValidationLoss_age | Should -Be (Import-Csv $curve)[-1].ValidationLoss_age
        $xml = Join-Path $TestDrive 'history.xml'
        $run.History | Export-Clixml $xml
        Import-Clixml $xml | Export-LearningCurve $copy -Force
        (Import-Csv $copy)[-1].TrainingAccuracy_kind | Should -Be (Import-Csv $curve)[-1].TrainingAccuracy_kind
    }

    It 'shows all predictions of a row' {
        ($data.Test | Invoke-Model $run | Select-Object -First 2 | Format-Table | Out-String) | Should -Match 'age [-.\d]+, kind (big|small)'
    }

    It 'measures each output' {
        $measures = $run | Measure-Model $data.Test
        $measures.Output | Should -Be 'age', 'kind'
        $measures[0].MAE | Should -BeLessThan .5
        [math]::Abs($measures[1].Loss - $run.History[-1].Measures.ValidationLoss_kind) | Should -BeLessThan 1e-6
        ($run | Measure-Model $data.Test -Output kind).Accuracy | Should -Be $measures[1].Accuracy
        { $run | Measure-Model $data.Test -Output knd } | Should -Throw "*no output 'knd'*"
    }

    It 'predicts each output as a property' {
        $rows = $data.Test | Invoke-Model $run
        $rows[0].age | Should -BeOfType double
        $rows[0].kind | Should -BeIn 'big', 'small'
        $rows[0].Outputs['kind'].Probability | Should -BeGreaterThan .5
        $one = @{ x = .9; y = .9 } | Invoke-Model $run -Output kind
        $one.Prediction | Should -Be 'big'
        $one.GetType().Name | Should -Be 'ClassPrediction'
        ($rows | Select-Object age, kind | ConvertTo-Csv)[0] | Should -Match 'age.*kind'
    }

    It 'saves and loads all outputs' {
        $file = Join-Path $TestDrive 'multi.safetensors'
        $run | Export-Model $file -Force
        (Import-Model $file | Measure-Model $data.Test).Loss | Should -Be ($run | Measure-Model $data.Test).Loss
    }

    It 'refuses what does not go together' {
        { $network | Invoke-Training ($data | ForEach-Object { $_.Train }) -Loss @{ size = 'MSE' } } | Should -Throw "*no output 'size'*"
        { $network | Invoke-Training $data -Objective Supervised } | Should -Throw '*MultiTask*'
        { $network | Invoke-Training (New-Dataset Blobs -Count 20 -Seed 1) } | Should -Throw '*do not go together*'
    }
}

Describe 'Several inputs' {
    It 'takes columns of the table by name' {
        $two = New-Network -Input ([ordered]@{ y = 1; x = 1 }) | Add-Layer Concat -From y, x | Add-Layer Linear 1
        $run = $two | Invoke-Training ($rows | ConvertTo-Dataset -Target age -Feature x, y) -Epochs 150 -BatchSize 0 -Optimizer SGD -LearningRate .3
        $run.FinalTrainingLoss | Should -BeLessThan 1e-3
        [math]::Abs((@{ x = 1; y = 0 } | Invoke-Model $run).Prediction - 3) | Should -BeLessThan .2
    }
}

Describe 'Custom objectives' {
    BeforeAll {
        $script = {
            param($outputs, $targets, $inputs)
            @{
                age  = ($outputs.age.squeeze(1) - $targets.age).square().mean()
                kind = [torch.nn.functional]::cross_entropy($outputs.kind, $targets.kind)
            }
        }
    }

    It 'is a script over named tensors' {
        $own = $network | Invoke-Training $data -Objective $script -LossWeight @{ age = .5 } -Epochs 3 -LearningRate .01
        $known = $network | Invoke-Training $data -Loss @{ age = 'MSE' } -LossWeight @{ age = .5 } -Epochs 3 -LearningRate .01
        [math]::Abs($own.FinalValidationLoss - $known.FinalValidationLoss) | Should -BeLessThan 1e-5
        [math]::Abs($own.History[-1].Measures.ValidationLoss_age - $known.History[-1].Measures.ValidationLoss_age) | Should -BeLessThan 1e-5
        [math]::Abs(($own | Measure-Model $data.Test).Loss - $own.FinalValidationLoss) | Should -BeLessThan 1e-6
    }

    It 'names the line of an error' {
        $bad = {
            param($outputs)
            $nothing = $null
            $nothing.mean()
        }
        { $network | Invoke-Training $data -Objective $bad } | Should -Throw '*line 4 of the script*nothing.mean()*'
        { $network | Invoke-Training $data -Objective { 3.5 } } | Should -Throw '*gives Double, not a tensor*'
        { $network | Invoke-Training $data -Objective { param($o) $o.age } } | Should -Throw '*shape*a loss is one number*'
    }

    It 'goes on from a checkpoint where scripts are allowed' {
        $folder = Join-Path $TestDrive 'custom'
        $whole = $network | Invoke-Training $data -Objective $script -Epochs 4 -Seed 3
        $null = $network | Invoke-Training $data -Objective $script -Epochs 4 -Seed 3 -Checkpoint $folder -MaxSteps 5
        { Resume-Training $folder $data } | Should -Throw '*AllowScript*'
        $rest = Resume-Training $folder $data -AllowScript -MaxSteps 10000
        $rest.FinalValidationLoss | Should -Be $whole.FinalValidationLoss
        $again = $network | Invoke-Training $data -Objective $script -Epochs 5 -Seed 3 -Checkpoint $folder -Resume
        $again.EpochsCompleted | Should -Be 5
    }

    It 'is saved as text, which runs only when allowed' {
        $file = Join-Path $TestDrive 'custom.safetensors'
        $run = $network | Invoke-Training $data -Objective $script -Epochs 1
        $run | Export-Model $file -Force
        ($data.Test | Invoke-Model (Import-Model $file))[0].age | Should -BeOfType double
        { Import-Model $file | Measure-Model $data.Test } | Should -Throw '*AllowScript*'
        (Import-Model $file -AllowScript | Measure-Model $data.Test).Loss | Should -Be ($run | Measure-Model $data.Test).Loss
    }
}

Describe 'Lambda layers in a training that goes on' {
    It 'goes on from text where scripts are allowed, and with the script given again' {
        $lambda = New-Network -InputShape 2 | Add-Layer Linear 4 | Add-Layer Lambda { param($x) $x * $x.sigmoid() } | Add-Layer Linear 2
        $small = $rows | ConvertTo-Dataset -Target kind -Feature x, y
        $whole = $lambda | Invoke-Training $small -Epochs 4 -Seed 2
        foreach ($way in 'resume', 'again') {
            $folder = Join-Path $TestDrive "lambda-$way"
            $null = $lambda | Invoke-Training $small -Epochs 4 -Seed 2 -Checkpoint $folder -MaxSteps 4
            { Resume-Training $folder $small -MaxSteps 1000 } | Should -Throw '*AllowScript*'
            $rest = if ($way -eq 'resume') { Resume-Training $folder $small -AllowScript -MaxSteps 1000 }
                else { $lambda | Invoke-Training $small -Epochs 4 -Seed 2 -Checkpoint $folder -Resume }
            $rest.EpochsCompleted | Should -Be 4
            $rest.FinalTrainingLoss | Should -Be $whole.FinalTrainingLoss
        }
    }
}

Describe 'Siamese and autoencoder' {
    It 'learns distances' {
        $blobs = New-Dataset Blobs -Count 200 -Seed 2 | Split-Dataset -Ratio .7, .3 -Seed 2
        $run = New-Network -InputShape 2 | Add-Layer Linear 16 -Activation ReLU | Add-Layer Linear 2 |
            Invoke-Training $blobs -Objective Siamese -Margin 2 -Epochs 20 -LearningRate .01
        $measure = $run | Measure-Model $blobs.Test
        $measure.Measures.PositiveDistance | Should -BeLessThan $measure.Measures.NegativeDistance
        $measure.LossType | Should -Be 'Contrastive'
        $measure.Loss | Should -Be $run.FinalValidationLoss
        $rate = New-Network -InputShape 2 | Add-Layer Linear 2 | Find-LearningRate $blobs -Objective Siamese -MinimumRate 1e-4
        $rate.LearningRate | Should -BeGreaterThan 1e-4
        $triplet = New-Network -InputShape 2 | Add-Layer Linear 2 | Invoke-Training $blobs -Objective @{ Name = 'Siamese'; PairLoss = 'Triplet' } -Epochs 1
        $triplet.Loss | Should -Be 'Triplet'
    }

    It 'reconstructs its input' {
        $run = New-Network -InputShape 2 | Add-Layer Linear 2 | Invoke-Training $data -Objective Autoencoder -Loss MAE -Epochs 30 -LearningRate .05
        $run.Loss | Should -Be 'MAE'
        [math]::Abs(($run | Measure-Model $data.Test).Loss - $run.FinalValidationLoss) | Should -BeLessThan 1e-6
    }
}

Describe 'Scripts of an objective' {
    BeforeAll {
        $line = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_ / 20; y = $_ / 10 } } | ConvertTo-Dataset -Target y
        $one = New-Network 1 | Add-Layer Linear 1 -Name out
    }
    It 'are told when rows meet by broadcasting' {
        { $one | Invoke-Training $line -Objective { param($o, $t) ($o.out - $t.y).square().mean() } } | Should -Throw '*squeeze(1)*'
    }
    It 'say whose error it is, and that they gave nothing' {
        { $one | Invoke-Training $line -Objective { throw 'boo' } } | Should -Throw 'The custom objective failed: boo.'
        { $one | Invoke-Training $line -Objective { } } | Should -Throw '*gives nothing*'
    }
    It 'have metrics, as others have' {
        $run = $one | Invoke-Training $line -Epochs 3 -Metric MSE -Objective { param($o, $t) ($o.out.squeeze(1) - $t.y).square().mean() }
        [math]::Abs($run.History[-1].TrainingMSE - $run.FinalTrainingLoss) | Should -BeLessThan 1e-6
        [math]::Abs(($run | Measure-Model $line -Metric MSE).Metrics[0].Value - ($run | Measure-Model $line).Loss) | Should -BeLessThan 1e-6
    }
}

Describe 'Weights and groups' {
    It 'takes sample weights from a column' {
        $weighted = $rows | ConvertTo-Dataset -Target kind -Exclude age -SampleWeight times
        $weighted.SampleWeight.Name | Should -Be 'times'
        $weighted.InputShape[0] | Should -Be 2
        $run = New-Network -InputShape 2 | Add-Layer Linear 2 | Invoke-Training $weighted -ClassWeight @{ big = 2 } -Epochs 1
        $run.SampleWeight | Should -Be 'times'
        $run.ClassWeights['big'] | Should -Be 2
        $file = Join-Path $TestDrive 'w.csv'
        $rows | Export-Csv $file
        (Import-Dataset $file -Target kind -SampleWeight times).SampleWeight.Name | Should -Be 'times'
        { New-Network -InputShape 2 | Add-Layer Linear 2 | Invoke-Training $weighted -ClassWeight @{ bg = 2 } } | Should -Throw "*no class 'bg'*"
    }

    It 'gives groups of parameters settings of their own' {
        $simple = New-Network -InputShape 2 | Add-Layer Linear 4 -Name first | Add-Layer Linear 2 -Name last
        $small = $rows | ConvertTo-Dataset -Target kind -Feature x, y
        $run = $simple | Invoke-Training $small -Optimizer SGD -Momentum .9 -LearningRate .1 -Epochs 1 -ParameterGroup @{ 'first' = @{ LearningRate = 0 } }
        ($run | Get-Weight first.weight).Values | Should -Be ($simple | New-Model | Get-Weight first.weight).Values
        ($run | Get-Weight last.weight).Values | Should -Not -Be ($simple | New-Model | Get-Weight last.weight).Values
        $run.Options.Rules.ParameterGroups[0].Optimizer.Momentum | Should -Be .9
        { $simple | Invoke-Training $small -ParameterGroup @{ 'frist' = @{ LearningRate = 0 } } } | Should -Throw "*fits 'frist'*"
        { $simple | Invoke-Training $small -ParameterGroup @{ 'first' = 3 } } | Should -Throw '*hashtable of optimizer settings*'
    }
}

Describe 'Get-ObjectiveType' {
    It 'lists the objectives and their settings' {
        (Get-ObjectiveType).Name | Should -Be 'Autoencoder', 'Custom', 'MultiTask', 'Siamese', 'Supervised'
        (Get-ObjectiveType Siamese).Parameters.Name | Should -Contain 'Margin'
        Get-ObjectiveType | ForEach-Object { $_.Description.Length | Should -BeGreaterThan 40 }
    }
}
