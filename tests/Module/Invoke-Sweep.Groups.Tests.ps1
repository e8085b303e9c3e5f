# Invoke-Sweep: -Group, a trial's own rules, points that were given
BeforeAll {
    . $PSScriptRoot/Sweeps.Setup.ps1
    # 36 rows of 8 patients with 1 to 8 rows each, in a mixed order; the target is the patient.
    $script:patient = 0..35 | ForEach-Object { [int][Math]::Floor([Math]::Sqrt(2 * (($_ * 17) % 36) + .25) - .5) }
    $script:data = $patient | ForEach-Object { [pscustomobject]@{ x = [double]$_; y = "p$_" } } | ConvertTo-Dataset -Target y
    $script:seen = {
        param($a, $Dataset)
        $held = @($Dataset.Validation.ClassCounts | Where-Object Count -GT 0 | ForEach-Object Class)
        [pscustomobject]@{ Loss = $a; Train = $Dataset.Train.Count; Held = $Dataset.Validation.Count
            Patients = $held.Count
            Shared = @($Dataset.Train.ClassCounts | Where-Object { $_.Count -gt 0 -and $_.Class -in $held }).Count }
    }
}

Describe 'Invoke-Sweep -Group' {
    It 'keeps rows of one value in one fold, and the folds as even as GroupKFold' {
        $rows = Invoke-Sweep @{ a = 1, 2 } -ScriptBlock $seen -Metric Loss -Dataset $data -Fold 3 -Group $patient
        $rows | Should -HaveCount 6
        $rows.Shared | Should -Be (, 0 * 6)
        ($rows[0..2] | Measure-Object Patients -Sum).Sum | Should -Be 8
        # Groups of 8, 7, ... 1 rows: the largest first, each to the smallest fold, as scikit-learn's GroupKFold deals them.
        $rows[0..2].Held | Sort-Object | Should -Be 11, 12, 13
        $rows | ForEach-Object { $_.Train + $_.Held | Should -Be 36 }
        $splits = $data | Split-Dataset -Fold 3 -Group $patient
        ($splits | ForEach-Object { $_.Validation.Count }) | Should -Be $rows[0..2].Held
    }

    It 'goes on with the same groups only' {
        $null = Invoke-Sweep @{ a = 1, 2 } -ScriptBlock $seen -Metric Loss -Dataset $data -Fold 3 -Group $patient -Path $TestDrive/groups
        { Resume-Sweep $TestDrive/groups -Dataset $data } | Should -Throw -ErrorId 'DataMismatch*'
        { Resume-Sweep $TestDrive/groups -Dataset $data -Group (0..35) } | Should -Throw '*other groups*'
        (Resume-Sweep $TestDrive/groups -Dataset $data -Group $patient) | Should -HaveCount 6
        $null = Invoke-Sweep @{ LearningRate = .005, .05 } -Network (New-Network 2 | Add-Layer Linear 2) -Dataset $moons -Fold 3 -Stratify -Training @{ Epochs = 1 } -Path $TestDrive/even
        (Resume-Sweep $TestDrive/even -Dataset $moons) | Should -HaveCount 6
    }

    It 'refuses what cannot be' {
        { Invoke-Sweep @{ a = 1, 2 } -ScriptBlock $seen -Dataset $data -Group $patient } | Should -Throw -ErrorId 'MissingParameter*'
        { Invoke-Sweep @{ a = 1, 2 } -ScriptBlock $seen -Dataset $data -Fold 3 -Group 1, 2 } | Should -Throw -ErrorId 'GroupMismatch*'
        { Invoke-Sweep @{ a = 1, 2 } -ScriptBlock $seen -Dataset $data -Fold 12 -Group $patient } | Should -Throw -ErrorId 'TooFewGroups*'
    }

    It 'keeps them in both folds of a nested cross-validation, also of a piece' {
        $split = $data | Split-Dataset .8, .2 -Group $patient
        $estimate = Invoke-Sweep @{ a = 2, 1 } -ScriptBlock $seen -Metric Loss -Dataset $split -OuterFold 3 -Fold 2 -Group $patient -Path $TestDrive/nested
        $estimate.Folds | Should -HaveCount 3
        (Resume-Sweep $TestDrive/nested -Dataset $split -Group $patient).Folds | Should -HaveCount 3
    }
}

Describe 'Invoke-Sweep tries the rules of a trial before it begins' {
    It 'names the parameter, the value and the rule: <Id> <Says>' -ForEach @(
        @{ Id = 'InvalidParameter'; Says = '*x*512*ValidateRange*|*x*512*256*'; Space = @{ x = '1..512' }; Do = { param([ValidateRange(1, 256)] $x) throw 'begun' } }
        @{ Id = 'InvalidParameter'; Says = '*kind*cube*ball*'; Space = @{ kind = 'ball', 'cube' }; Do = { param([ValidateSet('ball', 'disk')] $kind) throw 'begun' } }
        @{ Id = 'InvalidParameter'; Says = '*x*24*16,32*'; Space = @{ x = 16, 24, 32 }; Do = { param([ValidateSet(16, 32)] $x) throw 'begun' } }
        @{ Id = 'InvalidParameter'; Says = '*x*many*Int32*'; Space = @{ x = '7', 'many' }; Do = { param([int] $x = (throw 'default')) throw 'begun' } }
        @{ Id = 'MissingParameter'; Says = '*b*mandatory*a=2*'; Space = @{ a = 1, 2; b = '0..1 when a = 1' }; Do = { param($a, [Parameter(Mandatory)] $b) throw 'begun' } }
    ) {
        $error1 = { Invoke-Sweep $Space -ScriptBlock $Do -Trials 2 -Sampler Random } | Should -Throw -ErrorId "$Id*" -PassThru
        @($Says -split '\|' | Where-Object { "$error1" -like $_ }).Count | Should -BeGreaterThan 0 -Because "$error1"
    }

    It 'looks at points that were given, and lets through what the rules take' {
        { @{ x = .5 } | Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param([ValidateScript({ $_ -ne .5 })] $x) $x } -Trials 2 } | Should -Throw -ErrorId 'InvalidParameter*'
        (Invoke-Sweep @{ x = '0..1'; kind = 'a', 'b' } -ScriptBlock { param([ValidateRange(0, 1)] [double] $x, [ValidateSet('a', 'b')] [string] $kind) $x } -Trials 3).State | Should -Be (, 'Finished' * 3)
    }

    It 'tries a point that was given to the last bit' {
        $rows = @{ x = .05 }, @{ x = .003 } | Invoke-Sweep @{ x = 'log 1e-4..1e-1' } -ScriptBlock { param($x) $x } -Trials 3 -Path $TestDrive/exact
        $rows[0].x.ToString('R') | Should -Be '0.05'
        $rows[1].x.ToString('R') | Should -Be '0.003'
        (Resume-Sweep $TestDrive/exact)[0].x.ToString('R') | Should -Be '0.05'
    }
}
