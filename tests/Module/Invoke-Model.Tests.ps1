BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments

    $script:rows = @'
Width,Colour,Kind
1,red,small
2,red,small
8,blue,large
9,blue,large
'@ | ConvertFrom-Csv
    $script:data = $rows | ConvertTo-Dataset -Target Kind -Scale Standardize
    # Features are Width (standardised), Colour=blue, Colour=red; the class is large when the scaled width is positive.
    $script:model = New-Network -InputShape 3 | Add-Layer Linear 2 |
        New-Model -Dataset $data -Weight @{ 'linear_1.weight' = (1, 0, 0), (-1, 0, 0); 'linear_1.bias' = 0, 0 }
}

Describe 'Invoke-Model' {
    It 'predicts the rows of a data set beside their classes' {
        $predictions = $data | Invoke-Model $model
        $predictions.Row | Should -Be 0, 1, 2, 3
        $predictions.Prediction | Should -Be small, small, large, large
        $predictions.IsCorrect | Should -Be $true, $true, $true, $true
    }

    It 'encodes and scales piped rows as the training rows were' {
        # Mean 5 and standard deviation √12.5, so the logits of width 1 are ∓4/√12.5 and P(small) = 1 / (1 + exp(-8/√12.5)).
        $prediction = [pscustomobject]@{ Colour = 'blue'; Width = '1' } | Invoke-Model -Model $model
        $prediction.Prediction | Should -Be small
        [Math]::Abs($prediction.Probability - 1 / (1 + [Math]::Exp(-8 / [Math]::Sqrt(12.5)))) | Should -BeLessThan 1e-6
        [Math]::Abs($prediction.Probabilities['large'] + $prediction.Probabilities['small'] - 1) | Should -BeLessThan 1e-12
    }

    It 'takes hashtables, and keeps the object beside the prediction' {
        $prediction = @{ Width = 9; Colour = 'red'; Note = 'mine' } | Invoke-Model $model
        $prediction.Prediction | Should -Be large
        $prediction.InputObject.Note | Should -Be mine
    }

    It 'shows the class that a piped row brings along' {
        ($rows[0] | Invoke-Model $model).Actual | Should -Be small
        ($rows[0] | Invoke-Model $model).IsCorrect | Should -BeTrue
    }

    It 'predicts lists of numbers, which are scaled too' {
        (, (9, 1, 0) | Invoke-Model $model).Prediction | Should -Be large
    }

    It 'reports a bad row and goes on with the others' {
        $good = @([pscustomobject]@{ Width = 'wide'; Colour = 'red' }, [pscustomobject]@{ Width = 9; Colour = 'green' }, $rows[3] |
            Invoke-Model $model -ErrorVariable bad -ErrorAction SilentlyContinue)
        $good.Prediction | Should -Be large
        $bad.Count | Should -Be 2
        "$($bad[0])" | Should -BeLike '*Width*wide*'
        "$($bad[1])" | Should -BeLike "*Colour*green*"
    }

    It 'says how many numbers the network takes' {
        { , (1, 2) | Invoke-Model $model } | Should -Throw '*2 numbers*3 numbers*' -ErrorId 'DataShapeMismatch*'
    }

    It 'says that rows of columns need a model trained on a table' {
        $plain = New-Network -InputShape 1 | Add-Layer Linear 1 | New-Model
        { [pscustomobject]@{ x = 1 } | Invoke-Model $plain } | Should -Throw '*not trained on a table*' -ErrorId 'MissingSchema*'
    }

    It 'predicts the same after saving and loading' {
        $file = Join-Path $TestDrive model.safetensors
        $model | Export-Model $file
        $first = $data | Invoke-Model $model
        $second = $data | Invoke-Model (Import-Model $file)
        $second.Probability | Should -Be $first.Probability
    }
}

Describe 'Models of -1 and 1' {
    It 'predicts the labels as they were given, beside the own ones of data sets and of piped rows' {
        $rows = 1..8 | ForEach-Object { [pscustomobject]@{ x = $_ - 4.5; y = if ($_ -gt 4) { 1 } else { -1 } } }
        $data = $rows | ConvertTo-Dataset -Target y -TargetType Number
        foreach ($loss in 'Hinge', 'Logistic') {
            $run = New-Network 1 | Add-Layer Linear 1 | Invoke-Training $data -Loss $loss -Epochs 60 -LearningRate .1 -BatchSize 0
            $predicted = @($data | Invoke-Model $run)
            $predicted.Prediction -join ' ' | Should -Be '-1 -1 -1 -1 1 1 1 1'
            $predicted.Actual -join ' ' | Should -Be '-1 -1 -1 -1 1 1 1 1'
            $piped = @($rows | Invoke-Model $run)
            $piped.Actual -join ' ' | Should -Be '-1 -1 -1 -1 1 1 1 1'
            $piped.IsCorrect | Should -Not -Contain $false
            ($run | Measure-Model $data).Accuracy | Should -Be 1
        }
    }
}
