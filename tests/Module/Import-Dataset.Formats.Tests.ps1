BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments

    # A 24-bit BMP of one colour by hand: header, rows of blue, green, red, padded to four bytes.
    function Write-Bmp([string] $Name, [int] $Width, [int] $Height, [byte] $Red, [byte] $Green, [byte] $Blue) {
        $line = [int] ([math]::Ceiling(3 * $Width / 4) * 4)
        $bytes = [byte[]]::new(54 + $line * $Height)
        $at = 2
        $bytes[0] = 66; $bytes[1] = 77
        foreach ($word in $bytes.Length, 0, 54, 40, $Width, $Height, (1 + (24 -shl 16)), 0, ($line * $Height), 0, 0, 0, 0) {
            [System.BitConverter]::GetBytes([int] $word).CopyTo($bytes, $at); $at += 4
        }
        for ($y = 0; $y -lt $Height; $y++) {
            for ($x = 0; $x -lt $Width; $x++) {
                $p = 54 + $y * $line + 3 * $x
                $bytes[$p] = $Blue; $bytes[$p + 1] = $Green; $bytes[$p + 2] = $Red
            }
        }
        $path = Join-Path $TestDrive $Name
        $null = New-Item -ItemType Directory -Force (Split-Path $path)
        [System.IO.File]::WriteAllBytes($path, $bytes)
    }
}

Describe 'Import-Dataset, other formats' {
    Context 'picture folders' {
        BeforeAll {
            Write-Bmp 'pets/train/cat/1.bmp' 4 2 255 0 0
            Write-Bmp 'pets/train/dog/2.bmp' 4 2 0 255 0
            Write-Bmp 'pets/test/cat/3.bmp' 4 2 255 0 0
            Write-Bmp 'pets/test/dog/4.bmp' 4 2 0 0 255
            $pets = Join-Path $TestDrive 'pets'
        }
        It 'reads pieces and classes, and warns of copies' {
            $data = Import-Dataset $pets -WarningVariable warned -WarningAction SilentlyContinue
            $data.ClassNames -join ',' | Should -Be 'cat,dog'
            "$($data.InputShape)" | Should -Be '[3,2,4]'
            $data.Train.Count, $data.Test.Count -join ',' | Should -Be '2,2'
            "$warned" | Should -BeLike "*train/cat/1.bmp*test/cat/3.bmp*"
        }
        It 'resizes and makes grey' {
            "$((Import-Dataset $pets -Size 8, 6 -Grayscale -WarningAction SilentlyContinue).InputShape)" | Should -Be '[1,8,6]'
        }
        It 'refuses a damaged picture or leaves it out' {
            Set-Content (Join-Path $pets 'train/cat/bad.jpg') 'nothing'
            { Import-Dataset $pets } | Should -Throw -ErrorId 'CorruptImage,*' -ExpectedMessage "*'train/cat/bad.jpg'*-Corrupt Skip*"
            (Import-Dataset $pets -Corrupt Skip -WarningAction SilentlyContinue).Count | Should -Be 4
            Remove-Item (Join-Path $pets 'train/cat/bad.jpg')
        }
        It 'says what reads folders and what reads files' {
            { Import-Dataset $pets -Format Csv } | Should -Throw -ErrorId 'NotAFile,*'
            { Import-Dataset (Join-Path $pets 'train/cat/1.bmp') -Format ImageFolder } | Should -Throw -ErrorId 'NotAFolder,*'
            { Import-Dataset (Join-Path $TestDrive 'nowhere') } | Should -Throw -ErrorId 'FileNotFound,*'
        }
        It 'reads 2,500 pictures of CIFAR-10' -Skip:(-not (Test-Path "$PSScriptRoot/../../../shared/data/images/cifar10")) {
            $data = Import-Dataset "$PSScriptRoot/../../../shared/data/images/cifar10"
            $data.Train.Count | Should -Be 2000
            $data.Train.ClassCounts | ForEach-Object Count | Select-Object -Unique | Should -Be 200
        }
    }

    Context 'text' {
        BeforeAll { $toy = Join-Path $TestDrive 'toy.txt'; Set-Content $toy 'the cat is on the table and the dog is on the mat' }
        It 'numbers words as published' {
            $data = Import-Dataset $toy -Level Word -SequenceLength 12
            $data.Features[0].Vocabulary.Tokens -join ' ' | Should -Be 'and cat dog is mat on table the'
            ($data | ConvertFrom-Dataset).Text | Should -Be 'the cat is on the table and the dog is on the'
            ($data | ConvertFrom-Dataset).Next | Should -Be 'mat'
        }
        It 'takes an earlier vocabulary' {
            $words = (Import-Dataset $toy -Level Word -SequenceLength 3 -SpecialTokens).Features[0].Vocabulary
            $other = Join-Path $TestDrive 'other.txt'
            Set-Content $other 'the bird is on the cat'
            (Import-Dataset $other -Level Word -SequenceLength 5 -Vocabulary $words | ConvertFrom-Dataset).Text | Should -Be 'the <UNK> is on the'
        }
        It 'trains an embedding' {
            $abac = Join-Path $TestDrive 'abac.txt'
            Set-Content $abac ('abac' * 20) -NoNewline
            $data = Import-Dataset $abac -SequenceLength 2
            $run = New-Network -InputShape 2 | Add-Layer Embedding 3 4 | Add-Layer Flatten | Add-Layer Linear 16 -Activation Tanh | Add-Layer Linear 3 |
                Invoke-Training -Dataset $data -Epochs 60 -LearningRate 0.02 -Seed 1
            $run.History[-1].TrainingAccuracy | Should -Be 1
        }
    }

    Context 'time series and JSON lines' {
        It 'makes windows when asked for' {
            $path = Join-Path $TestDrive 'series.csv'
            1..10 | ForEach-Object { [pscustomobject] @{ Month = "m$_"; Value = $_ } } | Export-Csv $path
            $data = Import-Dataset $path -Window 3 -Column Value -TrainRatio 0.6
            $data.Train.Count, $data.Test.Count -join ',' | Should -Be '3,1'
            ($data.Test | ConvertFrom-Dataset).Window -join ',' | Should -Be '7,8,9'
            ($data.Test | ConvertFrom-Dataset).Value | Should -Be 10
        }
        It 'reads objects a line' {
            $path = Join-Path $TestDrive 'rows.jsonl'
            1..4 | ForEach-Object { @{ x = $_; kind = "k$($_ % 2)" } | ConvertTo-Json -Compress } | Set-Content $path
            $data = Import-Dataset $path -Target kind
            $data.ClassNames -join ',' | Should -Be 'k0,k1'
            $data.Count | Should -Be 4
        }
    }
}
