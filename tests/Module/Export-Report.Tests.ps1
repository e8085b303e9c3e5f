BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:data = New-Dataset Blobs -Count 120 -Seed 3 | Split-Dataset .6, .2, .2 -Stratify -Seed 1
    $script:runs = foreach ($rate in 1e-3, 1e-1) {
        foreach ($seed in 1, 2) {
            New-Network 2 | Add-Layer Linear 3 | Invoke-Training $data -Epochs 3 -LearningRate $rate -Seed $seed |
                Add-Member Remark "rate $rate" -PassThru
        }
    }
}

Describe 'Export-Report' {
    It 'writes a page of runs with notes, comparisons, measures and any objects' {
        $file = $runs + ($runs | Compare-Experiment) + ($runs[0] | Measure-Model $data) + [pscustomobject]@{ Note = 'kept'; Value = 1.5 } |
            Export-Report (Join-Path $TestDrive r.html) -Title 'A & B' -Dataset $data -Text ([ordered]@{ Introduction = 'Why?', 'How?' }) -PassThru
        $file.Name | Should -Be r.html
        $html = Get-Content $file -Raw
        $html | Should -Match '<title>A &amp; B</title>'
        $html | Should -Match '<p>How\?</p>'
        $html | Should -Match 'rate 0.1'
        $html | Should -Match $data.Fingerprint
        $html | Should -Match '<td>kept</td>'
        $html | Should -Match 'Comparisons'
        $html | Should -Not -Match '<h2>Conclusion'
    }
    It 'holds the script that made it' {
        Set-Content (Join-Path $TestDrive make.ps1) '1..3 | ForEach-Object { [pscustomobject]@{ N = $_ } } | Export-Report $PSScriptRoot/s.html # the script'
        & (Join-Path $TestDrive make.ps1)
        $html = Get-Content (Join-Path $TestDrive s.html) -Raw
        $html | Should -Match '<pre>./make.ps1</pre>'
        $html | Should -Match '# the script'
        $html | Should -Not -Match ([regex]::Escape("$TestDrive"))
        [pscustomobject]@{ N = 1 } | Export-Report (Join-Path $TestDrive c.html) -Command './mine -Now'
        Get-Content (Join-Path $TestDrive c.html) -Raw | Should -Match '<pre>./mine -Now</pre>'
    }
    It 'writes Markdown and replaces with -Force only' {
        $runs | Export-Report (Join-Path $TestDrive r.md)
        Get-Content (Join-Path $TestDrive r.md) -Raw | Should -Match '!\[Learning curves'
        Join-Path $TestDrive r.files/figure-1.svg | Should -Exist
        { $runs | Export-Report (Join-Path $TestDrive r.md) } | Should -Throw -ErrorId 'FileExists*'
        $runs | Export-Report (Join-Path $TestDrive r.md) -Force
    }
    It 'says what is wrong, and writes nothing' {
        { $runs | Export-Report (Join-Path $TestDrive r.txt) } | Should -Throw -ErrorId 'UnknownReportFormat*'
        { $null | Export-Report (Join-Path $TestDrive none.html) } | Should -Throw -ErrorId 'EmptyReport*'
        { 'nothing.svg' | Export-Report (Join-Path $TestDrive none.html) } | Should -Throw -ErrorId 'FileNotFound*'
        { $runs | Export-Report (Join-Path $TestDrive none.pdf) -Browser (Join-Path $TestDrive none) } | Should -Throw -ErrorId 'BrowserNotFound*'
        $runs | Export-Report (Join-Path $TestDrive none.html) -WhatIf
        Join-Path $TestDrive none.html | Should -Not -Exist
    }
    It 'prints a PDF where there is a browser' {
        try { $runs | Export-Report (Join-Path $TestDrive p.pdf) -Layout Interim -WarningVariable warnings 3> $null }
        catch {
            if ($_.FullyQualifiedErrorId -notlike 'BrowserNotFound*') { throw }
            Set-ItResult -Skipped -Because 'there is no browser (Debian: apt install chromium)'
            return
        }
        [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes((Join-Path $TestDrive p.pdf)), 0, 4) | Should -Be '%PDF'
        $warnings | Should -BeNullOrEmpty
    }
}
