BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:data = New-Dataset Moons -Count 60 -Seed 1 | Split-Dataset .8, .2 -Seed 1
    $script:run = New-Network 2 | Add-Layer Linear 4 -Activation Tanh | Add-Layer Linear 2 |
        Invoke-Training $data -Epochs 3 -LearningRate .02
    function Read-Svg($name) { [xml](Get-Content (Join-Path $TestDrive $name) -Raw) }
}

Describe 'Export-Plot' {
    It 'draws the history of a run' {
        $run.History | Export-Plot LearningCurve (Join-Path $TestDrive curve.svg)
        $svg = Read-Svg curve.svg
        $svg.svg.g.Count | Should -BeGreaterThan 1
        $svg.OuterXml | Should -Match 'Training'
    }

    It 'draws the run itself alike' {
        $run | Export-Plot LearningCurve (Join-Path $TestDrive run.svg)
        Get-Content (Join-Path $TestDrive run.svg) -Raw | Should -Be (Get-Content (Join-Path $TestDrive curve.svg) -Raw)
    }

    It 'draws objects of scripts by property name' {
        1e-3, 1e-2, 1e-1 | ForEach-Object { [pscustomobject]@{ LearningRate = $_; Loss = $_ * 2 } } |
            Export-Plot Line (Join-Path $TestDrive line.svg) -X LearningRate -Y Loss -LogX -LogY
        (Read-Svg line.svg).OuterXml | Should -Match '>0.001<'
    }

    It 'draws a measure, a data set, a decision boundary and images' {
        $run | Measure-Model $data | Export-Plot ConfusionMatrix (Join-Path $TestDrive cm.svg)
        $data | Export-Plot Scatter (Join-Path $TestDrive moons.svg)
        $run | Export-Plot DecisionBoundary (Join-Path $TestDrive plane.svg) -Dataset $data.Train -Resolution 20
        New-Dataset Digits -Count 4 | Export-Plot ImageGrid (Join-Path $TestDrive digits.svg)
        (Read-Svg cm.svg).OuterXml | Should -Match 'Predicted'
        (Read-Svg moons.svg).SelectNodes('//*[local-name()="g"][@class="point"]').Count | Should -Be 2
        (Read-Svg plane.svg).SelectNodes('//*[local-name()="image"]').Count | Should -Be 1
        (Read-Svg digits.svg).SelectNodes('//*[local-name()="image"]').Count | Should -Be 4
    }

    It 'draws predictions of data with their mistakes' {
        $digits = New-Dataset Digits -Count 12 -Seed 3
        $model = New-Network 1, 28, 28 | Add-Layer Flatten | Add-Layer Linear 10 | New-Model -ClassName (0..9) -Seed 1
        $digits | Invoke-Model $model | Where-Object IsCorrect -eq $false |
            Export-Plot ImageGrid (Join-Path $TestDrive wrong.svg) -Dataset $digits -Count 3
        (Read-Svg wrong.svg).OuterXml | Should -Match ', not \d'
    }

    It 'writes PNG' {
        $file = $run.History | Export-Plot LearningCurve (Join-Path $TestDrive curve.png) -PassThru
        $file.Length | Should -BeGreaterThan 5000
    }

    It 'keeps an existing file unless told' {
        { $run.History | Export-Plot LearningCurve (Join-Path $TestDrive curve.svg) } | Should -Throw -ErrorId 'FileExists*'
        $run.History | Export-Plot LearningCurve (Join-Path $TestDrive curve.svg) -Force
    }

    It 'writes nothing with -WhatIf' {
        $run.History | Export-Plot LearningCurve (Join-Path $TestDrive never.svg) -WhatIf
        Test-Path (Join-Path $TestDrive never.svg) | Should -BeFalse
    }

    It 'says what is wrong' {
        { $run | Export-Plot Lernkurve (Join-Path $TestDrive x.svg) } | Should -Throw -ErrorId 'UnknownPlot*'
        { $run | Export-Plot LearningCurve (Join-Path $TestDrive x.gif) } | Should -Throw -ErrorId 'UnknownImageFormat*'
        { @() | Export-Plot LearningCurve (Join-Path $TestDrive x.svg) } | Should -Throw -ErrorId 'NothingToPlot*'
        { 1..3 | Export-Plot LearningCurve (Join-Path $TestDrive x.svg) } | Should -Throw -ErrorId 'MissingProperty*'
    }
}

Describe 'Show-Plot' {
    It 'draws lines of the width asked for' {
        $text = $run.History | Show-Plot LearningCurve -Metric Loss -Width 60 -Height 12 -NoColor
        ($text | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 60
        $text -join '' | Should -Match '[\u2801-\u28ff]'
    }

    It 'shows the counts of a confusion matrix' {
        $measure = $run | Measure-Model $data
        $text = $measure | Show-Plot ConfusionMatrix -NoColor
        $text[-1] | Should -Match "\b$($measure.ConfusionMatrix.Counts[1][1])\b"
    }

    It 'draws networks, filters, feature maps and loss surfaces' {
        $digits = New-Dataset Digits -Count 60 | Split-Dataset .8, .2
        $run = New-Network $digits.InputShape | Add-Layer Conv2d 3 5 -Activation ReLU | Add-Layer Flatten | Add-Layer Linear 10 | Invoke-Training $digits -Epochs 1
        $run | Export-Plot Network (Join-Path $TestDrive net.svg)
        Get-Content (Join-Path $TestDrive net.svg) -Raw | Should -Match 'conv2d_1  \[3,24,24\]'
        $run | Export-Plot Filters (Join-Path $TestDrive filters.svg) -Layer conv2d_1
        @([regex]::Matches((Get-Content (Join-Path $TestDrive filters.svg) -Raw), '<image')).Count | Should -Be 3
        $digits.Test | Invoke-Model $run -Layer conv2d_1 | Select-Object -First 2 | Export-Plot FeatureMaps (Join-Path $TestDrive maps.png)
        (Get-Item (Join-Path $TestDrive maps.png)).Length | Should -BeGreaterThan 500
        $moons = New-Dataset Moons -Count 40
        New-Network 2 | Add-Layer Linear 2 | Invoke-Training $moons -Epochs 1 | Export-Plot LossSurface (Join-Path $TestDrive loss.svg) -Dataset $moons -Resolution 5
        Get-Content (Join-Path $TestDrive loss.svg) -Raw | Should -Match 'random direction'
        New-Network 2 | Add-Layer Linear 2 | Show-Plot Network -NoColor | Select-Object -Last 1 | Should -Match 'linear_1'
    }

    It 'lists its kinds' {
        (Get-PlotType).Name | Should -Contain LossSurface
        Get-PlotType | Where-Object { -not $_.Description } | Should -BeNullOrEmpty
    }
}
