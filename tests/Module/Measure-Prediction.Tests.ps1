BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:model = New-Network -InputShape 2 | Add-Layer Linear 2 |
        New-Model -Weight @{ 'linear_1.weight' = (1, 0), (0, 1); 'linear_1.bias' = 0, 0 } -ClassName cat, dog
}

Describe 'Measure-Prediction' {
    It 'measures what Invoke-Model writes as Measure-Model does' {
        $rows = @'
x,y,Kind
2,1,cat
1,2,dog
3,1,dog
'@ | ConvertFrom-Csv
        $set = $rows | ConvertTo-Dataset -Target Kind
        $whole = $model | Measure-Model $set -Loss CrossEntropy
        $each = $set | Invoke-Model $model | Measure-Prediction Accuracy, LogLoss, F1, RocAuc
        $each.Metric | Should -Be Accuracy, LogLoss, F1, RocAuc
        $each[0].Value | Should -Be $whole.Accuracy
        [Math]::Abs($each[1].Value - $whole.Loss) | Should -BeLessThan 1e-6   # float32 against double
        $each[2].Value | Should -Be $whole.MacroF1
        # Probabilities of dog: 1/(1+e), e/(1+e), 1/(1+e^2); one dog above the cat, one below.
        $each[3].Value | Should -Be 0.5
        $set | Invoke-Model $model | Export-Plot ROC (Join-Path $TestDrive roc.svg)
        $set | Invoke-Model $model | Export-Plot PrecisionRecall (Join-Path $TestDrive pr.svg)
        $set | Invoke-Model $model | Export-Plot Calibration (Join-Path $TestDrive cal.svg)
        Get-Content (Join-Path $TestDrive roc.svg) -Raw | Should -Match 'dog \(area 0.5\)'
        Get-Content (Join-Path $TestDrive cal.svg) -Raw | Should -Match 'ECE'
    }

    It 'measures objects of scripts and CSV files' {
        $table = "Actual,Prediction`n3,2.5`n-0.5,0`n2,2`n7,8" | ConvertFrom-Csv
        ($table | Measure-Prediction MSE).Value | Should -Be 0.375
        ($table | Measure-Prediction MAE).Value | Should -Be 0.5
        [pscustomobject]@{ Actual = 'a b c d'; Prediction = 'a b c d' } | Measure-Prediction Bleu | ForEach-Object Value | Should -Be 1
    }

    It 'takes settings as hashtables and gives intervals' {
        $rows = 1..100 | ForEach-Object { [pscustomobject]@{ Actual = "$($_ % 3)"; Prediction = "$(if ($_ % 4) { $_ % 3 } else { 0 })" } }
        $result = $rows | Measure-Prediction @{ Name = 'F1'; Average = 'Weighted' } -Bootstrap 200 -Seed 1
        $result.Low | Should -BeLessThan $result.Value
        $result.High | Should -BeGreaterThan $result.Value
    }

    It 'says what is wrong' {
        { [pscustomobject]@{ Actual = 1; Prediction = 1 } | Measure-Prediction Acuracy } | Should -Throw '*Accuracy*'
        { [pscustomobject]@{ Prediction = 1 } | Measure-Prediction Accuracy } | Should -Throw -ErrorId 'NoPredictions*'
        { [pscustomobject]@{ Actual = 'a'; Prediction = 'b' } | Measure-Prediction LogLoss } | Should -Throw -ErrorId 'MissingProbabilities*'
    }
}
