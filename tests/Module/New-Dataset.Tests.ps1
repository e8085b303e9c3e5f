BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'New-Dataset' {
    It 'makes <Name>' -ForEach @(
        @{ Name = 'Moons'; Shape = '2'; Classes = 2 }
        @{ Name = 'Spirals'; Shape = '2'; Classes = 2 }
        @{ Name = 'Xor'; Shape = '2'; Classes = 2 }
        @{ Name = 'Blobs'; Shape = '2'; Classes = 3 }
        @{ Name = 'Circles'; Shape = '2'; Classes = 2 }
        @{ Name = 'Polynomial'; Shape = '1'; Classes = 0 }
        @{ Name = 'NoisyPolynomial'; Shape = '1'; Classes = 0 }
        @{ Name = 'Sine'; Shape = '1'; Classes = 0 }
        @{ Name = 'Digits'; Shape = '1,28,28'; Classes = 10 }
    ) {
        $data = New-Dataset $Name -Count 40 -Seed 1
        $data.Count | Should -Be 40
        "$($data.InputShape)" | Should -Be "[$Shape]"
        @($data.ClassNames).Where{ $_ }.Count | Should -Be $Classes
        $data.Fingerprint | Should -Be (New-Dataset $Name -Count 40 -Seed 1).Fingerprint
        $data.Fingerprint | Should -Not -Be (New-Dataset $Name -Count 40 -Seed 2).Fingerprint
    }

    It 'takes settings by name and the count by position' {
        $data = New-Dataset Spirals 30 -Arms 3 -Turns 2 -Noise 0 -Name Arms
        $data.ClassNames.Count | Should -Be 3
        $data.Name | Should -Be 'Arms'
        "$((New-Dataset Digits 10 -Flatten).InputShape)" | Should -Be "[784]"
    }

    It 'says what there is when the name is wrong' {
        { New-Dataset Moon } | Should -Throw -ErrorId 'UnknownGenerator,*' -ExpectedMessage "*'Moons'*"
    }

    It 'refuses <Parameters.Keys> out of range' -ForEach @(
        @{ Generator = 'Moons'; Parameters = @{ Count = 0 } }
        @{ Generator = 'Moons'; Parameters = @{ Noise = -1 } }
        @{ Generator = 'Spirals'; Parameters = @{ Arms = 1 } }
        @{ Generator = 'Circles'; Parameters = @{ Factor = 1 } }
    ) {
        { New-Dataset $Generator @Parameters } | Should -Throw -ErrorId 'InvalidParameterValue,*' -ExpectedMessage '*must be*'
    }

    It 'describes itself' {
        $text = New-Dataset Xor -Count 10 | Out-String
        $text | Should -BeLike '*Xor: 10 rows*'
        $text | Should -BeLike '*X1, X2*'
    }
}
