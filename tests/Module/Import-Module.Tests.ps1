BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'Import-Module DLExperiments' {
    It 'keeps its dependencies in a load context of its own' {
        $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([DLExperiments.Native.ComputeDevice].Assembly)
        $context.Name | Should -BeExactly 'DLExperiments'
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
        $default | Should -Not -Contain 'DLExperiments.Core'
        $default | Should -Not -Contain 'TorchSharp'
    }
    It 'lets scripts name its types: <_>' -ForEach 'DLExperiments.Networks.NetworkDefinition', 'DLExperiments.Networks.Shape', 'DLExperiments.Errors.ExperimentException', 'DLExperiments.Native.ComputeDevice' {
        ($_ -as [type]).FullName | Should -BeExactly $_
    }
    It 'names the types that its cmdlets write' {
        foreach ($command in (Get-Module DLExperiments).ExportedCmdlets.Values) {
            foreach ($output in $command.OutputType | Where-Object Name -Like 'DLExperiments.*') {
                $output.Name -as [type] | Should -Not -BeNullOrEmpty -Because "$command writes it"
            }
        }
    }
    It 'is imported from this folder by every file of tests, so that each can be run by itself' {
        Get-ChildItem $PSScriptRoot -Filter *.Tests.ps1 | ForEach-Object {
            $text = Get-Content $_.FullName -Raw
            $text | Should -Not -Match '(?m)^[^#\r\n]*\bBeforeAll \{\s*Import-Module DLExperiments\b' -Because "$($_.Name) would find the module only where another file has imported it"
        }
    }
    It 'exports its cmdlets again with -Force' {
        $before = (Get-Module DLExperiments).ExportedCmdlets.Count
        Import-Module $PSScriptRoot/../../module/DLExperiments -Force
        (Get-Module DLExperiments).ExportedCmdlets.Count | Should -Be $before
        (Get-ComputeDevice cpu).Name | Should -Be 'cpu'
    }
    It 'goes and comes back' {
        Remove-Module DLExperiments
        Get-Module DLExperiments | Should -BeNullOrEmpty
        # With a wildcard, for a plain name would import the module again.
        Get-Command Get-ComputeDevic[e] -ListImported | Should -BeNullOrEmpty
        Import-Module $PSScriptRoot/../../module/DLExperiments
        (Get-ComputeDevice cpu).Name | Should -Be 'cpu'
        ('DLExperiments.Networks.NetworkDefinition' -as [type]).Name | Should -Be 'NetworkDefinition'
    }
    It 'puts nothing but cmdlets into the session' {
        $module = Get-Module DLExperiments
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }
    It 'has a manifest that says what it is and needs' {
        $module = Get-Module DLExperiments
        $module.PowerShellVersion | Should -Be ([version]'7.4')
        $module.CompatiblePSEditions | Should -Be 'Core'
        $module.Description | Should -Not -BeNullOrEmpty
        $module.Tags | Should -Contain 'DeepLearning'
        $module.PrivateData.PSData.Prerelease | Should -Be 'preview'
    }
}
