# The module as a whole. Every file here begins like this one: the module of this repository is imported by its place.
BeforeDiscovery {
    $cmdlets = @((Get-Module -ListAvailable $PSScriptRoot/../../module/DLExperiments).ExportedCmdlets.Keys)
}
BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'The engine' {
    It 'is PowerShell 7.4 or later' {
        $PSVersionTable.PSVersion | Should -BeGreaterOrEqual ([version]'7.4')
    }
}

Describe 'The module' {
    It 'comes from the repository' {
        $folder = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'DLExperiments'))
        (Get-Module DLExperiments).ModuleBase | Should -Be $folder
    }
    It 'uses approved verbs' {
        Import-Module $PSScriptRoot/../../module/DLExperiments -Force -WarningVariable warned
        $warned | Should -BeNullOrEmpty
    }
    It 'names at least one cmdlet in its manifest' -ForEach @(@{ Names = $cmdlets }) {
        $Names | Should -Not -BeNullOrEmpty
    }
    It 'exports the cmdlets of its manifest and nothing else' -ForEach @(@{ Names = $cmdlets }) {
        $exported = (Get-Module DLExperiments).ExportedCommands.Keys
        $exported | Where-Object { $_ -notin $Names } | Should -BeNullOrEmpty
        $Names | Where-Object { $_ -notin $exported } | Should -BeNullOrEmpty
    }
}

Describe '<_>' -ForEach $cmdlets {
    It 'is a compiled cmdlet of the module' {
        $command = Get-Command $_ -Module DLExperiments
        $command.CommandType | Should -Be 'Cmdlet'
        $command.Name | Should -BeExactly $_
    }
    It 'says what it writes' {
        (Get-Command $_).OutputType | Should -Not -BeNullOrEmpty
    }
}
