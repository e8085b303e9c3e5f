# Serves the test project from inside a real pwsh: reads one request a line (JSON: command, file, output, progress, root), writes the answer
# into the file that the request names, aside first, so that a half-written answer is never read.
param()
$ErrorActionPreference = 'Stop'

function Get-TestNode($Block) {
    # Tests in the order of the file: that order gives each test its number, in discovery and in the run.
    foreach ($item in $Block.Order) {
        if ($item.ItemType -eq 'Test') { $item } else { Get-TestNode $item }
    }
}

function Expand-NodeName($Node) {
    # Fills in what -ForEach gives; other templates stay, since their variables exist only in the run.
    $Node.Name -replace '(?<!`)<([^>^`]+)>', {
        $path = $_.Groups[1].Value -split '\.'
        for ($at = $Node; $at; $at = if ($at.ItemType -eq 'Test') { $at.Block } else { $at.Parent }) {
            $data = $at.Data
            if ($null -eq $data) { continue }
            if ($path[0] -eq '_') { $value = $data }
            elseif ($data -is [Collections.IDictionary] -and $data.Contains($path[0])) { $value = $data[$path[0]] }
            else { continue }
            foreach ($step in $path | Select-Object -Skip 1) { $value = $value.$step }
            return "$value"
        }
        $_.Value
    }
}

function Get-NodePath($Node) {
    $names = for ($at = $Node; $at -and -not ($at.PSObject.Properties['IsRoot'] -and $at.IsRoot); $at = if ($at.ItemType -eq 'Test') { $at.Block } else { $at.Parent }) {
        Expand-NodeName $at
    }
    $names = @($names)
    [array]::Reverse($names)
    $names -join '.'
}

function Get-ErrorText($Records) {
    ($Records | ForEach-Object { if ($_.DisplayErrorMessage) { $_.DisplayErrorMessage } else { $_.Exception.Message } }) -join "`n"
}

function Get-BlockError($Test) {
    for ($block = $Test.Block; $block; $block = $block.Parent) {
        if ($block.ErrorRecord.Count) { $block.ErrorRecord }
    }
}

function Invoke-Request($Request) {
    if ($Request.command -eq 'about') {
        $pester = Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -eq 5 } | Sort-Object Version -Descending | Select-Object -First 1
        if ($PSVersionTable.PSVersion -lt [version]'7.4') { return @{ Error = "pwsh is $($PSVersionTable.PSVersion); 7.4 or later is needed."; Tests = @() } }
        if (-not $pester) { return @{ Error = 'pwsh has no Pester 5 module.'; Tests = @() } }
        Import-Module $pester.Path
        return @{ Description = "pwsh $($PSVersionTable.PSVersion) with Pester $($pester.Version)"; Tests = @() }
    }

    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Request.file
    $configuration.Run.PassThru = $true
    $configuration.Run.SkipRun = $Request.command -eq 'discover'
    $configuration.Output.Verbosity = 'None'
    Set-Location -LiteralPath $Request.root
    [Environment]::CurrentDirectory = $Request.root
    Set-Content -LiteralPath $Request.progress -Value $Request.file
    $written = $null
    $result = Invoke-Pester -Configuration $configuration -InformationVariable written 6> $null

    $container = $result.Containers[0]
    if ($container.ErrorRecord.Count -and -not $container.Blocks.Count) {
        return @{ Error = "Discovery failed: $(Get-ErrorText $container.ErrorRecord)"; Tests = @() }
    }
    $index = 0
    $tests = @(foreach ($block in $container.Blocks[0].Root) { Get-TestNode $block })
    if (-not $tests.Count) { return @{ Error = 'The file has no test: no It was found in it.'; Tests = @() } }
    $rows = foreach ($test in $tests) {
        $errors = @($test.ErrorRecord) + @(if ($test.Result -eq 'Failed' -and -not $test.ErrorRecord.Count) { Get-BlockError $test })
        @{
            Index    = $index++
            Path     = if ($Request.command -eq 'run' -and $test.ExpandedPath) { $test.ExpandedPath } else { Get-NodePath $test }
            Outcome  = switch ($test.Result) { 'Passed' { 0 } 'Failed' { 1 } 'NotRun' { 1 } default { 2 } }
            Message  = if ($test.Result -eq 'NotRun') { 'Pester did not run the test.' } elseif ($errors.Count) { Get-ErrorText $errors } elseif ($test.Skipped) { 'is skipped' } else { '' }
            Location = ($errors | ForEach-Object { if ($_.DisplayStackTrace) { $_.DisplayStackTrace } else { $_.ScriptStackTrace } }) -join "`n"
            Seconds  = $test.Duration.TotalSeconds
            Output   = @($test.StandardOutput | ForEach-Object { "$_" }) -join "`n"
        }
    }
    @{ Tests = @($rows) }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $request = ConvertFrom-Json $line
    try { $answer = Invoke-Request $request }
    catch { $answer = @{ Error = "Pester could not run $($request.file): $_"; Tests = @() } }
    $aside = "$($request.output).part"
    [IO.File]::WriteAllText($aside, (ConvertTo-Json $answer -Depth 4))
    [IO.File]::Move($aside, $request.output)
}
