BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments

    # A linear classifier whose decisions are known by hand: class = place of the largest of three inputs.
    $script:classifier = New-Network -InputShape 3 | Add-Layer Linear 3 |
        New-Model -Weight @{ 'linear_1.weight' = (1, 0, 0), (0, 1, 0), (0, 0, 1); 'linear_1.bias' = 0, 0, 0 } -ClassName ant, bee, cat
    # Actual classes a a b b c; predicted a b b b a.
    $script:rows = @'
x,y,z,Kind
3,1,0,ant
1,3,0,ant
0,2,1,bee
0,4,1,bee
5,1,2,cat
'@ | ConvertFrom-Csv
    $script:data = $rows | ConvertTo-Dataset -Target Kind -Name animals
    $script:doubler = New-Network -InputShape 1 | Add-Layer Linear 1 | New-Model -Weight @{ 'linear_1.weight' = 2; 'linear_1.bias' = 0 }
}

Describe 'Measure-Model of a classifier' {
    BeforeAll { $script:measure = $classifier | Measure-Model $data -Loss CrossEntropy }

    It 'counts what is right' {
        $measure.Count | Should -Be 5
        $measure.Accuracy | Should -Be 0.6
    }

    It 'has the confusion matrix worked by hand' {
        $measure.ConfusionMatrix.Classes | Should -Be ant, bee, cat
        $measure.ConfusionMatrix.Counts[0] | Should -Be 1, 1, 0
        $measure.ConfusionMatrix.Counts[1] | Should -Be 0, 2, 0
        $measure.ConfusionMatrix.Counts[2] | Should -Be 1, 0, 0
    }

    It 'has precision, recall and F1 of each class' {
        # ant: 1 of 2 predicted is right, 1 of 2 found; bee: 2 of 3, 2 of 2; cat: never predicted.
        $measure.Classes.Precision | Should -Be .5, (2 / 3), 0
        $measure.Classes.Recall | Should -Be .5, 1, 0
        $measure.Classes.F1 | Should -Be .5, .8, 0
        $measure.Classes.Support | Should -Be 2, 2, 1
        [Math]::Abs($measure.MacroF1 - 1.3 / 3) | Should -BeLessThan 1e-12
        [Math]::Abs($measure.WeightedF1 - 2.6 / 5) | Should -BeLessThan 1e-12
    }

    It 'has the mean cross-entropy' {
        $expected = ($rows | ForEach-Object {
            $logits = [double]$_.x, [double]$_.y, [double]$_.z
            $own = $logits[@{ ant = 0; bee = 1; cat = 2 }[$_.Kind]]
            [Math]::Log(($logits | ForEach-Object { [Math]::Exp($_) } | Measure-Object -Sum).Sum) - $own
        } | Measure-Object -Average).Average
        [Math]::Abs($measure.Loss - $expected) | Should -BeLessThan 1e-6   # float32 against double
    }

    It 'does not depend on the batch size' {
        $one = $classifier | Measure-Model $data -Loss CrossEntropy -BatchSize 2
        [Math]::Abs($one.Loss - $measure.Loss) | Should -BeLessThan 1e-7
        $one.ConfusionMatrix.ToString() | Should -Be $measure.ConfusionMatrix.ToString()
    }

    It 'matches classes by name, not by place' {
        # These rows know only cat and bee, so bee has index 0 in the data and 1 in the model.
        $part = $rows | Where-Object Kind -ne ant | ConvertTo-Dataset -Target Kind
        ($classifier | Measure-Model $part -Loss CrossEntropy).Accuracy | Should -Be (2 / 3)
    }

    It 'survives a trip through CLIXML' {
        $file = Join-Path $TestDrive measure.xml
        $measure | Export-Clixml $file
        $again = Import-Clixml $file
        $again.Accuracy | Should -Be 0.6
        $again.Loss | Should -Be $measure.Loss
    }
}

Describe 'Measure-Model of a regressor' {
    It 'has the errors worked by hand' {
        # y = 3, -0.5, 2, 7 and predictions 2.5, 0, 2, 8: the example of scikit-learn's documentation.
        $data = [pscustomobject]@{ x = 1.25; y = 3 }, [pscustomobject]@{ x = 0; y = -.5 }, [pscustomobject]@{ x = 1; y = 2 }, [pscustomobject]@{ x = 4; y = 7 } | ConvertTo-Dataset -Target y
        $measure = $doubler | Measure-Model $data -Loss MAE
        $measure.Loss | Should -Be 0.5
        $measure.MSE | Should -Be 0.375
        $measure.MAE | Should -Be 0.5
        [Math]::Abs($measure.RMSE - [Math]::Sqrt(.375)) | Should -BeLessThan 1e-12
        [Math]::Abs($measure.R2 - 0.9486081370449679) | Should -BeLessThan 1e-9
    }
}

Describe 'Measure-Model with bad input' {
    It 'asks for a loss when the model was never trained' {
        { $classifier | Measure-Model $data } | Should -Throw '*-Loss*' -ErrorId 'MissingLoss*'
    }

    It 'names both shapes when the data does not fit' {
        $other = [pscustomobject]@{ a = 1; b = 2; Kind = 'ant' }, [pscustomobject]@{ a = 3; b = 4; Kind = 'bee' } | ConvertTo-Dataset -Target Kind
        { $classifier | Measure-Model $other -Loss CrossEntropy } | Should -Throw '*`[3`]*`[2`]*' -ErrorId 'DataShapeMismatch*'
    }

    It 'names a class that the model does not know' {
        $other = [pscustomobject]@{ x = 1; y = 2; z = 3; Kind = 'ant' }, [pscustomobject]@{ x = 1; y = 2; z = 3; Kind = 'bee' }, [pscustomobject]@{ x = 1; y = 2; z = 3; Kind = 'dog' } | ConvertTo-Dataset -Target Kind
        { $classifier | Measure-Model $other -Loss CrossEntropy } | Should -Throw '*dog*' -ErrorId 'UnseenClass*'
    }

    It 'names an unknown loss and the near match' {
        { $classifier | Measure-Model $data -Loss CrossEntrpy } | Should -Throw "*CrossEntropy*"
    }
}
