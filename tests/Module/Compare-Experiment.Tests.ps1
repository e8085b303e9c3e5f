BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    function New-Run($optimizer, $seed, $loss) { [pscustomobject]@{ Optimizer = $optimizer; LearningRate = .1; Seed = $seed; BestValidationLoss = $loss; ValidationAccuracy = 1 - $loss } }
    $script:adam = (New-Run Adam 1 .10), (New-Run Adam 2 .20), (New-Run Adam 3 .30)
    # One worse by .05, .06 and .04 with the same seeds.
    $script:sgd = (New-Run SGD 3 .34), (New-Run SGD 1 .15), (New-Run SGD 2 .26)
}

Describe 'Compare-Experiment' {
    It 'groups by the settings that differ and pairs by seed' {
        $result = $adam + $sgd | Compare-Experiment
        $result.Name | Should -Be 'Optimizer Adam', 'Optimizer SGD'
        [Math]::Abs($result[1].Difference - .05) | Should -BeLessThan 1e-12
        $result[1].Paired | Should -Be 3
        # s = 0.01, t(0.975, 2) = 4.30265: half width 0.01 / sqrt(3) * 4.30265 = 0.024841; t = 8.6603, p = 0.013072.
        [Math]::Abs($result[1].DifferenceLow - (.05 - .024841)) | Should -BeLessThan 1e-6
        [Math]::Abs($result[1].DifferenceHigh - (.05 + .024841)) | Should -BeLessThan 1e-6
        [Math]::Abs($result[1].PValue - .013072) | Should -BeLessThan 1e-6
    }

    It 'ends with an error when a metric regressed against the baseline' {
        $file = Join-Path $TestDrive baseline.csv
        $adam | Export-Csv $file
        { $sgd | Compare-Experiment -Baseline (Import-Csv $file) } | Should -Throw -ErrorId 'MetricRegressed*'
        { $sgd | Compare-Experiment ValidationAccuracy -Baseline (Import-Csv $file) } | Should -Throw -ErrorId 'MetricRegressed*'
        $better = $adam | Compare-Experiment -Baseline $sgd
        $better[1].Difference | Should -BeLessThan 0
    }

    It 'lets a difference within its interval pass' {
        $noisy = (New-Run Adam 1 .20), (New-Run Adam 2 .11), (New-Run Adam 3 .31)
        { $noisy | Compare-Experiment -Baseline $adam } | Should -Not -Throw
    }

    It 'takes options and notes as settings' {
        $data = New-Dataset Moons -Count 60 | Split-Dataset .7, .3
        $runs = foreach ($clip in 0.1, 1) {
            foreach ($seed in 1, 2) {
                New-Network 2 | Add-Layer Linear 2 | Invoke-Training $data -Epochs 1 -ClipNorm $clip -Seed $seed |
                    Add-Member Remark "clip $clip" -PassThru
            }
        }
        $result = $runs | Compare-Experiment
        $result.Name | Should -Be 'ClipNorm 0.1, Remark clip 0.1', 'ClipNorm 1, Remark clip 1'
        $result[1].Settings['ClipNorm'] | Should -Be 1
        ($runs | Compare-Experiment FinalTrainingLoss -By Remark).Name | Should -Be 'Remark clip 0.1', 'Remark clip 1'
    }

    It 'holds metrics against stored ones and their intervals' {
        $data = New-Dataset Blobs -Count 200 -Seed 1 | Split-Dataset .5, .5 -Stratify -Seed 1
        $good = New-Network 2 | Add-Layer Linear 3 | Invoke-Training $data -Epochs 20 -LearningRate 0.1
        $bad = New-Network 2 | Add-Layer Linear 3 | Invoke-Training $data -Epochs 1 -LearningRate 0
        $file = Join-Path $TestDrive metrics.csv
        ($good | Measure-Model $data -Metric Accuracy, LogLoss -Bootstrap 200).Metrics | Export-Csv $file
        $same = ($good | Measure-Model $data -Metric LogLoss, Accuracy).Metrics | Compare-Experiment -Baseline (Import-Csv $file)
        $same.Name | Should -Be LogLoss, Accuracy
        $same[0].Difference | Should -Be 0
        { ($bad | Measure-Model $data -Metric LogLoss).Metrics | Compare-Experiment -Baseline (Import-Csv $file) } | Should -Throw -ErrorId 'MetricRegressed*'
    }

    It 'names a run without the metric' {
        { $adam | Compare-Experiment Accuracy } | Should -Throw -ErrorId 'MissingProperty*'
    }
}
