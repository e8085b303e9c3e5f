BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $moons = New-Dataset Moons -Count 101
}

Describe 'Split-Dataset' {
    It 'makes two pieces of a ratio' {
        $split = $moons | Split-Dataset .8, .2
        $split.Train.Count | Should -Be 81
        $split.Test.Count | Should -Be 20
        [object]::ReferenceEquals($split.Validation, $split.Test) | Should -BeTrue
        $moons.Train | Should -BeNullOrEmpty
    }

    It 'makes three pieces of counts' {
        $split = $moons | Split-Dataset -Count 60, 30, 11
        $split.Train.Count, $split.Validation.Count, $split.Test.Count -join ',' | Should -Be '60,30,11'
    }

    It 'gives every class its share with -Stratify' {
        $split = $moons | Split-Dataset .5, .5 -Stratify -Seed 3
        $counts = @($split.Train.ClassCounts | ForEach-Object Count)
        [math]::Abs($counts[0] - $counts[1]) | Should -BeLessOrEqual 1
    }

    It 'keeps the order with -Sequential' {
        $rows = 1..10 | ForEach-Object { [pscustomobject]@{ T = $_ } } | ConvertTo-Dataset
        $split = $rows | Split-Dataset .7, .3 -Sequential
        ($split.Test | ConvertFrom-Dataset).T -join ',' | Should -Be '8,9,10'
    }

    It 'depends on the seed alone' {
        ($moons | Split-Dataset .5, .5 -Seed 1).Train.Fingerprint | Should -Be ($moons | Split-Dataset .5, .5 -Seed 1).Train.Fingerprint
        ($moons | Split-Dataset .5, .5 -Seed 1).Train.Fingerprint | Should -Not -Be ($moons | Split-Dataset .5, .5 -Seed 2).Train.Fingerprint
    }

    It 'warns of a class that a piece lacks' {
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ X = $_; Kind = if ($_ -le 2) { 'rare' } else { 'usual' } } } | ConvertTo-Dataset -Target Kind
        $null = $rows | Split-Dataset .9, .1 -Stratify -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike "*'rare'*"
    }

    It 'refuses <ErrorId>' -ForEach @(
        @{ ErrorId = 'InvalidRatio'; Parameters = @{ Ratio = .8, .3 } }
        @{ ErrorId = 'InvalidRatio'; Parameters = @{ Ratio = .8, -.2 } }
        @{ ErrorId = 'InvalidCount'; Parameters = @{ Count = 100, 2 } }
        @{ ErrorId = 'TooFewRows'; Parameters = @{ Ratio = .999, .001 } }
        @{ ErrorId = 'CannotStratify'; Parameters = @{ Ratio = .5, .5; Stratify = $true; Sequential = $true } }
    ) {
        { $moons | Split-Dataset @Parameters } | Should -Throw -ErrorId "$ErrorId,*"
    }

    It 'refuses to stratify numbers' {
        { New-Dataset Sine -Count 10 | Split-Dataset .5, .5 -Stratify } | Should -Throw -ErrorId 'CannotStratify,*' -ExpectedMessage '*-TargetType Class*'
    }

    It 'names a class that is too small' {
        $rows = 1..9 | ForEach-Object { [pscustomobject]@{ X = $_; Kind = if ($_ -eq 1) { 'only' } else { 'many' } } } | ConvertTo-Dataset -Target Kind
        { $rows | Split-Dataset .5, .5 -Stratify } | Should -Throw -ErrorId 'ClassTooSmall,*' -ExpectedMessage "*'only'*"
    }
}

Describe 'Split-Dataset, several data sets' {
    BeforeAll { $moons = New-Dataset Moons -Count 40 -Seed 1 }

    It 'gives one data set a fold' {
        $folds = @($moons | Split-Dataset -Fold 4 -Stratify -Seed 2)
        $folds.Count | Should -Be 4
        ($folds | ForEach-Object { $_.Train.Count }) -join ',' | Should -Be '30,30,30,30'
        ($folds | ForEach-Object { $_.Test.ClassCounts[0].Count }) -join ',' | Should -Be '5,5,5,5'
    }
    It 'keeps groups together' {
        $groups = 1..40 | ForEach-Object { $_ % 10 }
        (@($moons | Split-Dataset -Fold 5 -Group $groups) | ForEach-Object { $_.Test.Count }) -join ',' | Should -Be '8,8,8,8,8'
        ($moons | Split-Dataset 0.8, 0.2 -Group $groups).Test.Count | Should -Be 8
        { $moons | Split-Dataset -Fold 5 -Group 1, 2 } | Should -Throw -ErrorId 'GroupMismatch,*'
    }
    It 'draws bootstrap data sets' {
        $sets = @($moons | Split-Dataset -Bootstrap 2 -Seed 5)
        $sets.Count | Should -Be 2
        $sets[0].Train.Count | Should -Be 40
        $sets[0].Test.Count | Should -BeLessThan 25
    }
    It 'refuses impossible folds' {
        { $moons | Split-Dataset -Fold 41 } | Should -Throw -ErrorId 'InvalidFold,*'
    }
}
