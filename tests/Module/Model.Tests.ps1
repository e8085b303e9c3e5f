# New-Model, Get-Weight, Set-Weight, Export-Model, Import-Model.
BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:network = New-Network -InputShape 4 | Add-Layer Linear 5 -Activation ReLU | Add-Layer BatchNorm1d | Add-Layer Linear 3
    $script:model = $network | New-Model -Seed 3 -ClassName a, b, c
}

Describe 'New-Model' {
    It 'gives the same weights for the same seed and others for another' {
        ($network | New-Model -Seed 3 | Get-Weight linear_1.weight).Values | Should -Be ($model | Get-Weight linear_1.weight).Values
        ($network | New-Model -Seed 4 | Get-Weight linear_1.weight).Values | Should -Not -Be ($model | Get-Weight linear_1.weight).Values
    }

    It 'starts weights with the initialiser that is asked for, and leaves biases alone' {
        $zero = $network | New-Model -Seed 3 -Initialiser Zeros
        ($zero | Get-Weight linear_*.weight).Values | Should -Be @(, 0 * 35)
        ($zero | Get-Weight linear_1.bias).Values | Should -Be ($model | Get-Weight linear_1.bias).Values
    }

    It 'names an unknown weight and the near match' {
        { $network | New-Model -Weight @{ 'linear_1.wieght' = 1 } } | Should -Throw "*linear_1.wieght*linear_1.weight*" -ErrorId 'UnknownWeight*'
    }
}

Describe 'Get-Weight' {
    It 'lists every parameter and buffer with its shape' {
        $list = $model | Get-Weight
        ($list | Where-Object Name -eq 'linear_1.weight').Shape.ToString() | Should -Be '[5,4]'
        ($list | Where-Object Name -eq 'batchnorm1d_1.running_var').IsTrainable | Should -BeFalse
        ($list | Where-Object IsTrainable | Measure-Object Count -Sum).Sum | Should -Be $network.ParameterCount
    }

    It 'takes wildcards, and refuses a name that does not exist' {
        ($model | Get-Weight *.bias).Count | Should -Be 3
        { $model | Get-Weight linear_9.bias } | Should -Throw -ErrorId 'UnknownWeight*'
    }
}

Describe 'Set-Weight' {
    BeforeEach { $script:own = $network | New-Model -Seed 3 }

    It 'sets a flat and a nested list alike' {
        $own | Set-Weight linear_2.weight (1..15)
        $flat = ($own | Get-Weight linear_2.weight).Values
        $own | Set-Weight @{ 'linear_2.weight' = (1..5), (6..10), (11..15) }
        ($own | Get-Weight linear_2.weight).Values | Should -Be $flat
        $flat | Should -Be (1..15)
    }

    It 'refuses <why>, and changes nothing' -ForEach @(
        @{ why = 'too few numbers'; value = 1, 2; id = 'WeightShapeMismatch' }
        @{ why = 'a ragged list'; value = (1, 2, 3), (4, 5); id = 'WeightShapeMismatch' }
        @{ why = 'text'; value = 'a', 'b', 'c'; id = 'InvalidWeight' }
        @{ why = 'NaN'; value = 1, 2, [double]::NaN; id = 'InvalidWeight' }
    ) {
        $before = ($own | Get-Weight linear_2.bias).Values
        { $own | Set-Weight linear_2.bias $value } | Should -Throw '*linear_2.bias*' -ErrorId "$id*"
        ($own | Get-Weight linear_2.bias).Values | Should -Be $before
    }

    It 'changes what the model predicts' {
        $first = (, (1, 2, 3, 4) | Invoke-Model -Model $own).Values
        $own | Set-Weight linear_2.bias (10, 20, 30)
        (, (1, 2, 3, 4) | Invoke-Model -Model $own).Values | Should -Not -Be $first
    }
}

Describe 'Set-Weight -VectorPath' {
    BeforeAll {
        $words = '<PAD>', 'the', 'cat', 'sat'
        $embedding = New-Network 5 | Add-Layer Embedding 5 2 -PaddingIdx 0 -Frozen | Add-Layer Mean
        # A header, a word of the wrong length, a word that nobody wants, one twice.
        '4 2', 'sat 1 2 3', 'dog 9 9', 'cat 0.5 -1e-1', 'the 3 4', 'cat 7 7' | Set-Content "$TestDrive/v.txt"
    }
    It 'takes vectors by word; what the file lacks has zeros, rows after the words stay' {
        $own = $embedding | New-Model -Seed 3
        $last = ($own | Get-Weight embedding_1.weight).Values[8, 9]
        $own | Set-Weight embedding_1.weight -VectorPath "$TestDrive/v.txt" -Word $words
        ($own | Get-Weight embedding_1.weight).Values | Should -Be (@(0, 0, 3, 4, 0.5, [float]-0.1, 0, 0) + $last)
        (, (0, 1, 2, 0, 1) | Invoke-Model $own).Values[0] | Should -Be ([float](6.5 / 5))
    }
    It 'takes the words of a data set of texts' {
        'the cat sat on the mat' | Set-Content "$TestDrive/text.txt"
        $data = Import-Dataset "$TestDrive/text.txt" -Format Text -Level Word -SpecialTokens -SequenceLength 2
        $vocabulary = $data.Features[0].Vocabulary
        $own = New-Network 2 | Add-Layer Embedding $vocabulary.Count 2 | New-Model | Set-Weight embedding_1.weight -VectorPath "$TestDrive/v.txt" -Word $vocabulary.Tokens -PassThru
        $at = 2 * $vocabulary.IndexOf('the')
        ($own | Get-Weight embedding_1.weight).Values[$at, ($at + 1)] | Should -Be @(3, 4)
    }
    It 'refuses <why>, and changes nothing' -ForEach @(
        @{ why = 'a file without the words'; words = 'x', 'y'; id = 'NoWordVectors' }
        @{ why = 'vectors of another length'; words = , 'sat'; id = 'NoWordVectors' }
        @{ why = 'more words than rows'; words = 'a', 'b', 'c', 'd', 'e', 'f'; id = 'WeightShapeMismatch' }
    ) {
        $own = $embedding | New-Model
        $before = ($own | Get-Weight embedding_1.weight).Values
        { $own | Set-Weight embedding_1.weight -VectorPath "$TestDrive/v.txt" -Word $words } | Should -Throw -ErrorId "$id*"
        ($own | Get-Weight embedding_1.weight).Values | Should -Be $before
    }
}

Describe 'Export-Model and Import-Model' {
    It 'give back the same network, weights and class names' {
        $file = Join-Path $TestDrive a.safetensors
        $model | Export-Model $file
        $again = Import-Model $file
        $again.ClassNames | Should -Be a, b, c
        foreach ($weight in $model | Get-Weight) { ($again | Get-Weight $weight.Name).Values | Should -Be $weight.Values -Because $weight.Name }
        ($again.Network.Layers | ForEach-Object Name) | Should -Be ($network.Layers | ForEach-Object Name)
    }

    It 'keeps an existing file without -Force' {
        $file = Join-Path $TestDrive b.safetensors
        Set-Content $file precious
        { $model | Export-Model $file } | Should -Throw '*exists*-Force*' -ErrorId 'FileExists*'
        Get-Content $file | Should -Be precious
        $model | Export-Model $file -Force
        (Import-Model $file).ParameterCount | Should -Be $network.ParameterCount
    }

    It 'writes nothing with -WhatIf' {
        $file = Join-Path $TestDrive c.safetensors
        $model | Export-Model $file -WhatIf
        $file | Should -Not -Exist
    }

    It 'loads several files by wildcard, and from Get-ChildItem' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive many)
        1..3 | ForEach-Object { $model | Export-Model (Join-Path $folder "$_.safetensors") }
        @(Import-Model (Join-Path $folder '*.safetensors')).Count | Should -Be 3
        @(Get-ChildItem $folder | Import-Model).Count | Should -Be 3
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a missing file'; id = 'FileNotFound'; make = {} }
        @{ what = 'an empty file'; id = 'InvalidModelFile'; make = { $null = New-Item $file } }
        @{ what = 'a text file'; id = 'InvalidModelFile'; make = { Set-Content $file 'this is not a model, not at all' } }
        @{ what = 'a truncated model'; id = 'InvalidModelFile'; make = {
            $model | Export-Model $file
            $bytes = [IO.File]::ReadAllBytes($file)
            [IO.File]::WriteAllBytes($file, $bytes[0..($bytes.Length - 9)]) } }
        @{ what = 'a model with a flipped bit'; id = 'InvalidModelFile'; make = {
            $model | Export-Model $file
            $bytes = [IO.File]::ReadAllBytes($file)
            $bytes[-1] = $bytes[-1] -bxor 1
            [IO.File]::WriteAllBytes($file, $bytes) } }
    ) {
        $file = Join-Path $TestDrive bad.safetensors
        if (Test-Path $file) { Remove-Item $file }
        . $make
        { Import-Model $file } | Should -Throw "*bad.safetensors*" -ErrorId "$id*"
    }

    It 'refuses to write into a folder that does not exist' {
        { $model | Export-Model (Join-Path $TestDrive no/such/folder/x.safetensors) } | Should -Throw '*does not exist*' -ErrorId 'FolderNotFound*'
    }
}
