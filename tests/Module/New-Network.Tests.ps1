BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'New-Network' {
    It 'starts a network with the shape of one sample' {
        $network = New-Network -InputShape 1, 28, 28 -Name digits
        $network | Should -BeOfType 'DLExperiments.Networks.NetworkDefinition'
        $network.Name | Should -Be 'digits'
        "$($network.InputShape)" | Should -Be '[1,28,28]'
        "$($network.OutputShape)" | Should -Be '[1,28,28]'
        $network.Layers.Length | Should -Be 0
        $network.ParameterCount | Should -Be 0
    }
    It 'takes the shape by position, and one number as a shape of one dimension' {
        "$((New-Network 4).InputShape)" | Should -Be '[4]'
    }
    It 'refuses the size <_>' -ForEach 0, -3 {
        $failure = { New-Network -InputShape 3, $_ } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'InvalidShape,DLExperiments.Commands.Networks.NewNetworkCommand'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        "$failure" | Should -BeLike '*every size must be at least 1*'
    }
    It 'refuses a shape that is no number' {
        { New-Network -InputShape many } | Should -Throw '*InputShape*'
        { New-Network -InputShape 2.5 } | Should -Throw '*2.5*whole number*'
    }
}

Describe 'The view of a network' {
    It 'shows layers, shapes, parameters and totals' {
        $text = New-Network 4 -Name iris | Add-Layer Linear 16 -Activation ReLU | Add-Layer Linear 3 -Frozen | Out-String
        $text | Should -Match 'iris, input \[4\]'
        $text | Should -Match 'linear_1 +Linear +\[16\] +80 +yes'
        $text | Should -Match 'relu_1 +ReLU +\[16\] +0'
        $text | Should -Match 'linear_2 +Linear +\[3\] +51 +frozen'
        $text | Should -Match '131 parameters: 80 trainable, 51 frozen'
    }
    It 'names the sources where the network is not a chain' {
        $text = New-Network 4 | Add-Layer Linear 4 -Name a | Add-Layer Linear 4 -Name b | Add-Layer Add -From a, b | Out-String
        $text | Should -Match 'add_1 +Add +a, b +\[4\]'
    }
}

Describe 'Get-NetworkSummary' {
    BeforeAll { $network = New-Network 1, 8, 8 | Add-Layer Conv2d 4 3 | Add-Layer Flatten | Add-Layer Linear 10 -Frozen }
    It 'gives one row for each layer' {
        $rows = @($network | Get-NetworkSummary)
        $rows.Name | Should -Be @('conv2d_1', 'flatten_1', 'linear_1')
        $rows.Parameters | Should -Be @(40, 0, 1450)
        $rows.Trainable | Should -Be @(40, 0, 0)
        $rows.MultiplyAdds | Should -Be @((36 * 36), 0, 1440)
        "$($rows[0].InputShape) $($rows[0].OutputShape)" | Should -Be '[1,8,8] [4,6,6]'
    }
    It 'gives the totals on demand' {
        $total = Get-NetworkSummary $network -Total
        $total.Parameters, $total.Trainable, $total.Frozen, $total.MultiplyAdds, $total.WeightBytes | Should -Be @(1490, 40, 1450, 2736, 5960)
        $total.Rows.Count | Should -Be 3
    }
}

Describe 'New-Network for a data set' {
    It 'takes the shape of its rows' {
        $digits = New-Dataset Digits -Count 20
        (New-Network -InputShape $digits.InputShape).InputShape.ToString() | Should -Be '[1,28,28]'
    }
}
