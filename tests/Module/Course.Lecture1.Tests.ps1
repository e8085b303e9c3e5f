# The examples of the course's first lecture, each asked for its claim.
BeforeAll {
    $script:course = "$PSScriptRoot/../../examples/course"
    $script:real = "$PSScriptRoot/../../../shared/data"
    function Invoke-Example([string] $Name, [hashtable] $Options = @{}) {
        $script = Get-ChildItem $course -Filter "$Name-*.ps1"
        & $script.FullName -Quick -Output (Join-Path $TestDrive $Name) @Options 6> $null
    }
}

Describe 'Lecture 1' {
    It 'error measures: the formulas are what is measured, and the training error nears the test error' {
        $rows = Invoke-Example L1-01
        $points = @($rows | Where-Object Points -eq 1)
        $points.Count | Should -Be 24
        foreach ($row in $points) { [Math]::Abs($row.Formula - $row.Measured) | Should -BeLessThan 1e-6 -Because "$($row.Error) at $($row.At)" }
        # The variance of the mean of n squared normal numbers of variance 1/4 is 2 (1/4)^2 / n; four deviations leave one in 16,000 outside.
        foreach ($row in $rows | Where-Object Error -eq Training) {
            [Math]::Abs($row.Measured - .25) | Should -BeLessThan (4 * .25 * [Math]::Sqrt(2 / $row.Points)) -Because "$($row.Points) points"
        }
    }

    It 'perceptron: separable classes end without mistakes and within the bound, XOR never ends' {
        $rows = Invoke-Example L1-02
        $blobs = $rows | Where-Object Set -eq Blobs
        $blobs.LastRound | Should -Be 0
        $blobs.NetworkAccuracy | Should -Be 1
        $blobs.Mistakes | Should -BeLessOrEqual $blobs.Bound
        $xor = $rows | Where-Object Set -eq XOR
        $xor.LastRound | Should -BeGreaterThan 0
        $xor.Bound | Should -BeNullOrEmpty
    }

    It 'linear collapse: one layer does what three linear ones do, and not what ReLU layers do' {
        $linear, $relu = Invoke-Example L1-03
        $linear.LargestDifference | Should -BeLessThan 1e-5   # of products of 16 terms near 1 in 32 bits
        $relu.LargestDifference | Should -BeGreaterThan 1
        $linear.Accuracy | Should -BeLessThan .75
        $relu.Accuracy | Should -BeGreaterThan .95
    }

    It 'worked pass: every step by hand is what the network has' {
        $rows = Invoke-Example L1-04
        $rows.Count | Should -Be 19
        foreach ($row in $rows) { [Math]::Abs($row.ByHand - $row.Network) | Should -BeLessThan 1e-5 -Because $row.What }
        ($rows | Where-Object What -eq 'prediction h').Network | Should -Be .875
        ($rows | Where-Object What -eq 'squared error').Network | Should -Be 1.265625
        [Math]::Abs(($rows | Where-Object What -eq 'squared error after one step').Network - .7182284) | Should -BeLessThan 1e-6
    }

    It 'backpropagation: the pseudo-code and both engines agree to rounding' {
        $rows = Invoke-Example L1-05
        $rows.Engine | Sort-Object -Unique | Should -Be Fused, Torch
        foreach ($row in $rows) {
            $row.LargestChange | Should -BeGreaterThan .05
            # 300 updates, each with a rounding of some 6e-8 of weights below 1.
            $row.LargestDifference | Should -BeLessThan 2e-6 -Because "$($row.Engine) $($row.Weight)"
        }
    }

    It 'batch size: single points get lowest and are roughest, all points are smoothest' {
        $rows = Invoke-Example L1-07
        $single = $rows | Where-Object Update -eq 'single point'
        $all = $rows | Where-Object Update -eq 'all points'
        $falling = $rows | Where-Object Update -eq 'single point, falling rate'
        $single.TrainingLoss | Should -BeLessThan $all.TrainingLoss
        $single.Roughness | Should -BeGreaterThan $all.Roughness
        $falling.Roughness | Should -BeLessThan $single.Roughness
    }

    It 'learning curves: the gap between test and training error closes with the number of points' {
        $rows = Invoke-Example L1-08
        $sine = @($rows | Where-Object Set -eq 'noisy sine' | Sort-Object Points)
        $gaps = $sine | ForEach-Object { $_.TestError - $_.TrainingError }
        $gaps[0] | Should -BeGreaterThan $gaps[1]
        $gaps[1] | Should -BeGreaterThan $gaps[2]
        $sine[-1].TestError | Should -BeLessThan .15   # the noise alone is .09
        $best, $last = $rows | Where-Object Set -like '30 points*'
        $last.TrainingError | Should -BeLessThan $best.TrainingError
        $last.TestError | Should -BeGreaterThan $best.TestError
    }

    It 'overfitting: rises with noise and with the complexity of the target, falls with the number of points' {
        $rows = @(Invoke-Example L1-09)
        $map = @{}
        $rows | ForEach-Object { $map["$($_.Map) $($_.Noise) $($_.Order) $($_.Points)"] = $_.Overfit }
        # Among cells of one map: each is a median over eight targets, so only the ends of the scales are compared.
        $map['stochastic noise 1 20 20'] | Should -BeGreaterThan $map['stochastic noise 0 20 120']
        $map['stochastic noise 1 20 20'] | Should -BeGreaterThan $map['stochastic noise 1 20 120']
        $map['stochastic noise 1 20 20'] | Should -BeGreaterThan 0
        $map['stochastic noise 0 20 120'] | Should -BeLessThan 0
        $map['target complexity 0.1 40 20'] | Should -BeGreaterThan $map['target complexity 0.1 40 120']
        $relative = { param($order, $points) $cell = $rows | Where-Object { $_.Map -eq 'target complexity' -and $_.Order -eq $order -and $_.Points -eq $points }; $cell.Overfit }
        (& $relative 40 20) | Should -BeGreaterThan (& $relative 2 120)
    }

    It 'penalties: L1 gives exact zeros and L2 does not; weights shrink as lambda grows' {
        $rows = Invoke-Example L1-10
        @($rows | Where-Object Penalty -eq L2 | Where-Object Zeros -gt 0).Count | Should -Be 0
        $l1 = @($rows | Where-Object Penalty -eq L1 | Sort-Object Lambda)
        $l1[-1].Zeros | Should -Be 10
        $l1[0].Zeros | Should -Be 0
        ($l1 | Where-Object Lambda -eq 1).Zeros | Should -Be 7   # all but those of x1, x2 and x7
        [Math]::Abs($l1[0].w1 - 3) | Should -BeLessThan .2
        $l2 = @($rows | Where-Object Penalty -eq L2 | Sort-Object Lambda)
        for ($i = 1; $i -lt $l2.Count; $i++) { [Math]::Abs($l2[$i].w1) | Should -BeLessThan ([Math]::Abs($l2[$i - 1].w1)) }
        $smooth = @($rows | Where-Object Penalty -eq Tikhonov | Sort-Object Lambda)[-1]
        [Math]::Abs($smooth.w9 - $smooth.w10) | Should -BeLessThan .05
    }

    It 'model selection: what the held-out fold selects is better on new points than hardly any penalty' {
        $rows = Invoke-Example L1-11
        $selected = $rows | Sort-Object SelectionError | Select-Object -First 1
        $weakest = $rows | Where-Object { $_.Penalty -eq $selected.Penalty -and $_.Lambda -eq 1e-4 }
        $strongest = $rows | Where-Object { $_.Penalty -eq $selected.Penalty -and $_.Lambda -eq 10 }
        $selected.TestError | Should -BeLessThan $weakest.TestError
        $selected.TestError | Should -BeLessThan $strongest.TestError
        $weakest.TrainingError | Should -BeLessThan $selected.TrainingError
    }

    It 'support vector machines: the kernel parts the rings, no line does' {
        $rows = Invoke-Example L1-12
        ($rows | Where-Object { $_.Set -eq 'Circles' -and $_.Machine -eq 'linear SVM' }).TestAccuracy | Should -BeLessThan .75
        ($rows | Where-Object { $_.Set -eq 'Circles' -and $_.Machine -eq 'kernel SVM' }).TestAccuracy | Should -BeGreaterThan .9
        ($rows | Where-Object { $_.Set -eq 'Moons' -and $_.Machine -eq 'kernel SVM' }).TestAccuracy |
            Should -BeGreaterThan ($rows | Where-Object { $_.Set -eq 'Moons' -and $_.Machine -eq 'linear SVM' }).TestAccuracy
    }

    It 'takes the real tables where they are at hand' {
        if (-not (Test-Path $real/tables/iris.csv)) { Set-ItResult -Skipped -Because 'the folder with real data is not there'; return }
        $iris = Invoke-Example L1-02 @{ Data = $real } | Where-Object Set -eq Iris
        $iris.LastRound | Should -Be 0
        $iris.Rows | Should -Be 150
        (Invoke-Example L1-01 @{ Data = $real })[-1].Measured | Should -BeGreaterThan 84   # the variance of Boston's prices is 84.4
    }
}
