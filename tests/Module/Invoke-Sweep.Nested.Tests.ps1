# Invoke-Sweep -OuterFold: nested cross-validation; -Network with several networks
BeforeAll {
    . $PSScriptRoot/Sweeps.Setup.ps1
    $script:housing = "$PSScriptRoot/../../../shared/data/tables/housing.csv"
    $script:reference = Get-Content $PSScriptRoot/../Reference/nested.json -Raw | ConvertFrom-Json
    # Twelve rows whose target is their number: a trial can tell which rows it was given.
    $script:numbered = 0..11 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ } } | ConvertTo-Dataset -Target y
}

Describe 'Invoke-Sweep -OuterFold' {
    It 'gives the numbers of GridSearchCV inside cross_val_score for ridge regression on real data' {
        if (-not (Test-Path $housing)) { Set-ItResult -Skipped -Because 'shared/data/tables/housing.csv is absent'; return }
        $data = Import-Csv $housing -Header (1..13 + 'price') | ConvertTo-Dataset -Target price | Add-Transform Standardize
        $ridge = @{ Network = New-Network 13 | Add-Layer Linear 1; Dataset = $data; Seed = 7; Training = @{ Regulariser = 'L2'; Optimizer = 'SGD'; Momentum = .9; LearningRate = .05; BatchSize = 0; Epochs = 600 } }
        $nested = Invoke-Sweep @{ Lambda = 1e-4, 1e-3, 1e-2, .1, 1 } @ridge -Fold 4 -OuterFold 5
        $nested.Metric | Should -Be FinalValidationLoss
        $nested.Folds.Count | Should -Be 5
        # 32-bit weights against 64-bit ones: six digits and a little more.
        for ($f = 0; $f -lt 5; $f++) {
            [Math]::Abs($nested.Folds[$f].Value / $reference.scores[$f] - 1) | Should -BeLessThan 2e-6
            [Math]::Abs($nested.Folds[$f].Selected / $reference.selected[$f] - 1) | Should -BeLessThan 2e-6
            $nested.Folds[$f].Parameters.Lambda | Should -Be $reference.chosen[$f]
        }
        [Math]::Abs($nested.Mean / $reference.mean - 1) | Should -BeLessThan 2e-6
        [Math]::Abs($nested.StandardDeviation / $reference.deviation - 1) | Should -BeLessThan 2e-6
        # t(0.975, 4) = 2.776445 (tables of Student's distribution).
        [Math]::Abs($nested.High - $reference.mean - 2.776445 * $reference.deviation / [Math]::Sqrt(5)) | Should -BeLessThan 1e-3
        [Math]::Abs($nested.High + $nested.Low - 2 * $nested.Mean) | Should -BeLessThan 1e-9
    }

    It 'shows a choice none of the rows that its estimate is made with' {
        $seen = { param($a, $Dataset) [pscustomobject]@{ Loss = $a; Train = @($Dataset.Train | ConvertFrom-Dataset | ForEach-Object { [int]$_.y }); Held = @($Dataset.Validation | ConvertFrom-Dataset | ForEach-Object { [int]$_.y }) } }
        $null = Invoke-Sweep @{ a = 2, 1 } -ScriptBlock $seen -Metric Loss -Dataset $numbered -OuterFold 3 -Fold 2 -Path $TestDrive/seen
        $choices = Get-Trial $TestDrive/seen
        $estimates = Get-Trial $TestDrive/seen -Best
        $choices.Count | Should -Be 12
        $estimates.Count | Should -Be 3
        $estimates.a | Should -Be 1, 1, 1
        $estimates.Held | Sort-Object | Should -Be (0..11)
        foreach ($estimate in $estimates) {
            @($estimate.Train + $estimate.Held | Sort-Object) | Should -Be (0..11)
            $own = @($choices | Where-Object OuterFold -EQ $estimate.OuterFold)
            $own.Count | Should -Be 4
            foreach ($choice in $own) {
                @($choice.Train + $choice.Held | Sort-Object) | Should -Be @($estimate.Train | Sort-Object)
                $choice.Train | Where-Object { $_ -in $estimate.Held } | Should -BeNullOrEmpty
            }
        }
    }

    It 'goes on after a stop with the same estimate, and gives a model of all rows' {
        $sweep = @{ Space = @{ LearningRate = .005, .05 }; Network = New-Network 2 | Add-Layer Linear 8 -Activation Tanh | Add-Layer Linear 2; Dataset = $moons; Training = @{ Epochs = 4 }; OuterFold = 3; Fold = 2; Repeat = 2; Stratify = $true; Metric = 'ValidationAccuracy'; ThrottleLimit = 2 }
        $calm = Invoke-Sweep @sweep -Path $TestDrive/calm -RefitVariable model
        $model.TrainingCount | Should -Be $moons.Train.Count
        Invoke-Sweep @sweep -Path $TestDrive/cut -MaxTime 0 -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        Get-Trial $TestDrive/cut -Summary | Should -BeNullOrEmpty
        { Invoke-Sweep @sweep -Path $TestDrive/cut } | Should -Throw -ErrorId 'SweepExists*'
        { Resume-Sweep $TestDrive/cut -Dataset $numbered } | Should -Throw -ErrorId 'DataMismatch*'
        $resumed = Resume-Sweep $TestDrive/cut -Dataset $moons
        "$($resumed.Folds.Value)" | Should -Be "$($calm.Folds.Value)"
        (Get-Trial $TestDrive/cut -Summary).Mean | Should -Be $calm.Mean
        # Nothing is run again, and another sweep is not taken for this one.
        $newest = (Get-Trial $TestDrive/cut).Started | Sort-Object | Select-Object -Last 1
        $null = Invoke-Sweep @sweep -Path $TestDrive/cut -Resume
        (Get-Trial $TestDrive/cut).Started | Sort-Object | Select-Object -Last 1 | Should -Be $newest
        $sweep.OuterFold = 4
        { Invoke-Sweep @sweep -Path $TestDrive/cut -Resume } | Should -Throw -ErrorId 'SweepMismatch*'
        Remove-Trial $TestDrive/cut -Sweep
        Test-Path $TestDrive/cut | Should -BeFalse
    }

    It 'plans all of its trials' {
        $plan = Invoke-Sweep @{ LearningRate = .005, .05 } -Network (New-Network 2 | Add-Layer Linear 2) -Dataset $moons -OuterFold 3 -Fold 2 -WhatIf
        $plan.Trials | Should -Be (3 * (2 * 2 + 1))
        $plan.OuterFolds | Should -Be 3
    }

    It 'refuses <Text>' -ForEach @(
        @{ Text = 'the best epoch'; Id = 'LeakingEstimate'; Says = 'FinalValidationLoss'; More = @{ Metric = 'BestValidationLoss' } }
        @{ Text = 'early stopping'; Id = 'LeakingEstimate'; Says = 'EarlyStopping'; More = @{ Training = @{ EarlyStopping = 3 } } }
        @{ Text = 'a plateau'; Id = 'LeakingEstimate'; Says = 'Plateau'; More = @{ Training = @{ Schedule = 'Plateau' } } }
        @{ Text = 'several metrics'; Id = 'InvalidSweep'; Says = 'one -Metric'; More = @{ Metric = 'FinalValidationLoss', 'ParameterCount' } }
        @{ Text = 'no inner folds'; Id = 'InvalidSweep'; Says = '-Fold'; More = @{ Fold = 1 } }
    ) {
        $sweep = @{ Space = @{ LearningRate = .005, .05 }; Network = New-Network 2 | Add-Layer Linear 2; Dataset = $moons; OuterFold = 3; Fold = 2 }
        # Fold 1 is below what the parameter takes: it is left out.
        foreach ($name in $More.Keys) { if ($name -eq 'Fold') { $sweep.Remove('Fold') } else { $sweep[$name] = $More[$name] } }
        try { Invoke-Sweep @sweep; $failure = $null } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id*"
        $failure.Exception.Message | Should -Match $Says
    }
}

Describe 'Invoke-Sweep with several networks' {
    BeforeAll {
        $script:small = New-Network 2 -Name small | Add-Layer Linear 2
        $script:wide = New-Network 2 -Name wide | Add-Layer Linear 16 -Activation Tanh | Add-Layer Linear 2
    }

    It 'varies them like a parameter, also alone' {
        $rows = Invoke-Sweep @{ LearningRate = .01, .1 } -Network $small, $wide -Dataset $moons -Training @{ Epochs = 3 } -Path $TestDrive/networks
        $rows.Count | Should -Be 4
        ($rows | Where-Object Network -EQ wide).ParameterCount | Should -Be $wide.ParameterCount, $wide.ParameterCount
        $row = $rows | Where-Object { $_.Network -eq 'wide' -and $_.LearningRate -eq .1 }
        $row.Value | Should -Be ($wide | Invoke-Training $moons -Epochs 3 -LearningRate .1 -Threads 1).BestValidationLoss
        Remove-Trial $TestDrive/networks -Index 3
        (Resume-Sweep $TestDrive/networks -Dataset $moons)[3].Value | Should -Be $rows[3].Value
        (Invoke-Sweep @{} -Network $small, $wide -Dataset $moons -Training @{ Epochs = 1 }).Network | Should -Be small, wide
    }

    It 'wants names that differ, and no Network in the space beside them' {
        { Invoke-Sweep @{} -Network $small, $small -Dataset $moons } | Should -Throw -ErrorId 'DuplicateName*'
        { Invoke-Sweep @{ Network = 'small' } -Network $small, $wide -Dataset $moons } | Should -Throw -ErrorId 'DoubleParameter*'
        { Invoke-Sweep @{} -Network $small, { New-Network 2 } -Dataset $moons } | Should -Throw -ErrorId 'InvalidInput*'
    }
}
