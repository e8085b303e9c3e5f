# The examples of the course's first practicals, each asked for its claim.
BeforeAll {
    $script:course = "$PSScriptRoot/../../examples/course"
    function Invoke-Example([string] $Name, [hashtable] $Options = @{}) {
        $script = Get-ChildItem $course -Filter "$Name-*.ps1"
        & $script.FullName -Quick -Output (Join-Path $TestDrive $Name) @Options 6> $null
    }
}

Describe 'Notebook 1, part 3' {
    It 'first networks: parameter counts, ReLU on the logits hurts, the hidden layer helps' {
        $relu, $one, $multi = Invoke-Example N1c-01
        $relu.Parameters, $one.Parameters, $multi.Parameters | Should -Be 7850, 7850, 79510
        $relu.TestAccuracy | Should -BeLessThan $one.TestAccuracy
        $multi.TestLoss | Should -BeLessThan $one.TestLoss
        $multi.TestAccuracy | Should -BeGreaterThan .6
    }

    It 'save, freeze, look inside: frozen layers stay, and a loaded model predicts the same' {
        $free, $head, $frozen = Invoke-Example N1c-02
        $free.Trainable, $head.Trainable, $frozen.Trainable | Should -Be 59850, 1290, 0
        $free.LayersMoved | Should -Be 'first, second, head'
        $head.LayersMoved | Should -Be 'head'
        $frozen.LayersMoved | Should -BeNullOrEmpty
        $free.TestAccuracy | Should -BeGreaterThan $head.TestAccuracy
        $head.TestAccuracy | Should -BeGreaterThan $frozen.TestAccuracy
        ($free, $head, $frozen).DifferentAfterLoading | Should -Be 0, 0, 0
    }
}

Describe 'Notebook 2' {
    It 'convolution arithmetic: the formula is what the network has' {
        foreach ($row in Invoke-Example N2-01 | Where-Object What -ne 'largest difference by hand') {
            $row.Network | Should -Be $row.ByFormula -Because $row.What
            $row.Parameters | Should -Be $row.ParametersByFormula -Because $row.What
        }
    }

    It 'convolutional networks: the published counts, and better than dense with a tenth of the parameters' {
        $rows = Invoke-Example N2-02
        ($rows | Where-Object Design -eq 'CNN on digits').Parameters | Should -Be 10330
        $dense = $rows | Where-Object Design -eq 'dense'
        ($rows | Where-Object Design -like '*convolution*' | Measure-Object TestAccuracy -Maximum).Maximum | Should -BeGreaterThan $dense.TestAccuracy
    }
}

Describe 'Notebook 3' {
    It 'optimizers: adaptive ones get lower than plain descent in the same time, momentum helps' {
        $rows = Invoke-Example N3-01
        $loss = @{}
        $rows | ForEach-Object { $loss[$_.Setting] = $_.LastTrainingLoss }
        $loss['Adam 0.001'] | Should -BeLessThan $loss['SGD 0.01']
        $loss['SGD, momentum 0.01'] | Should -BeLessThan $loss['SGD 0.01']
        $loss['SGD, Nesterov 0.01'] | Should -BeLessThan $loss['SGD 0.01']
    }

    It 'initialisers: the statistics of the formulas; zeros stay near chance, Xavier learns' {
        $rows = Invoke-Example N3-02
        foreach ($row in $rows) {
            # The relative error of the deviation of 401,408 numbers is below 1/sqrt(2 x 401,408) = 0.11 %; five of these.
            [Math]::Abs($row.Deviation - $row.Formula) | Should -BeLessOrEqual (.006 * $row.Formula) -Because $row.Initialiser
        }
        ($rows | Where-Object Initialiser -eq Zeros).TestAccuracy | Should -BeLessThan .25
        ($rows | Where-Object Initialiser -eq XavierUniform).TestAccuracy | Should -BeGreaterThan .4
        $small = $rows | Where-Object Initialiser -eq 'Normal 1'
        $small.EighthLayer | Should -BeGreaterThan .8   # tanh at its ends
    }

    It 'losses: each regressor is best in its own measure, and wild targets draw the squared error' {
        $rows = Invoke-Example N3-03
        ($rows | Where-Object Loss -eq BCEWithLogits).TestAccuracy | Should -BeGreaterThan .6
        ($rows | Where-Object Loss -eq MAE).TestMAE | Should -BeLessThan ($rows | Where-Object Loss -eq MSE).TestMAE
        ($rows | Where-Object Loss -eq Huber).TestMAE | Should -BeLessThan ($rows | Where-Object Loss -eq MSE).TestMAE
    }

    It 'weight decay: the norm falls as the decay grows, and too much hurts' {
        $rows = @(Invoke-Example N3-04)
        $decay = @($rows | Where-Object { $null -ne $_.WeightDecay } | Sort-Object WeightDecay)
        $decay.Count | Should -Be 5
        for ($i = 1; $i -lt $decay.Count; $i++) { $decay[$i].WeightNorm | Should -BeLessThan $decay[$i - 1].WeightNorm }
        $decay[-1].TrainingAccuracy | Should -BeLessThan $decay[0].TrainingAccuracy
        ($rows | Where-Object Setting -like 'L1*').NearZero | Should -BeGreaterThan ($rows | Where-Object Setting -like 'L2*').NearZero
    }

    It 'dropout: a share of 0.3 is zero, the rest is scaled by 1/0.7, evaluation passes all; the gap closes' {
        $value = @{}
        Invoke-Example N3-05 | ForEach-Object { $value[$_.What] = $_.Value }
        [Math]::Abs($value['share of zeros'] - .3) | Should -BeLessThan .08       # four deviations of the mean of 512 draws
        [Math]::Abs($value['factor of the rest'] - 1 / .7) | Should -BeLessThan 1e-4
        [Math]::Abs($value['mean of ones in evaluation'] - 1) | Should -BeLessThan 1e-5
        $value['training loss, dropout 0.3'] | Should -BeGreaterThan $value['training loss, without']
        $gap = @{}
        foreach ($name in 'without', 'dropout 0.3') { $gap[$name] = $value["test loss, $name"] - $value["training loss, $name"] }
        $gap['dropout 0.3'] | Should -BeLessThan $gap['without']
    }

    It 'normalisation: mean 0 and variance 1, the published counts, and both speed sigmoid units up' {
        $rows = Invoke-Example N3-06
        foreach ($row in $rows | Where-Object What -like '*of U*') {
            [Math]::Abs($row.Mean) | Should -BeLessThan 1e-3 -Because $row.What
            [Math]::Abs($row.Variance - 1) | Should -BeLessThan .01 -Because $row.What
        }
        $none, $batch, $layer = $rows | Where-Object What -like 'sigmoid*'
        $none.Parameters, $batch.Parameters, $layer.Parameters | Should -Be 99710, 100110, 100110
        $batch.TestLoss | Should -BeLessThan $none.TestLoss
        $layer.TestLoss | Should -BeLessThan $none.TestLoss
    }

    It 'stopping and schedules: the best epoch is given back, and the rates are those of the notebook' {
        $rows = Invoke-Example N3-07
        $stopped = $rows | Where-Object Setting -eq 'early stopping'
        $stopped.Epochs | Should -BeLessOrEqual 20
        $stopped.ModelAccuracy | Should -Be $stopped.BestAccuracy
        if ($stopped.Epochs -lt 20) { $stopped.Epochs | Should -Be ($stopped.BestEpoch + 4) }
        $step = $rows | Where-Object Setting -eq 'step'
        [Math]::Abs($step.LastRate - 1e-6) | Should -BeLessThan 1e-12
        $step.Rates | Should -Be '3 x 0.001, 3 x 0.0001, 3 x 1E-05, 1 x 1E-06'
    }

    It 'ten runs: zeros stay at chance, batch normalisation learns faster, augmentation makes training harder' {
        $run = @{}
        Invoke-Example N3-09 | ForEach-Object { $run[$_.Setting] = $_ }
        $run.Count | Should -Be 10
        $run['zeros'].BestAccuracy | Should -BeLessThan .2
        $run['batch normalisation'].LastLoss | Should -BeLessThan $run['no augmentation'].LastLoss
        $run['strong augmentation'].LastLoss | Should -BeGreaterThan $run['no augmentation'].LastLoss
        $run['no augmentation'].BestAccuracy | Should -BeGreaterThan $run['zeros'].BestAccuracy
        ($run.Values | Where-Object Part -eq d | Measure-Object LastLoss -Minimum).Minimum | Should -BeGreaterThan $run['no augmentation'].LastLoss
    }
}
