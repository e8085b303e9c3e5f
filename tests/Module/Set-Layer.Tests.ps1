BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $network = New-Network 1, 8, 8 | Add-Layer Sequential { Add-Layer Conv2d 4 3 | Add-Layer BatchNorm2d | Add-Layer ReLU } -Name features |
        Add-Layer Flatten | Add-Layer Linear 10 -Name head
}

Describe 'Set-Layer' {
    It 'freezes by <_>, and thaws' -ForEach 'features.*', 'features', 'FEATURES.conv*' {
        $frozen = $network | Set-Layer $_ -Frozen
        $frozen.Layers[0].IsFrozen, $frozen.Layers[-1].IsFrozen, $network.Layers[0].IsFrozen | Should -Be @($true, $false, $false)
        ($frozen | Set-Layer * -Frozen:$false).TrainableParameterCount | Should -Be $network.ParameterCount
    }
    It 'freezes layers of a model, which keeps its weights' {
        $model = $network | New-Model -Seed 4
        $frozen = $model | Set-Layer features -Frozen
        $frozen.Network.Layers[0].IsFrozen | Should -BeTrue
        ($frozen | Get-Weight head.weight).Values | Should -Be ($model | Get-Weight head.weight).Values
    }
    It 'makes training leave frozen layers and their statistics alone' {
        $data = New-Dataset Blobs -Count 60 -Seed 1
        $run = New-Network 2 | Add-Layer Linear 8 -Name a | Add-Layer BatchNorm1d -Name n | Add-Layer Linear 3 -Name b | Invoke-Training $data -Epochs 1 -Seed 1
        $again = $run | Set-Layer a, n -Frozen | Invoke-Training $data -Epochs 2 -Seed 2
        foreach ($name in 'a.weight', 'n.weight', 'n.running_mean', 'n.running_var') { ($again | Get-Weight $name).Values | Should -Be ($run | Get-Weight $name).Values }
        ($again | Get-Weight b.weight).Values | Should -Not -Be ($run | Get-Weight b.weight).Values
    }
    It 'names the outputs' {
        ($network | Set-Layer head, features -Output).Outputs | Should -Be @('head', 'features.relu_1')
    }
    It 'refuses <Why>' -ForEach @(
        @{ Why = 'a name that fits none'; Id = 'UnknownLayerName'; Text = "*'heed'*'head'*"; Do = { $network | Set-Layer heed -Frozen } }
        @{ Why = 'nothing to set'; Id = 'NothingToSet'; Text = '*-Frozen*-Output*'; Do = { $network | Set-Layer head } }
        @{ Why = 'what is no network'; Id = 'MissingNetwork'; Text = '*Int32*'; Do = { 5 | Set-Layer head -Frozen } }
    ) {
        $failure = $Do | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be "$Id,DLExperiments.Commands.Networks.SetLayerCommand"
        "$failure" | Should -BeLike $Text
    }
}

Describe 'Remove-Layer' {
    It 'takes the last layers, and a block as one' {
        ($network | Remove-Layer -Last 1).Layers[-1].Name | Should -Be 'flatten_1'
        ($network | Remove-Layer -Last 3).Layers.Length | Should -Be 0
    }
    It 'takes layers by name' {
        ($network | Remove-Layer head, flatten*).Layers.Name | Should -Be @('features.conv2d_1', 'features.batchnorm2d_1', 'features.relu_1')
    }
    It 'makes room for another head, and the rest keeps its weights' {
        $model = $network | New-Model -Seed 4
        $other = $model | Set-Layer features -Frozen | Remove-Layer -Last 1 | Add-Layer Linear 5 -Name head2 -Seed 8
        "$($other.Network.OutputShape)" | Should -Be '[5]'
        ($other | Get-Weight features.conv2d_1.weight).Values | Should -Be ($model | Get-Weight features.conv2d_1.weight).Values
        ($other | Get-Weight).Name | Should -Not -Contain 'head.weight'
        $other.Network.TrainableParameterCount | Should -Be (5 * 144 + 5)
    }
    It 'forgets outputs that are gone' {
        (New-Network 4 | Add-Layer Linear 3 -Name a -Output | Add-Layer Linear 2 -Name b -Output | Remove-Layer b).Outputs | Should -Be 'a'
    }
    It 'refuses <Why>' -ForEach @(
        @{ Why = 'a layer that is needed'; Id = 'LayerInUse'; Text = "'flatten_1'*'head' takes its output*"; Do = { $network | Remove-Layer flatten_1 } }
        @{ Why = 'a layer whose weights are shared'; Id = 'LayerInUse'; Text = "'a'*'b' shares its weights*"; Do = { New-Network 4 | Add-Layer Linear 4 -Name a | Add-Layer -Share a -Name b -From input | Remove-Layer a } }
        @{ Why = 'more than there are'; Id = 'TooFewLayers'; Text = '*3 layer(s) or blocks*last 4*'; Do = { $network | Remove-Layer -Last 4 } }
    ) {
        $failure = $Do | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be "$Id,DLExperiments.Commands.Networks.RemoveLayerCommand"
        "$failure" | Should -BeLike $Text
    }
}

Describe 'Invoke-Model -Layer' {
    BeforeAll {
        $model = New-Network 2 | Add-Layer Sequential { Add-Layer Linear 2 -Name fc | Add-Layer ReLU } -Name hidden | Add-Layer Linear 1 -Name out |
            New-Model -Weight @{ 'hidden.fc.weight' = (1, 0), (0, -1); 'hidden.fc.bias' = 0, 0; 'out.weight' = 1, 1; 'out.bias' = 0 }
    }
    It 'gives what layers and blocks compute beside the prediction' {
        $p = , (3, 4) | Invoke-Model $model -Layer hidden.fc, hidden
        $p.Prediction | Should -Be 3
        @($p.Layers.Keys) | Should -Be @('hidden.fc', 'hidden')
        $p.Layers['hidden.fc'].Values | Should -Be @(3, -4)
        $p.Layers['hidden'].Values | Should -Be @(3, 0)
        "$($p.Layers['hidden'].Shape)" | Should -Be '[2]'
    }
    It 'gives maps as arrays of their dimensions' {
        $map = (, (1..9) | Invoke-Model (New-Network 1, 3, 3 | Add-Layer Identity -Name it | Add-Layer Flatten | New-Model) -Layer it).Layers['it'].ToArray()
        $map[0, 1, 2] | Should -Be 6
    }
    It 'gives each row of a data set its own' {
        $rows = @(@{ a = 1; b = 2 }, @{ a = 5; b = 6 } | ForEach-Object { [pscustomobject]$_ } | ConvertTo-Dataset -Feature a, b | Invoke-Model $model -Layer hidden.fc)
        $rows[0].Layers[0].Values | Should -Be @(1, -2)
        $rows[1].Layers[0].Values | Should -Be @(5, -6)
    }
    It 'refuses a layer that is not there' {
        { , (3, 4) | Invoke-Model $model -Layer hiden } | Should -Throw "*'hiden'*"
    }
}

Describe 'Get-NetworkSummary of blocks' {
    BeforeAll {
        $net = New-Network 4 | Add-Layer Residual { Add-Layer Sequential { Add-Layer Linear 4 -Activation Tanh } -Name in } -Name r -Repeat 2 | Add-Layer Linear 2
    }
    It 'draws them together' {
        $rows = @($net | Get-NetworkSummary -Depth 1)
        $rows.Name | Should -Be @('r', 'linear_1')
        $rows.Type | Should -Be @('Block', 'Linear')
        $rows.From | Should -Be @('input', 'r')
        $rows[0].Parameters | Should -Be 40
        @($net | Get-NetworkSummary -Depth 2).Name | Should -Be @('r.1', 'r.2', 'linear_1')
    }
    It 'counts the memory of the results' {
        # Two times Linear, Tanh and Add of 4 numbers, and 2 at the end, 4 bytes each.
        ($net | Get-NetworkSummary -Total).ActivationBytes | Should -Be (4 * (2 * 12 + 2))
    }
    It 'shows them nested' {
        $text = $net | Out-String -Width 200
        $text | Should -Match '(?m)^r\r?\n  1\r?\n    in\r?\n      linear_1 +Linear'
        $text | Should -Match '(?m)^    add_1 +Add +in, ../input|^    add_1 +Add +in, ../../input'
        $text | Should -Match '104 B of activations a sample'
    }
    It 'takes a model' {
        @($net | New-Model | Get-NetworkSummary).Count | Should -Be 7
    }
}
