BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'Add-Transform' {
    BeforeAll { $digits = New-Dataset Digits -Count 60 -Seed 1 | Split-Dataset 0.8, 0.2 -Seed 1 -WarningAction SilentlyContinue }

    It 'changes shapes of all pieces and leaves the data set piped in alone' {
        $small = $digits | Add-Transform Resize 14, 7
        "$($small.InputShape) $($small.Train.InputShape) $($small.Test.InputShape)" | Should -Be '[1,14,7] [1,14,7] [1,14,7]'
        "$($digits.InputShape)" | Should -Be '[1,28,28]'
        "$(($digits | Add-Transform Flatten).InputShape)" | Should -Be '[784]'
    }
    It 'takes published statistics, and names the ones there are' {
        ($digits | Add-Transform Normalize MNIST).Transforms[0].Mean | Should -Be 0.1307
        { $digits | Add-Transform Normalize Mnst } | Should -Throw -ExpectedMessage '*MNIST*'
    }
    It 'maps classes by a script block or a hashtable' {
        $two = $digits | Add-Transform MapClass -Map { if ($_ -ge 5) { 'high' } else { 'low' } }
        $two.ClassNames -join ',' | Should -Be 'high,low'
        ($two.ClassCounts | Where-Object Class -EQ low).Count | Should -Be (($digits.ClassCounts | Where-Object { [int] $_.Class -lt 5 } | Measure-Object Count -Sum).Sum)
        ($digits | Add-Transform MapClass -Map @{ 7 = 'seven' }).ClassNames | Should -Contain 'seven'
        { $digits | Add-Transform MapClass -Map @{ 12 = 'x' } } | Should -Throw -ErrorId 'UnknownClass,*'
        { $digits | Add-Transform MapClass } | Should -Throw -ErrorId 'MissingParameter,*'
    }
    It 'augments training rows, the same for the same seed' {
        $augmented = $digits | Add-Transform RandomRotation 20 | Add-Transform RandomFlip -Probability 0.2 | Add-Transform MixUp -Alpha 0.3
        $augmented.Augmentations.Count | Should -Be 3
        $augmented.Test.Fingerprint | Should -Be $digits.Test.Fingerprint
        $net = New-Network -InputShape 784 | Add-Layer Linear 10
        $one, $two = 1..2 | ForEach-Object { $net | Invoke-Training -Dataset $augmented -Epochs 2 -Seed 3 }
        $one.History[-1].TrainingLoss | Should -Be $two.History[-1].TrainingLoss
        ($net | Invoke-Training -Dataset $digits -Epochs 2 -Seed 3).History[-1].TrainingLoss | Should -Not -Be $one.History[-1].TrainingLoss
    }
    It 'makes noisy pairs for an autoencoder' {
        $pair = $digits | Add-Transform NoisePair 0.2 -Seed 4
        $pair.Targets[0].Name | Should -Be 'Clean'
        $run = New-Network -InputShape 784 | Add-Layer Linear 16 -Activation ReLU | Add-Layer Linear 784 | Invoke-Training -Dataset ($pair | Add-Transform Flatten) -Loss MSE -Epochs 1
        $run.History[0].TrainingLoss | Should -BeGreaterThan 0
    }
    It 'refuses what does not fit' {
        { New-Dataset Moons | Add-Transform RandomFlip } | Should -Throw -ErrorId 'TransformShapeMismatch,*'
        { $digits | Add-Transform Resise 3 } | Should -Throw -ErrorId 'UnknownTransform,*' -ExpectedMessage "*'Resize'*"
        { $digits | Add-Transform RandomErasing -Probability 2 } | Should -Throw -ExpectedMessage '*at most 1*'
    }
}

Describe 'Get-TransformType' {
    It 'lists transforms and augmentations with descriptions' {
        $all = @(Get-TransformType)
        $all.Name | Should -Contain 'CutMix'
        @($all | Where-Object { -not $_.Description }).Count | Should -Be 0
        (Get-TransformType RandomRotation).Parameters.Name | Should -Contain 'Degrees'
    }
}
