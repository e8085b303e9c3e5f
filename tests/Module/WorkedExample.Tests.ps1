# The forward and backward pass that the course's first lecture works by hand (slides S31-S37), through the public cmdlets alone.
BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments

    $script:network = New-Network -InputShape 3 |
        Add-Layer Linear 2 -Name hidden -Activation ReLU |
        Add-Layer Linear 1 -Name out
    $script:weights = @{
        'hidden.weight' = (.25, .75, .75), (.5, .125, .25)
        'hidden.bias'   = 1, 1
        'out.weight'    = , (.5, .125)
        'out.bias'      = .5
    }
    $script:row = [pscustomobject]@{ x1 = 4; x2 = -8; x3 = 4; y = 2 }
    $script:data = $row | ConvertTo-Dataset -Target y
}

Describe 'The worked example of lecture 1' {
    It 'predicts h = 0.875' {
        $model = $network | New-Model -Weight $weights -Dataset $data
        ($row | Invoke-Model -Model $model).Prediction | Should -Be 0.875
        ($data | Invoke-Model -Model $model).Prediction | Should -Be 0.875
    }

    It 'has the squared error 1.265625' {
        $measure = $network | New-Model -Weight $weights | Measure-Model -Dataset $data -Loss MSE
        $measure.Loss | Should -Be 1.265625
        $measure.MSE | Should -Be 1.265625
        $measure.MAE | Should -Be 1.125
    }

    It 'after one step of SGD with rate 0.01 has the weights worked by hand' {
        $run = $network | New-Model -Weight $weights |
            Invoke-Training -Dataset $data -Loss MSE -Optimizer SGD -LearningRate .01 -Epochs 1 -BatchSize 1
        # All products are exact in binary up to the rate; float32 keeps seven digits.
        $expected = @{
            'hidden.weight' = .25, .75, .75, .51125, .1025, .26125
            'hidden.bias'   = 1, 1.0028125
            'out.weight'    = .5, .1925
            'out.bias'      = , .5225
        }
        foreach ($name in $expected.Keys) {
            $values = ($run | Get-Weight $name).Values
            $values.Count | Should -Be $expected[$name].Count
            for ($i = 0; $i -lt $values.Count; $i++) { [Math]::Abs($values[$i] - $expected[$name][$i]) | Should -BeLessThan 1e-6 -Because "$name[$i]" }
        }
        [Math]::Abs(($row | Invoke-Model -Model $run).Prediction - 1.1525164) | Should -BeLessThan 1e-6
        [Math]::Abs(($run | Measure-Model -Dataset $data).Loss - .7182284) | Should -BeLessThan 1e-6
    }

    It 'reports the loss before the step as the training loss' {
        $run = $network | New-Model -Weight $weights |
            Invoke-Training -Dataset $data -Loss MSE -Optimizer SGD -LearningRate .01 -Epochs 1 -BatchSize 1
        $run.History[0].TrainingLoss | Should -Be 1.265625
    }
}
