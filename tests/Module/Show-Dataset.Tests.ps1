BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    function Read-Svg($name) { [xml](Get-Content (Join-Path $TestDrive $name) -Raw) }
    function Get-Image($svg) { $svg.SelectNodes('//*[local-name()="image"]') }
}

Describe 'Show-Dataset' {
    It 'shows each kind of data in its own way' {
        $digits = New-Dataset Digits 40 -Seed 1
        $lines = @($digits | Show-Dataset -NoColor -Width 76)
        ($lines -join '') | Should -Match '[░▒▓█]'
        $lines[0] | Should -Match '^\d +\d'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 76
        $sentences = @(New-Dataset Grammar 30 | Show-Dataset)
        $sentences.Count | Should -Be 10
        $sentences -join ' ' | Should -Match '\bthe\b'
        (New-Dataset Moons 40 | Show-Dataset -NoColor) -join '' | Should -Match 'X2 against X1'
        (New-Dataset Sine 40 | Show-Dataset -NoColor) -join "`n" | Should -Match '(?s)^X.*\nY'
        $table = 1..20 | ForEach-Object { [pscustomobject]@{ Height = $_; Weight = 2 * $_; Age = 9; Kind = 'a', 'b' | Get-Random } } | ConvertTo-Dataset -Target Kind
        ($table | Show-Dataset -NoColor) -match '^(Height|Weight|Age)$' | Should -HaveCount 3
    }
    It 'shows windows of a series as lines' {
        $file = Join-Path $TestDrive series.csv
        1..60 | ForEach-Object { [pscustomobject]@{ Value = [Math]::Sin($_ / 3) } } | Export-Csv $file
        $series = Import-Dataset $file -Format TimeSeries -Window 12
        $series | Show-Dataset Series (Join-Path $TestDrive series.svg) -Count 4
        (Read-Svg series.svg).SelectNodes('//*[local-name()="g"][@class="line"]').Count | Should -Be 4
        ($series | Show-Dataset -NoColor) -join '' | Should -Match '[\u2801-\u28ff]'
    }
    It 'draws masks and boxes over the images' {
        New-Dataset Shapes 20 -Target Box -MostShapes 1 -Seed 1 | Show-Dataset Image (Join-Path $TestDrive boxes.svg) -Count 6
        $svg = Read-Svg boxes.svg
        (Get-Image $svg).Count | Should -Be 6
        $svg.SelectNodes('//*[local-name()="g"][@class="line"]').Count | Should -Be 6
        $plain, $masked = 'Class', 'Mask' | ForEach-Object {
            New-Dataset Shapes 2 -MostShapes 1 -Target $_ -Seed 1 | Show-Dataset Image (Join-Path $TestDrive "$_.svg") -Count 1 -InOrder
            @(Get-Image (Read-Svg "$_.svg"))[0].OuterXml
        }
        $masked | Should -Not -Be $plain
    }
    It 'counts classes piece by piece' {
        New-Dataset Digits 100 -Seed 1 | Split-Dataset .8, .2 -Stratify | Show-Dataset Class (Join-Path $TestDrive classes.svg)
        $text = (Read-Svg classes.svg).OuterXml
        $text | Should -Match '>Train<'
        $text | Should -Match '>Validation and Test<'
        { New-Dataset Sine | Show-Dataset Class } | Should -Throw -ErrorId 'NothingToPlot,*'
    }
    It 'shows what augmentation makes of the pictures, and says when there is none' {
        $shapes = New-Dataset Shapes 20 -Size 16
        $shapes | Add-Transform TrivialAugment | Show-Dataset Augmentation (Join-Path $TestDrive gallery.svg) -Count 3 -Variants 4
        (Get-Image (Read-Svg gallery.svg)).Count | Should -Be 15
        { $shapes | Show-Dataset Augmentation } | Should -Throw -ErrorId 'NothingToPlot,*' -ExpectedMessage '*Add-Transform*'
        # A flip that always happens: the second picture is the first one mirrored, and is drawn the same for the same seed.
        $again = 1..2 | ForEach-Object {
            New-Dataset Digits 5 | Add-Transform RandomFlip -Probability 1 | Show-Dataset Augmentation (Join-Path $TestDrive "flip$_.svg")
            Get-Content (Join-Path $TestDrive "flip$_.svg") -Raw
        }
        $again[0] | Should -Be $again[1]
    }
    It 'takes rows at random by the seed, or in their order' {
        $text = New-Dataset Grammar 50
        ($text | Show-Dataset -Seed 1) -join '' | Should -Be (($text | Show-Dataset -Seed 1) -join '')
        ($text | Show-Dataset -Seed 1) -join '' | Should -Not -Be (($text | Show-Dataset -Seed 2) -join '')
        ($text | Show-Dataset -InOrder | Select-Object -First 1) | Should -Match ([regex]::Escape(($text | ConvertFrom-Dataset | Select-Object -First 1).Text))
    }
    It 'keeps files and obeys -WhatIf' {
        $file = Join-Path $TestDrive keep.png
        (New-Dataset Moons 20 | Show-Dataset Histogram $file -PassThru).Length | Should -BeGreaterThan 1000
        { New-Dataset Moons 20 | Show-Dataset Histogram $file } | Should -Throw -ErrorId 'FileExists*'
        New-Dataset Moons 20 | Show-Dataset Histogram $file -Force
        New-Dataset Moons 20 | Show-Dataset Histogram (Join-Path $TestDrive never.svg) -WhatIf
        Test-Path (Join-Path $TestDrive never.svg) | Should -BeFalse
        { New-Dataset Moons 20 | Show-Dataset Histogram (Join-Path $TestDrive x.gif) } | Should -Throw -ErrorId 'UnknownImageFormat*'
    }
    It 'shows pictures that stay in their files' {
        foreach ($kind in 'a', 'b') {
            $null = New-Item -ItemType Directory (Join-Path $TestDrive "folder/$kind")
            1..3 | ForEach-Object { New-Dataset Shapes 1 -Seed $_ | Show-Dataset Image (Join-Path $TestDrive "folder/$kind/$_.png") }
        }
        $lazy = Import-Dataset (Join-Path $TestDrive folder) -Size 20 -MemoryLimit 1KB
        $lazy.Features[0].IsLazy | Should -BeTrue
        "$($lazy | Out-String)" | Should -Match 'in files'
        $lazy | Show-Dataset Image (Join-Path $TestDrive lazy.svg)
        (Get-Image (Read-Svg lazy.svg)).Count | Should -Be 6
    }
}
