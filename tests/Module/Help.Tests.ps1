# Get-Help of every cmdlet, and every example of it and of the about topics, run as it stands in an empty folder.
BeforeDiscovery {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $module = Get-Module DLExperiments
    $cmdlets = @($module.ExportedCmdlets.Keys | Sort-Object)
    $examples = @(foreach ($name in $cmdlets) {
            foreach ($example in @((Get-Help $name -Full).examples.example)) {
                @{ Cmdlet = $name; Title = $example.title; Code = $example.code }
            }
        })
    $topics = @([IO.Directory]::GetFiles([IO.Path]::Combine($module.ModuleBase, 'en-US'), 'about_*.help.txt') | Sort-Object | ForEach-Object {
            @{ Topic = [IO.Path]::GetFileName($_).Replace('.help.txt', ''); File = $_ }
        })
}

BeforeAll {
    # Commands that are written for a scheduler name a shell; inside .NET it is dlx.
    . $PSScriptRoot/Shell.Setup.ps1

    # Runs code in a folder of its own; any error, also a non-terminating one, ends it.
    function Invoke-InFolder([string] $Code) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory -Path $folder
        Push-Location $folder
        try {
            $ErrorActionPreference = 'Stop'
            & ([scriptblock]::Create($Code)) | Out-String
        }
        finally { Pop-Location }
    }
}

Describe 'Help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $name = $_
        $help = Get-Help $name -Full
        $own = @((Get-Command $name).ParameterSets.Parameters.Name | Sort-Object -Unique |
                Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters })
    }

    It 'has a synopsis of one sentence' {
        $help.Synopsis | Should -Match '^\p{Lu}.*\.$'
        $help.Synopsis | Should -Not -Match "^$name"
    }
    It 'has a description that says more' {
        $description = ($help.description.Text -join ' ').Trim()
        $description | Should -Not -BeNullOrEmpty
        $description | Should -Not -Be $help.Synopsis
    }
    It 'describes every parameter and no other' {
        # Those of a catalogue entry, which the defaults bring in, are described by the cmdlet that lists the catalogue.
        $fixed = @($own | Where-Object { -not (Get-Command $name).Parameters[$_].IsDynamic })
        $described = @($help.parameters.parameter | Where-Object { $_ })
        $described | Where-Object { -not ($_.description.Text -join '').Trim() } | ForEach-Object name | Should -BeNullOrEmpty
        @($described.name | Sort-Object) -join ' ' | Should -Be ($fixed -join ' ')
    }
    It 'has the syntax that binding uses' {
        @($help.syntax.syntaxItem).Count | Should -Be (Get-Command $name).ParameterSets.Count
        foreach ($parameter in $help.parameters.parameter) {
            $real = @((Get-Command $name).ParameterSets.Parameters | Where-Object Name -EQ $parameter.name)[0]
            $parameter.required | Should -Be "$($real.IsMandatory)"
            $parameter.position | Should -Be $(if ($real.Position -lt 0) { 'named' } else { "$($real.Position)" })
        }
    }
    It 'says what goes in and what comes out' {
        @($help.returnValues.returnValue).Count | Should -BeGreaterThan 0
        $piped = (Get-Command $name).ParameterSets.Parameters | Where-Object { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName }
        if ($piped) { @($help.inputTypes.inputType.type.name) | Should -Not -BeNullOrEmpty }
    }
    It 'has two examples or more' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
    }
    It 'points to what exists' {
        $links = @($help.relatedLinks.navigationLink.linkText | Where-Object { $_ })
        $links | Should -Not -BeNullOrEmpty
        foreach ($link in $links) {
            if ($link -like 'about_*') { @(Get-Help $link).Count | Should -Be 1 }
            else { (Get-Command $link).ModuleName | Should -Be DLExperiments }
        }
    }
}

Describe 'Examples' {
    It '<Cmdlet>: <Title>' -ForEach $examples {
        { Invoke-InFolder $Code } | Should -Not -Throw
        $Code | Should -Match "\b$Cmdlet\b"
        ($Code -split "`n").TrimEnd() | Where-Object Length -GT 76 | Should -BeNullOrEmpty
    }
}

Describe '<Topic>' -ForEach $topics {
    It 'is found by Get-Help' {
        Get-Help $Topic | Out-String | Should -Match "SHORT DESCRIPTION"
    }
    It 'fits 80 columns' {
        [IO.File]::ReadAllLines($File) | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }
    It 'has code that runs' {
        # Text is indented by four columns, code by eight, behind an empty line; the blocks of a topic belong together.
        $before = ''
        $inCode = $false
        $code = foreach ($line in [IO.File]::ReadAllLines($File)) {
            $inCode = $line.StartsWith(' ' * 8) -and ($inCode -or -not $before)
            if ($inCode) { $line }
            $before = $line
        }
        $code.Count | Should -BeGreaterThan 5
        { Invoke-InFolder ($code -join "`n") } | Should -Not -Throw
    }
    It 'names what exists under See also' {
        $lines = [IO.File]::ReadAllLines($File)
        $names = @($lines[([Array]::IndexOf($lines, 'SEE ALSO') + 1)..($lines.Count - 1)].Trim().Where{ $_ -and $_ -notlike '* *' })
        $names | Should -Not -BeNullOrEmpty
        foreach ($name in $names) { @(Get-Help $name).Count | Should -Be 1 }
    }
}
