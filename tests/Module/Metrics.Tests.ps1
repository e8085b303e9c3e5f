# Metrics in trainings, of models and of predictions.
BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:data = New-Dataset Blobs -Count 120 -Seed 3 | Split-Dataset .5, .25, .25 -Stratify -Seed 1
    $script:run = New-Network 2 | Add-Layer Linear 3 |
        Invoke-Training $data -Epochs 4 -LearningRate 0.05 -Metric F1, @{ Name = 'TopK'; K = 2 }, RocAuc -LearningCurve (Join-Path $TestDrive curve.csv)
}

Describe 'Get-MetricType' {
    It 'lists the metrics with descriptions' {
        $all = Get-MetricType
        $all.Name | Should -Contain RocAuc
        $all.Name | Should -Contain MSSSIM
        $all | Where-Object { -not $_.Description } | Should -BeNullOrEmpty
        (Get-MetricType ECE).Name | Should -Be CalibrationError
        (Get-MetricType F1).Parameters.Name | Should -Be Average
    }
}

Describe 'Invoke-Training -Metric' {
    It 'gives each epoch its columns' {
        $run.History[0].Metrics.Name | Should -Be F1, Top2, RocAuc
        $run.History[3].ValidationTop2 | Should -Be $run.History[3].Metrics[1].Validation
        ($run.History | Sort-Object TrainingF1 | Select-Object -Last 1).TrainingF1 | Should -BeGreaterThan 0.5
        $run.ValidationF1 | Should -Be $run.History[3].ValidationF1
    }
    It 'writes them to the learning curve, which is read and written again' {
        $rows = Import-LearningCurve (Join-Path $TestDrive curve.csv)
        $rows[3].ValidationRocAuc | Should -Be $run.History[3].ValidationRocAuc
        $rows | Export-LearningCurve (Join-Path $TestDrive again.csv)
        Get-Content (Join-Path $TestDrive again.csv) -Raw | Should -Be (Get-Content (Join-Path $TestDrive curve.csv) -Raw)
        $run | Export-LearningCurve (Join-Path $TestDrive third.csv)
        (Get-Content (Join-Path $TestDrive third.csv))[0] | Should -Be (Get-Content (Join-Path $TestDrive curve.csv))[0]
    }
    It 'lets early stopping and plots take them' {
        $stopped = New-Network 2 | Add-Layer Linear 3 |
            Invoke-Training $data -Epochs 50 -LearningRate 0.1 -Metric F1 -EarlyStopping @{ Metric = 'ValidationF1'; Patience = 2 }
        $stopped.StopReason | Should -Be EarlyStopped
        $best = ($stopped.History | Measure-Object ValidationF1 -Maximum).Maximum
        $stopped.History[$stopped.BestEpoch - 1].ValidationF1 | Should -Be $best
        $run | Export-Plot LearningCurve (Join-Path $TestDrive f1.svg) -Metric F1, Top2
        Get-Content (Join-Path $TestDrive f1.svg) -Raw | Should -Match 'Top2'
    }
    It 'streams them' {
        $epochs = New-Network 2 | Add-Layer Linear 3 | Invoke-Training $data -Epochs 2 -Metric Brier -StreamEpoch
        $epochs[1].ValidationBrier | Should -BeGreaterThan 0
    }
    It 'refuses what does not fit' {
        { New-Network 2 | Add-Layer Linear 3 | Invoke-Training $data -Metric RMSE } | Should -Throw -ErrorId 'MetricMismatch*'
        { New-Network 2 | Add-Layer Linear 3 | Invoke-Training $data -Metric Akuracy } | Should -Throw '*Accuracy*'
    }
}

Describe 'Measure-Model -Metric' {
    It 'measures what Measure-Prediction does' {
        $measure = $run | Measure-Model $data -Metric LogLoss, F1 -PerClass
        $alone = $data.Test | Invoke-Model $run | Measure-Prediction LogLoss, F1 -PerClass
        $measure.Metrics.Metric | Should -Be LogLoss, LogLoss, LogLoss, LogLoss, F1, F1, F1, F1
        for ($i = 0; $i -lt 8; $i++) {
            $measure.Metrics[$i].Class | Should -Be $alone[$i].Class
            [Math]::Abs($measure.Metrics[$i].Value - $alone[$i].Value) | Should -BeLessThan 1e-12
        }
        [Math]::Abs($measure.Metrics[4].Value - $measure.MacroF1) | Should -BeLessThan 1e-12
        ($measure | Format-List | Out-String) | Should -Match 'LogLoss of'
    }
    It 'gives the same intervals for the same seed' {
        $a = $run | Measure-Model $data -Metric Accuracy -Bootstrap 100 -Seed 5
        $b = $run | Measure-Model $data -Metric Accuracy -Bootstrap 100 -Seed 5 -BatchSize 3
        $a.Metrics[0].Low | Should -Be $b.Metrics[0].Low
        $a.Metrics[0].Low | Should -BeLessOrEqual $a.Accuracy
        $a.Metrics[0].High | Should -BeGreaterOrEqual $a.Accuracy
    }
}
