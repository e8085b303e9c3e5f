BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'Get-LayerType' {
    It 'lists the layers with descriptions' {
        $all = @(Get-LayerType)
        $all.Count | Should -BeGreaterThan 40
        @($all | Where-Object { -not $_.Description }).Count | Should -Be 0
        $all.Name | Should -Contain 'Conv2d'
    }
    It 'takes wildcards' {
        (Get-LayerType *Norm*).Name | Should -Be @('BatchNorm1d', 'BatchNorm2d', 'BatchNorm3d', 'GroupNorm', 'InstanceNorm1d', 'InstanceNorm2d', 'InstanceNorm3d', 'LayerNorm', 'LayerNorm2d', 'RMSNorm')
    }
    It 'takes names and aliases, from the pipeline too' {
        (Get-LayerType dense).Name | Should -Be 'Linear'
        ('Linear', 'ReLU' | Get-LayerType).Name | Should -Be @('Linear', 'ReLU')
    }
    It 'gives the settings of a layer' {
        $settings = (Get-LayerType Conv2d).Parameters
        $kernel = $settings | Where-Object Name -EQ KernelSize
        $kernel.TypeName, $kernel.Position, $kernel.IsMandatory | Should -Be @('int[]', 1, $true)
        $kernel.Description | Should -BeLike 'Size of the kernel*'
        ($settings | Where-Object Name -EQ Bias).DefaultValue | Should -BeTrue
        $settings[0].Name | Should -Be 'OutChannels'
    }
    It 'shows the settings as a syntax' {
        Get-LayerType Linear | Out-String -Width 200 | Should -Match '\[-OutFeatures\] <int>'
    }
    It 'names near matches of an unknown layer and goes on' {
        $found = Get-LayerType Linaer, ReLU -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.Name | Should -Be 'ReLU'
        $failures[0].FullyQualifiedErrorId | Should -Be 'UnknownLayer,DLExperiments.Commands.Networks.GetLayerTypeCommand'
        "$($failures[0])" | Should -BeLike "*'Linear'*"
    }
    It 'gives nothing for a wildcard that nothing fits' {
        Get-LayerType Zz* | Should -BeNullOrEmpty
    }
}
