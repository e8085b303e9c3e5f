BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $network = New-Network -Input ([ordered]@{ left = 1, 8, 8; right = 1, 8, 8 }) -Name twins |
        Add-Layer Sequential -Name tower -From left { Add-Layer Conv2d 4 3 -Padding same | Add-Layer LeakyReLU -NegativeSlope 0.2 | Add-Layer Residual { Add-Layer Conv2d 4 3 -Padding 1 } | Add-Layer Flatten } |
        Add-Layer -Share tower -Name twin -From right | Add-Layer Concat -From tower, twin |
        Add-Layer Linear 1 -Name score -Frozen -WeightInitialiser @{ Name = 'Normal'; Std = 0.05 } -Output | Add-Layer Tanh -Name squashed -Output
}

Describe 'A network as a data file' {
    BeforeAll { $network | Export-Network "$TestDrive/twins.psd1" }
    It 'comes back as it was' {
        $read = Import-Network "$TestDrive/twins.psd1"
        ($read | Out-String) | Should -Be ($network | Out-String)
        $read.Outputs | Should -Be @('score', 'squashed')
        $read | Export-Network "$TestDrive/again.psd1"
        Get-Content "$TestDrive/again.psd1" -Raw | Should -Be (Get-Content "$TestDrive/twins.psd1" -Raw)
    }
    It 'is one that the engine reads too' {
        $data = Import-PowerShellDataFile "$TestDrive/twins.psd1"
        $data.Name | Should -Be 'twins'
        $data.Layers[1].NegativeSlope | Should -Be 0.2
    }
    It 'can be written by hand' {
        Set-Content "$TestDrive/hand.psd1" @'
# Comments are welcome.
@{
    Input  = 4
    Layers = @(
        @{ Type = 'Linear'; OutFeatures = 8 }
        @{ Type = 'leakyrelu'; NegativeSlope = -0.1 }
        @{ Type = 'Linear'; Name = 'head'; OutFeatures = 3; Bias = $false }
    )
}
'@
        $read = Import-Network "$TestDrive/hand.psd1"
        $read.Layers.Name | Should -Be @('linear_1', 'leakyrelu_1', 'head')
        $read.ParameterCount | Should -Be 64
    }
    It 'is written whatever the extension when -Format says so' {
        $network | Export-Network "$TestDrive/network.txt" -Format Psd1
        Get-Content "$TestDrive/network.txt" -TotalCount 1 | Should -Be '@{'
    }
    It 'is refused with <Why>' -ForEach @(
        @{ Why = 'code'; Text = '@{ Input = 4; Layers = @( (Get-Date) ) }'; Message = "*line 1 holds code ('Get-Date'*" }
        @{ Why = 'a variable'; Text = '@{ Input = $n; Layers = @() }'; Message = "*holds code ('`$n')*" }
        @{ Why = 'an expandable text'; Text = '@{ Input = "$(1+1)"; Layers = @() }'; Message = '*holds code*' }
        @{ Why = 'a syntax error'; Text = "@{`n Input = `n}"; Message = '*line 2*' }
        @{ Why = 'no hashtable'; Text = '5'; Message = '*one hashtable*' }
        @{ Why = 'an unknown key'; Text = '@{ Input = 4; Layer = @() }'; Message = "*'layer'*Name, Input, Layers and Output*" }
        @{ Why = 'an unknown layer'; Text = "@{ Input = 4; Layers = @( @{ Type = 'Linaer' } ) }"; Message = "*'Linear'*" }
        @{ Why = 'a Lambda'; Text = "@{ Input = 4; Layers = @( @{ Type = 'Lambda'; Name = 'f'; Script = '5' } ) }"; Message = "*'f'*-AllowScript*" }
    ) {
        Set-Content "$TestDrive/bad.psd1" $Text
        $failure = { Import-Network "$TestDrive/bad.psd1" -ErrorAction Stop } | Should -Throw -PassThru
        "$failure" | Should -BeLike $Message
        "$failure" | Should -BeLike "*bad.psd1*"
    }
    It 'of a script over several lines comes back' {
        New-Network 4 | Add-Layer Lambda {
            param($x)
            $y = $x.relu() # what isn't negative
            $y * 2
        } | Export-Network "$TestDrive/lambda.psd1"
        (, (1, -1, 2, 0) | Invoke-Model (Import-Network "$TestDrive/lambda.psd1" -AllowScript | New-Model)).Values | Should -Be @(2, 0, 4, 0)
    }
}

Describe 'A network as a diagram' {
    It 'is SVG' {
        $network | Export-Network "$TestDrive/twins.svg"
        $svg = [xml](Get-Content "$TestDrive/twins.svg" -Raw)
        $svg.svg.g.title | Should -Contain 'tower.conv2d_1'
        ($svg.svg.g | Where-Object title -EQ 'twin.conv2d_1').text.InnerText | Should -Contain 'weights of tower.conv2d_1'
        ($svg.svg.g | Where-Object title -EQ 'tower.conv2d_1').text.InnerText | Should -Contain 'LeakyReLU 0.2'
        ($svg.svg.g | Where-Object title -EQ 'score').text.InnerText | Should -Contain 'frozen'
    }
    It 'is Mermaid' {
        $network | Export-Network "$TestDrive/twins.mmd"
        $text = Get-Content "$TestDrive/twins.mmd" -Raw
        $text | Should -Match '^flowchart TD'
        $text | Should -Match 'subgraph b\d\["tower"\]'
        $text | Should -Match 'n\d\["Conv2d 4, 3, padding same<br/>LeakyReLU 0.2<br/>\[4,8,8\]"\]:::convolution'
    }
    It 'can be drawn in outline, and of a model' {
        $network | New-Model | Export-Network "$TestDrive/outline.svg" -Depth 1
        ([xml](Get-Content "$TestDrive/outline.svg" -Raw)).svg.g.title | Should -Be @('left', 'right', 'tower', 'twin', 'concat_1', 'score', 'squashed')
    }
    It 'alone has a depth' {
        { $network | Export-Network "$TestDrive/outline.json" -Depth 1 } | Should -Throw '*-Depth is for diagrams*'
    }
}
