# The code of the documents that promise that it runs, block by block in one session per document, in an empty folder.
BeforeDiscovery {
    $documents = @(foreach ($name in , 'powershell-for-python-users.md') {
            $blocks = [regex]::Matches((Get-Content "$PSScriptRoot/../../docs/$name" -Raw), '(?ms)^```powershell\r?\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value }
            @{ Name = $name; Blocks = @($blocks) }
        })
}

BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:docs = "$PSScriptRoot/../../docs"
}

Describe 'The document <Name>' -ForEach $documents {
    It 'has code that runs' {
        $Blocks.Count | Should -BeGreaterThan 5
        Push-Location $TestDrive
        try {
            $ErrorActionPreference = 'Stop'
            # The module is imported by its path here.
            $code = ($Blocks -join "`n") -replace '(?m)^Import-Module DLExperiments$', ''
            $output = & ([scriptblock]::Create($code))
        }
        finally { Pop-Location }
        $output | Should -Contain 'x is 3, half of it 1.5'
        $output | Should -Contain 'Rex says woof'
        $output | Should -Contain 28
        ($output | Where-Object { $_ -is [double] -or $_ -is [float] }) | Should -Contain 39
        "$TestDrive/sine.svg" | Should -Exist
    }
}

Describe 'The course page' {
    It 'links to scripts that exist, and to every one' {
        $page = Get-Content $docs/course.md -Raw
        $links = [regex]::Matches($page, '\]\(([^)]+)\)') | ForEach-Object { $_.Groups[1].Value }
        foreach ($link in $links) { Join-Path $docs $link | Should -Exist }
        foreach ($script in Get-ChildItem "$docs/../examples/course" -Filter '*-*-*.ps1') { $page | Should -BeLike "*$($script.Name)*" }
    }
}

Describe 'Every example of the course' {
    It 'says what it shows, how long it takes and what to see, and takes the common parameters: <Name>' -ForEach @(
        Get-ChildItem "$PSScriptRoot/../../examples/course" -Filter '*-*-*.ps1' | ForEach-Object { @{ Name = $_.Name; File = $_.FullName } }
    ) {
        $text = Get-Content $File -Raw
        $text | Should -Match '\.SYNOPSIS\s+(Lecture|Notebook) \d'
        $text | Should -Match 'What it shows:'
        $text | Should -Match 'What to see:'
        $text | Should -Match 'on 2 cores'
        $parameters = (Get-Command $File).Parameters.Keys
        foreach ($name in 'Output', 'Quick', 'Full') { $parameters | Should -Contain $name }
    }
}
