BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'A block from a script block' {
    It 'starts from the input of the block and names its layers after it' {
        $network = New-Network 8 | Add-Layer Linear 4 | Add-Layer Sequential { Add-Layer Linear 6 -Activation ReLU | Add-Layer Linear 2 } -Name tail
        $network.Layers.Name | Should -Be @('linear_1', 'tail.linear_1', 'tail.relu_1', 'tail.linear_2')
        $network.Layers[1].From | Should -Be 'linear_1'
        $network.ParameterCount | Should -Be (36 + 30 + 14)
    }
    It 'sees the variables around it' {
        $network = New-Network 4
        foreach ($width in 5, 6) { $network = $network | Add-Layer Sequential { Add-Layer Linear $width } }
        $network.Layers.Name | Should -Be @('sequential_1.linear_1', 'sequential_2.linear_1')
        "$($network.OutputShape)" | Should -Be '[6]'
    }
    It 'has its input as $_ and as its argument too' {
        "$((New-Network 4 | Add-Layer Sequential { $_ | Add-Layer Linear 3 }).OutputShape)" | Should -Be '[3]'
        "$((New-Network 4 | Add-Layer Sequential { param($in) $in | Add-Layer Linear $in.InputShape.ElementCount }).OutputShape)" | Should -Be '[4]'
    }
    It 'can call a function that adds layers' {
        function Add-Pair($width) { Add-Layer Linear $width -Activation Tanh }
        (New-Network 4 | Add-Layer Sequential { Add-Pair 3 }).Layers.Name | Should -Be @('sequential_1.linear_1', 'sequential_1.tanh_1')
    }
    It 'is repeated with weights of its own' {
        $network = New-Network 4 | Add-Layer Sequential { Add-Layer Linear 4 -Activation Tanh } -Repeat 3 -Name deep
        $network.Layers.Name | Should -Be @('deep.1.linear_1', 'deep.1.tanh_1', 'deep.2.linear_1', 'deep.2.tanh_1', 'deep.3.linear_1', 'deep.3.tanh_1')
        $network.ParameterCount | Should -Be 60
    }
    It 'is frozen as a whole' {
        (New-Network 4 | Add-Layer Sequential { Add-Layer Linear 4 | Add-Layer Linear 2 } -Frozen | Add-Layer Linear 1).TrainableParameterCount | Should -Be 3
    }
    It 'stands for its result in -From' {
        $network = New-Network 4 | Add-Layer Sequential { Add-Layer Linear 3 } -Name a | Add-Layer Sequential { Add-Layer Linear 3 } -Name b -From input | Add-Layer Add -From a, b
        $network.Layers[2].From | Should -Be @('a.linear_1', 'b.linear_1')
    }
}

Describe 'Residual' {
    It 'adds its input to its result' {
        $network = New-Network 3, 8, 8 | Add-Layer Residual { Add-Layer Conv2d 3 3 -Padding same } -Activation ReLU -Name r
        $network.Layers.Name | Should -Be @('r.conv2d_1', 'r.add_1', 'r.relu_1')
        $network.Layers[1].From | Should -Be @('r.conv2d_1', 'input')
    }
    It 'projects its input where the shape changes' {
        # 3x3x3x8 and its norm, 1x1x3x8 and its norm
        $network = New-Network 3, 9, 9 | Add-Layer Residual { Add-Layer Conv2d 8 3 -Padding 1 -Stride 2 -Bias:$false | Add-Layer BatchNorm2d }
        $network.ParameterCount | Should -Be (216 + 16 + 24 + 16)
        "$($network.OutputShape)" | Should -Be '[8,5,5]'
        (New-Network 4 | Add-Layer Residual { Add-Layer Linear 6 }).ParameterCount | Should -Be 60
    }
    It 'computes F(x) + x' {
        $model = New-Network 2 | Add-Layer Residual { Add-Layer Linear 2 } | New-Model -Weight @{
            'residual_1.linear_1.weight' = (2, 0), (0, 3); 'residual_1.linear_1.bias' = 1, -1 }
        (, (1, 10) | Invoke-Model $model).Values | Should -Be @(4, 39)
    }
}

Describe 'Parallel' {
    It 'joins its branches, in their order' {
        $network = New-Network 3, 8, 8 | Add-Layer Parallel { Add-Layer Conv2d 4 1 }, { Add-Layer Conv2d 5 3 -Padding same }, {} -Name p
        "$($network.OutputShape)" | Should -Be '[12,8,8]'
        $network.Layers[-1].From | Should -Be @('p.branch_1.conv2d_1', 'p.branch_2.conv2d_1', 'p.branch_3.output')
    }
    It 'joins by <_>' -ForEach Add, Multiply, Average {
        $network = New-Network 4 | Add-Layer Parallel { Add-Layer Linear 4 }, { Add-Layer Linear 4 } -Merge $_
        $network.Layers[-1].Type | Should -Be $_
    }
    It 'takes a merge with settings, and networks as branches' {
        $branch = New-Network 2, 8 | Add-Layer Linear 3
        "$((New-Network 2, 8 | Add-Layer Parallel $branch, { Add-Layer Linear 5 } -Merge @{ Name = 'Concat'; Dim = 1 }).OutputShape)" | Should -Be '[2,8]'
    }
}

Describe 'A network as a layer' {
    It 'is put in under a name, and adapts to the input' {
        $block = New-Network 9 | Add-Layer Linear 4 | Add-Layer Linear 2
        $network = New-Network 3 | Add-Layer $block -Name stage1 | Add-Layer Linear 1
        $network.Layers.Name | Should -Be @('stage1.linear_1', 'stage1.linear_2', 'linear_1')
        $network.ParameterCount | Should -Be (16 + 10 + 3)
    }
    It 'takes as many sources as it has inputs' {
        $block = New-Network -Input ([ordered]@{ a = 2; b = 3 }) | Add-Layer Concat -From a, b
        "$((New-Network -Input ([ordered]@{ x = 4; y = 5 }) | Add-Layer $block -From x, y).OutputShape)" | Should -Be '[9]'
        { New-Network 4 | Add-Layer $block } | Should -Throw "*2 input(s) ('a' ?2?, 'b' ?3?), but 1 source*-From*"
    }
    It 'ends with its first output' {
        $block = New-Network 4 | Add-Layer Linear 3 -Name main -Output | Add-Layer Linear 2 -Name side -From input
        $network = New-Network 4 | Add-Layer $block -Name b | Add-Layer ReLU
        "$($network.OutputShape)" | Should -Be '[3]'
    }
}

Describe 'Several inputs and outputs' {
    It 'are named' {
        $network = New-Network -Input ([ordered]@{ image = 1, 4, 4; label = 10 }) | Add-Layer Flatten -From image | Add-Layer Concat -From flatten_1, label
        $network.Inputs.Name | Should -Be @('image', 'label')
        "$($network.Inputs[0].Shape) $($network.OutputShape)" | Should -Be '[1,4,4] [26]'
    }
    It 'come in the order of their names from a hashtable without an order' {
        (New-Network -Input @{ c = 1; a = 2; b = 3 }).Inputs.Name | Should -Be @('a', 'b', 'c')
    }
    It 'refuse a shape that is none' {
        { New-Network -Input @{ a = 2.5 } } | Should -Throw "*Input 'a'*2.5*"
        { New-Network -Input @{ a = 0 } } | Should -Throw '*at least 1*'
    }
    It 'become outputs with -Output' {
        $network = New-Network 4 | Add-Layer Linear 8 -Name trunk | Add-Layer Linear 3 -Name kind -Output | Add-Layer Linear 1 -Name size -From trunk -Output
        $network.Outputs | Should -Be @('kind', 'size')
        (New-Network 4 | Add-Layer Linear 8 | Add-Layer Linear 2).Outputs | Should -Be 'linear_2'
    }
}

Describe 'Add-Layer -Share' {
    It 'uses the weights of another layer, which count once' {
        $network = New-Network -Input ([ordered]@{ left = 4; right = 4 }) | Add-Layer Linear 3 -Name a -From left | Add-Layer -Share a -Name b -From right
        $network.ParameterCount | Should -Be 15
        $network.Layers[1].SharedWith | Should -Be 'a'
        ($network | New-Model | Get-Weight).Name | Should -Be @('a.weight', 'a.bias')
    }
    It 'uses those of a block' {
        $network = New-Network -Input ([ordered]@{ left = 4; right = 4 }) | Add-Layer Sequential { Add-Layer Linear 3 -Activation Tanh | Add-Layer Linear 2 } -Name tower -From left |
            Add-Layer -Share tower -Name twin -From right | Add-Layer Concat -From tower, twin
        $network.Layers.Name[3..5] | Should -Be @('twin.linear_1', 'twin.tanh_1', 'twin.linear_2')
        $network.ParameterCount | Should -Be (15 + 8)
    }
    It 'is trained, saved and measured, in a chain too' {
        $data = New-Dataset Blobs -Count 60 -Seed 1
        $run = New-Network 2 | Add-Layer Linear 8 -Activation Tanh | Add-Layer Linear 8 -Name twice -Activation Tanh | Add-Layer -Share twice -Activation Tanh |
            Add-Layer Linear 3 | Invoke-Training $data -Epochs 3 -Seed 1
        $run.History[2].TrainingLoss | Should -BeLessThan $run.History[0].TrainingLoss
        $run | Export-Model "$TestDrive/twice.safetensors"
        (Import-Model "$TestDrive/twice.safetensors" | Measure-Model -Dataset $data).Loss | Should -Be ($run | Measure-Model -Dataset $data).Loss
    }
    It 'is kept in a file' {
        $network = New-Network 4 | Add-Layer Linear 4 -Name a | Add-Layer -Share a
        $network | Export-Network "$TestDrive/twin.json"
        $read = Import-Network "$TestDrive/twin.json"
        $read.Layers[1].SharedWith | Should -Be 'a'
        $read.ParameterCount | Should -Be 20
    }
}

Describe 'What blocks refuse' {
    It '<Why>' -ForEach @(
        @{ Why = 'a layer that does not fit'; Id = 'ShapeMismatch'; Text = "In Residual 'r': Conv2d 'conv2d_1' wants ?C,H,W?, got ?5?*'linear_1' ?5?*"; Do = { New-Network 3 | Add-Layer Residual { Add-Layer Linear 5 | Add-Layer Conv2d 3 3 } -Name r } }
        @{ Why = 'an identity shortcut that does not fit'; Id = 'ShapeMismatch'; Text = "Residual 'residual_1' cannot add its input ?3? to its result ?5?*Projection*"; Do = { New-Network 3 | Add-Layer Residual { Add-Layer Linear 5 } -Shortcut Identity } }
        @{ Why = 'a script block that gives no network'; Id = 'InvalidBlock'; Text = '*gives Int32*'; Do = { New-Network 3 | Add-Layer Sequential { 5 } } }
        @{ Why = 'a script block of two pipelines'; Id = 'InvalidBlock'; Text = '*gives 2 objects*one pipeline*'; Do = { New-Network 3 | Add-Layer Sequential { Add-Layer Linear 3; Add-Layer Linear 4 } } }
        @{ Why = 'one branch'; Id = 'BlockBodyCount'; Text = "Parallel 'parallel_1' takes at least 2*1 were given*"; Do = { New-Network 3 | Add-Layer Parallel { Add-Layer Linear 3 } } }
        @{ Why = 'a merge that joins nothing'; Id = 'NotAMerge'; Text = '*cannot join 2 branches with ReLU*'; Do = { New-Network 3 | Add-Layer Parallel {}, {} -Merge ReLU } }
        @{ Why = 'no network'; Id = 'MissingNetwork'; Text = '*New-Network*'; Do = { Add-Layer Linear 4 } }
        @{ Why = 'an unknown layer, deep inside'; Id = 'UnknownLayer'; Text = "In Sequential 'outer': In Sequential 'inner': *'Linear'*"; Do = { New-Network 3 | Add-Layer Sequential { Add-Layer Sequential { Add-Layer Linaer 4 } -Name inner } -Name outer } }
        @{ Why = 'a name that is taken'; Id = 'DuplicateName'; Text = "*'a'*"; Do = { New-Network 3 | Add-Layer Sequential { Add-Layer Linear 3 } -Name a | Add-Layer Sequential { Add-Layer Linear 3 } -Name a } }
        @{ Why = 'weights of another shape'; Id = 'SharedShapeMismatch'; Text = "*'linear_3' cannot share*'linear_1.weight'*?3,3?*'linear_2' ?7?*?3,7?*"; Do = { New-Network 3 | Add-Layer Linear 3 | Add-Layer Linear 7 | Add-Layer -Share linear_1 } }
        @{ Why = 'to share an input'; Id = 'NothingToShare'; Text = "*'input' is an input*"; Do = { New-Network 3 | Add-Layer -Share input } }
        @{ Why = 'a seed without a model'; Id = 'SeedWithoutModel'; Text = '*-Seed*'; Do = { New-Network 3 | Add-Layer Linear 3 -Seed 1 } }
    ) {
        $failure = $Do | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be "$Id,DLExperiments.Commands.Networks.AddLayerCommand"
        "$failure" | Should -BeLike $Text
    }
    It 'leave nothing behind after an error' {
        { New-Network 3 | Add-Layer Sequential { throw 'stop' } } | Should -Throw 'stop'
        { Add-Layer Linear 4 } | Should -Throw '*New-Network*'
    }
}

Describe 'Add-Layer with a model' {
    It 'keeps the weights of the layers that are there' {
        $model = New-Network 4 | Add-Layer Linear 3 | New-Model -Seed 3
        $larger = $model | Add-Layer Linear 2 -Name head -Seed 5
        ($larger | Get-Weight linear_1.weight).Values | Should -Be ($model | Get-Weight linear_1.weight).Values
        ($larger | Get-Weight head.weight).Shape.ToString() | Should -Be '[2,3]'
        ($model | Add-Layer Linear 2 -Name head -Seed 5 | Get-Weight head.weight).Values | Should -Be ($larger | Get-Weight head.weight).Values
        ($model | Add-Layer Linear 2 -Name head -Seed 6 | Get-Weight head.weight).Values | Should -Not -Be ($larger | Get-Weight head.weight).Values
    }
}

Describe 'Completion of blocks' {
    It 'offers kinds, bodies and settings' {
        (TabExpansion2 'Add-Layer Resi' 14).CompletionMatches.CompletionText | Should -Be 'Residual'
        (TabExpansion2 'Add-Layer Residual {} -Sho' 26).CompletionMatches.CompletionText | Should -Be '-Shortcut'
        (TabExpansion2 'Add-Layer Residual {} -Shortcut I' 33).CompletionMatches.CompletionText | Should -Be 'Identity'
    }
}
