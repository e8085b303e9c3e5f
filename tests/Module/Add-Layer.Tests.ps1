BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches }
}

Describe 'Add-Layer' {
    It 'adds a layer and leaves the network piped in as it is' {
        $base = New-Network 4
        $network = $base | Add-Layer Linear 16
        $base.Layers.Length | Should -Be 0
        $network.Layers.Length | Should -Be 1
        $network.Layers[0].Name | Should -Be 'linear_1'
        $network.ParameterCount | Should -Be 80
    }
    It 'lets a base be branched' {
        $base = New-Network 8 | Add-Layer Linear 16 -Activation ReLU
        $small, $large = 2, 1000 | ForEach-Object { $base | Add-Layer Linear $_ }
        "$($small.OutputShape) $($large.OutputShape) $($base.OutputShape)" | Should -Be '[2] [1000] [16]'
    }
    It 'takes each of several networks from the pipeline' {
        $networks = 2, 3 | ForEach-Object { New-Network $_ } | Add-Layer Linear 5
        $networks.ParameterCount | Should -Be @(15, 20)
    }
    It 'builds the CNN of 10,330 parameters' {
        $network = New-Network 1, 28, 28 |
            Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
            Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
            Add-Layer Flatten | Add-Layer Linear 10
        $network.ParameterCount | Should -Be 10330
    }
}

Describe 'The settings of a layer as parameters' {
    It 'are taken by position after the type' {
        $layer = (New-Network 3, 32, 32 | Add-Layer Conv2d 16 5, 3).Layers[0].Layer
        $layer.OutChannels | Should -Be 16
        $layer.KernelSize | Should -Be @(5, 3)
    }
    It 'are taken by name, before or after the type' {
        $layer = (New-Network 3, 32, 32 | Add-Layer -KernelSize 3 -Type Conv2d -Stride 2 -OutChannels 8 -Groups 1).Layers[0].Layer
        $layer.OutChannels, $layer.KernelSize[0], $layer.Stride[0] | Should -Be @(8, 3, 2)
        "$((New-Network 3, 32, 32 | Add-Layer -KernelSize 3 Conv2d 8).OutputShape)" | Should -Be '[8,30,30]'
    }
    It 'take the padding <Padding> as <Text>' -ForEach @(
        @{ Padding = 'same'; Text = 'same'; Shape = '[4,9,9]' }, @{ Padding = 'valid'; Text = '0'; Shape = '[4,7,7]' }
        @{ Padding = 1; Text = '1'; Shape = '[4,9,9]' }, @{ Padding = 1, 2; Text = '1,2'; Shape = '[4,9,11]' }
    ) {
        $network = New-Network 1, 9, 9 | Add-Layer Conv2d 4 3 -Padding $Padding
        "$($network.Layers[0].Layer.Padding)" | Should -Be $Text
        "$($network.OutputShape)" | Should -Be $Shape
    }
    It 'are switched off with a colon when they are on by default' {
        (New-Network 4 | Add-Layer Linear 3 -Bias:$false).ParameterCount | Should -Be 12
    }
    It 'are switches when they are off by default' {
        "$((New-Network 1, 5, 5 | Add-Layer MaxPool2d 2 -CeilMode).OutputShape)" | Should -Be '[1,3,3]'
        "$((New-Network 1, 5, 5 | Add-Layer MaxPool2d 2).OutputShape)" | Should -Be '[1,2,2]'
    }
    It 'take values of an enumeration' {
        (New-Network 1, 9, 9 | Add-Layer Conv2d 4 3 -Padding 1 -PaddingMode reflect).Layers[0].Layer.PaddingMode | Should -Be 'Reflect'
    }
    It 'take an initialiser by name or as a hashtable' {
        $layer = (New-Network 4 | Add-Layer Linear 3 -WeightInitialiser @{ Name = 'Normal'; Std = 0.05 } -BiasInitialiser Zeros).Layers[0].Layer
        $layer.WeightInitialiser.Std | Should -Be 0.05
        $layer.BiasInitialiser.GetType().Name | Should -Be 'ZerosInitialiser'
        (New-Network 4 | Add-Layer Linear 3 -Initialiser Zeros).Layers[0].Layer.WeightInitialiser.GetType().Name | Should -Be 'ZerosInitialiser'
        (New-Network 1, 8 | Add-Layer Conv1d 3 2 -Initializer HeNormal).Layers[0].Layer.WeightInitialiser.GetType().Name | Should -Be 'KaimingNormalInitialiser'
    }
    It 'carry their help' {
        $parameters = (Get-Command Add-Layer -ArgumentList Conv2d).Parameters
        $parameters.Keys | Should -Contain 'KernelSize'
        ($parameters['KernelSize'].Attributes | Where-Object { $_ -is [Parameter] }).HelpMessage | Should -BeLike 'Size of the kernel*'
        ($parameters['KernelSize'].Attributes | Where-Object { $_ -is [Parameter] }).Mandatory | Should -BeTrue
        $parameters['KernelSize'].ParameterType.Name | Should -Be 'Int32[]'
    }
}

Describe 'Add-Layer -Name, -From, -Frozen and -Activation' {
    It 'numbers layers of a type' {
        $network = New-Network 4 | Add-Layer Linear 3 -Activation Tanh | Add-Layer Linear 3 -Activation Tanh
        $network.Layers.Name | Should -Be @('linear_1', 'tanh_1', 'linear_2', 'tanh_2')
    }
    It 'names the activation after a layer that has a name' {
        (New-Network 4 | Add-Layer Linear 3 -Name head -Activation ReLU).Layers.Name | Should -Be @('head', 'head_relu')
    }
    It 'takes the activation with settings' {
        (New-Network 4 | Add-Layer Linear 3 -Activation @{ Name = 'LeakyReLU'; NegativeSlope = 0.2 }).Layers[1].Layer.NegativeSlope | Should -Be 0.2
    }
    It 'takes input from the layers named' {
        $network = New-Network 4 | Add-Layer Linear 8 -Name a | Add-Layer Linear 8 -Name b -From input | Add-Layer Concat -From a, b
        "$($network.OutputShape)" | Should -Be '[16]'
        $network.Layers[2].From | Should -Be @('a', 'b')
    }
    It 'freezes' {
        $network = New-Network 4 | Add-Layer Linear 8 -Frozen | Add-Layer Linear 2
        $network.ParameterCount, $network.TrainableParameterCount | Should -Be @(58, 18)
    }
}

Describe 'What Add-Layer refuses' {
    BeforeAll { $network = New-Network 4 | Add-Layer Linear 8 -Name a }
    It '<Why>' -ForEach @(
        @{ Why = 'an unknown type'; Id = 'UnknownLayer'; Category = 'ObjectNotFound'; Text = "*'Linaer'*'Linear'*"; Do = { $network | Add-Layer Linaer 3 } }
        @{ Why = 'an unknown type with settings by name'; Id = 'UnknownLayer'; Category = 'ObjectNotFound'; Text = "*'Conv2d'*"; Do = { $network | Add-Layer Conv2 3 5 -Stride 2 -Bias:$false } }
        @{ Why = 'a shape that does not fit'; Id = 'ShapeMismatch'; Category = 'InvalidOperation'; Text = "Conv2d 'c3' wants ?C,H,W?, got ?8?.*'a'*"; Do = { $network | Add-Layer Conv2d 3 3 -Name c3 } }
        @{ Why = 'a name that is taken'; Id = 'DuplicateName'; Category = 'InvalidArgument'; Text = "*'A'*-Name*"; Do = { $network | Add-Layer ReLU -Name A } }
        @{ Why = 'an unknown source'; Id = 'UnknownLayerName'; Category = 'ObjectNotFound'; Text = "*'b'*"; Do = { $network | Add-Layer ReLU -From b } }
        @{ Why = 'a size of zero'; Id = 'InvalidParameterValue'; Category = 'InvalidArgument'; Text = '*OutFeatures is 0*at least 1*'; Do = { $network | Add-Layer Linear 0 } }
        @{ Why = 'a part of a unit'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Text = '*OutFeatures is 2.5*whole number*'; Do = { $network | Add-Layer Linear 2.5 } }
        @{ Why = 'a bad padding'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Text = "*Padding is 'some'*"; Do = { $network | Add-Layer Conv2d 3 3 -Padding some } }
        @{ Why = 'a setting the layer does not have'; Id = 'NamedParameterNotFound'; Category = 'InvalidArgument'; Text = '*KernelSize*'; Do = { $network | Add-Layer Linear 3 -KernelSize 3 } }
        @{ Why = 'an unknown activation'; Id = 'UnknownLayer'; Category = 'ObjectNotFound'; Text = "*'ReLU'*"; Do = { $network | Add-Layer Linear 3 -Activation Relo } }
        @{ Why = 'an activation that is none'; Id = 'NotAnActivation'; Category = 'InvalidArgument'; Text = 'Linear is not an activation*'; Do = { $network | Add-Layer Linear 3 -Activation Linear } }
    ) {
        $failure = $Do | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be "$Id,DLExperiments.Commands.Networks.AddLayerCommand"
        $failure.CategoryInfo.Category | Should -Be $Category
        "$failure" | Should -BeLike $Text
    }
}

Describe 'Add-Layer -Tie' {
    BeforeAll { $words = New-Network 6 | Add-Layer Embedding 9 4 -Name words | Add-Layer PositionEmbedding }
    It 'computes with the weight of another layer, which exists once' {
        $network = $words | Add-Layer Linear 9 -Bias:$false -Tie words.weight
        $network.ParameterCount | Should -Be (9 * 4 + 6 * 4)
        $model = $network | New-Model -Seed 1
        ($model | Get-Weight).Name | Should -Be @('words.weight', 'positionembedding_1.weight')
        $own = $words | Add-Layer Linear 9 -Bias:$false | New-Model -Seed 1 | Set-Weight linear_1.weight ($model | Get-Weight words.weight).Values -PassThru
        $row = , (0, 8, 3, 3, 1, 5)
        ($row | Invoke-Model $model).Values | Should -Be ($row | Invoke-Model $own).Values
    }
    It 'survives the file' {
        $network = $words | Add-Layer Linear 9 -Bias:$false -Tie words.weight
        foreach ($file in 'tied.json', 'tied.psd1') {
            $network | Export-Network "$TestDrive/$file"
            (Import-Network "$TestDrive/$file").ParameterCount | Should -Be $network.ParameterCount
        }
    }
    It 'refuses <Why>' -ForEach @(
        @{ Why = 'another shape'; Id = 'TiedShapeMismatch'; Text = "'linear_1.weight' has the shape ?8,4? and cannot*'words.weight' of shape ?9,4?*"; Do = { $words | Add-Layer Linear 8 -Tie words.weight } }
        @{ Why = 'a weight that is none'; Id = 'UnknownWeight'; Text = "There is no weight named 'words.wait'*"; Do = { $words | Add-Layer Linear 9 -Tie words.wait } }
        @{ Why = 'a layer without such a weight'; Id = 'UnknownWeight'; Text = "ReLU 'relu_1' has no parameter 'weight'*"; Do = { $words | Add-Layer ReLU -Tie words.weight } }
        @{ Why = 'a block'; Id = 'InvalidTie'; Text = '*give it to the layer in the block*'; Do = { $words | Add-Layer Residual { Add-Layer ReLU } -Tie words.weight } }
    ) {
        $failure = $Do | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be "$Id,DLExperiments.Commands.Networks.AddLayerCommand"
        "$failure" | Should -BeLike $Text
    }
    It 'keeps the owner from being removed' {
        $network = $words | Add-Layer Linear 9 -Bias:$false -Name head -Tie words.weight
        { $network | Remove-Layer words, positionembedding_1 } | Should -Throw '*head*'
    }
}

Describe 'Padding masks' {
    It 'make the result independent of what fills up' {
        $network = New-Network 4 | Add-Layer PaddingMask 0 -Name mask | Add-Layer Embedding 9 4 -Name words -From input |
            Add-Layer MultiheadAttention 2 -From words, mask -Name a | Add-Layer TransformerEncoderLayer 2 8 -From a, mask -Name b | Add-Layer Mean -From b, mask
        # A row of two words, and the same with two more that are padding: the vector of padding is not zero here.
        $short = New-Network 2 | Add-Layer PaddingMask 0 -Name mask | Add-Layer Embedding 9 4 -Name words -From input |
            Add-Layer MultiheadAttention 2 -From words, mask -Name a | Add-Layer TransformerEncoderLayer 2 8 -From a, mask -Name b | Add-Layer Mean -From b, mask
        $long = (, (5, 2, 0, 0) | Invoke-Model ($network | New-Model -Seed 2)).Values
        $plain = (, (5, 2) | Invoke-Model ($short | New-Model -Seed 2)).Values
        for ($i = 0; $i -lt 4; $i++) { [math]::Abs($long[$i] - $plain[$i]) | Should -BeLessThan 1e-5 }
    }
    It 'give numbers for a row of nothing but padding, too' {
        $network = New-Network 3 | Add-Layer PaddingMask 0 -Name mask | Add-Layer Embedding 9 4 -Name words -From input |
            Add-Layer TransformerEncoderLayer 2 8 -From words, mask -Name a | Add-Layer Mean -From a, mask
        (, (0, 0, 0) | Invoke-Model ($network | New-Model)).Values | Should -Be @(0, 0, 0, 0)
    }
    It 'must be as long as the sequence' {
        { New-Network -Input ([ordered]@{ x = 4, 2; m = 3 }) | Add-Layer TransformerEncoderLayer 2 8 -From x, m } | Should -Throw '*wants a padding mask ?4? for ?4,2?, got ?3?*'
    }
}

Describe 'Completion of Add-Layer' {
    It 'offers layer types with their descriptions' {
        $matches = Complete 'Add-Layer Conv'
        $matches.CompletionText | Should -Be @('Conv1d', 'Conv2d', 'Conv3d', 'ConvTranspose1d', 'ConvTranspose2d', 'ConvTranspose3d')
        $matches[1].ToolTip | Should -BeLike 'Convolution of images*'
    }
    It 'offers an alias when nothing else fits' {
        (Complete 'Add-Layer Den').CompletionText | Should -Be @('Dense')
    }
    It 'offers the settings of the type' {
        (Complete 'Add-Layer Conv2d -Pad').CompletionText | Should -Be @('-Padding', '-PaddingMode')
        (Complete 'Add-Layer Linear -Pad').CompletionText | Should -BeNullOrEmpty
    }
    It 'offers the values of an enumeration' {
        (Complete 'Add-Layer Conv2d -PaddingMode R').CompletionText | Should -Be @('Reflect', 'Replicate')
    }
    It 'offers activations only for -Activation' {
        $names = (Complete 'Add-Layer Linear 3 -Activation ').CompletionText
        $names | Should -Contain 'ReLU'
        $names | Should -Not -Contain 'Linear'
        $names | Should -Not -Contain 'Flatten'
    }
    It 'offers initialisers' {
        (Complete 'Add-Layer Linear 3 -WeightInitialiser Kai').CompletionText | Should -Be @('KaimingNormal', 'KaimingUniform')
    }
}
