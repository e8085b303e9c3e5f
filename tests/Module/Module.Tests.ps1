# What every file here starts from: the engine, the path of the module and, where it is installed or built, the module itself.
BeforeDiscovery {
    $manifest = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'DLExperiments', 'DLExperiments.psd1')
    $noModule = -not [IO.File]::Exists($manifest)
}

Describe 'The engine' {
    It 'is PowerShell 7.4 or later' {
        $PSVersionTable.PSVersion | Should -BeGreaterOrEqual ([version]'7.4')
    }
    It 'looks for modules in the module folder of the repository' {
        $folder = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'module'))
        $env:PSModulePath -split [IO.Path]::PathSeparator | Should -Contain $folder
    }
}

Describe 'The module' -Skip:$noModule {
    BeforeAll { Import-Module DLExperiments }
    It 'is imported by name' {
        (Get-Module DLExperiments).Name | Should -Be 'DLExperiments'
    }
    It 'exports commands' {
        (Get-Module DLExperiments).ExportedCommands.Count | Should -BeGreaterThan 0
    }
}
