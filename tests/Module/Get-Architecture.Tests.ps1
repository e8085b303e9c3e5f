BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'Get-Architecture' {
    It 'lists the networks with size, shape and description' {
        $all = @(Get-Architecture)
        $all.Count | Should -BeGreaterThan 50
        @($all | Where-Object { -not $_.Description }).Count | Should -Be 0
        $resnet = $all | Where-Object Name -EQ ResNet50
        $resnet.ParameterCount | Should -Be 25557032
        "$($resnet.InputShape)" | Should -Be '[3,224,224]'
    }
    It 'takes wildcards, aliases and names from the pipeline' {
        (Get-Architecture VGG*).Name | Should -Be @('VGG11', 'VGG13', 'VGG16', 'VGG19')
        (Get-Architecture ViT).Name | Should -Be 'VisionTransformer'
        ('MLP', 'DQN' | Get-Architecture).Name | Should -Be @('MLP', 'DQN')
    }
    It 'gives the parameters of a network' {
        $parameters = (Get-Architecture GoogLeNet).Parameters
        $parameters.Name | Should -Contain 'Auxiliary'
        ($parameters | Where-Object Name -EQ Classes).DefaultValue | Should -Be 1000
    }
    It 'shows a table' {
        $text = Get-Architecture ResNet18 | Out-String -Width 120
        $text | Should -Match 'Name +InputShape +ParameterCount +Description'
        $text | Should -Match 'ResNet18 +\[3,224,224\] +11,689,512 +ResNet with 18 layers'
    }
    It 'names near matches of an unknown network and goes on' {
        $found = Get-Architecture RestNet18, LeNet5 -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.Name | Should -Be 'LeNet5'
        $failures[0].FullyQualifiedErrorId | Should -Be 'UnknownArchitecture,DLExperiments.Commands.Networks.GetArchitectureCommand'
        "$($failures[0])" | Should -BeLike "*'ResNet18'*"
    }
}

Describe 'New-Network -Architecture' {
    It 'makes a network by name, with its published input' {
        $network = New-Network -Architecture ResNet18
        $network.Name | Should -Be 'ResNet18'
        $network.ParameterCount | Should -Be 11689512
        "$($network.InputShape) $($network.OutputShape)" | Should -Be '[3,224,224] [1000]'
    }
    It 'takes another input shape, the parameters of the architecture and a name' {
        $network = New-Network -Architecture ResNet18 -InputShape 3, 32, 32 -Classes 10 -SmallInput -Name mine
        "$($network.Name) $($network.InputShape) $($network.OutputShape)" | Should -Be 'mine [3,32,32] [10]'
        $network.Layers.Name | Should -Contain 'layer4.1.conv2'
        $network.Layers.Name | Should -Not -Contain 'maxpool'
    }
    It 'takes activations and other architectures by name or hashtable' {
        (New-Network -Architecture MLP -InputShape 4 -Hidden 8 -Activation @{ Name = 'LeakyReLU'; NegativeSlope = 0.3 }).Layers.Type |
            Should -Be @('Linear', 'LeakyReLU', 'Linear')
        # 6·5+5 and 5·4+4, once for both twins.
        (New-Network -Architecture Siamese -InputShape 6 -Trunk @{ Name = 'MLP'; Hidden = 5; Classes = 4 }).ParameterCount | Should -Be 59
    }
    It 'goes on with Add-Layer' {
        $network = New-Network -Architecture MLP -InputShape 4 -Hidden 8 -Classes 3 | Add-Layer Softmax
        $network.Layers[-1].Type | Should -Be 'Softmax'
    }
    It 'has several outputs with auxiliary heads' {
        (New-Network -Architecture GoogLeNet -Auxiliary -Classes 10).Outputs | Should -Be @('fc', 'aux1.fc2', 'aux2.fc2')
    }
    It 'names near matches of an unknown architecture' {
        $failure = { New-Network -Architecture RestNet18 -Classes 10 } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'UnknownArchitecture,DLExperiments.Commands.Networks.NewNetworkCommand'
        "$failure" | Should -BeLike "*'ResNet18'*"
    }
    It 'refuses a parameter that the architecture does not have, and values out of range' {
        { New-Network -Architecture ResNet18 -Latent 3 } | Should -Throw '*Latent*'
        { New-Network -Architecture MLP -Dropout 1.5 } | Should -Throw '*Dropout*at most 1*'
        { New-Network -Architecture MLP -Activation Flatten } | Should -Throw '*Activation*Flatten*'
    }
    It 'names the layer that an input is too small for' {
        { New-Network -Architecture VGG16 -InputShape 3, 16, 16 } | Should -Throw "*MaxPool2d 'features.30'*"
    }
    It 'comes back from a file' {
        $path = Join-Path $TestDrive 'net.json'
        $network = New-Network -Architecture UNet -InputShape 1, 32, 32 -Widths 4, 8, 16 -Convolutions 1 -SharedUp
        $network | Export-Network $path
        $read = Import-Network $path
        $read.ParameterCount, $read.Layers.Length | Should -Be @($network.ParameterCount, $network.Layers.Length)
    }
    It 'completes names' {
        (TabExpansion2 'New-Network -Architecture Dense' 31).CompletionMatches.CompletionText | Should -Be @('DenseNet121', 'DenseNet169', 'DenseNet201')
        (TabExpansion2 'New-Network -Architecture GoogLeNet -Aux' 40).CompletionMatches.CompletionText | Should -Contain '-Auxiliary'
    }
}
