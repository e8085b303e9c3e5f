# Serves the test project from inside a real pwsh: reads one request a line (JSON: command, file, output, root), writes the answer
# into the file that the request names, aside first, so that a half-written answer is never read.
# Preference variables stay as they are: test files would inherit them.
param()

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

function Get-BlockError($Block) {
    for (; $Block; $Block = $Block.Parent) {
        if ($Block.ErrorRecord.Count) { $Block.ErrorRecord }
    }
}

function Find-BlameError($Block, $Blame) {
    # An AfterAll that fails has no test of its own: the last test of its block takes the blame, so that the run fails.
    $tests = @(Get-TestNode $Block)
    $failed = @($tests | Where-Object Result -eq 'Failed')
    if ($Block.ErrorRecord.Count -and $tests.Count -and ($failed.Count -eq 0 -or -not $Block.OwnPassed)) {
        $last = @($tests | Where-Object Result -in 'Passed', 'Failed')[-1]
        if ($last -and $last.Result -eq 'Passed') { $Blame[$last] = $Block.ErrorRecord }
    }
    foreach ($item in $Block.Order) { if ($item.ItemType -ne 'Test') { Find-BlameError $item $Blame } }
}

function Invoke-Request($Request) {
    if ($Request.command -eq 'about') {
        $pester = Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -eq 5 } | Sort-Object Version -Descending | Select-Object -First 1
        if ($PSVersionTable.PSVersion -lt [version]'7.4') { return @{ Error = "pwsh is $($PSVersionTable.PSVersion); 7.4 or later is needed."; Tests = @() } }
        if (-not $pester) { return @{ Error = 'pwsh has no Pester 5 module.'; Tests = @() } }
        Import-Module $pester.Path
        # Here, since pwsh puts the folders of the user before those that its environment names: an installed module must not be tested.
        $env:PSModulePath = (Join-Path $Request.root 'module') + [IO.Path]::PathSeparator + $env:PSModulePath
        return @{ Description = "pwsh $($PSVersionTable.PSVersion) with Pester $($pester.Version)"; Tests = @() }
    }

    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Request.file
    $configuration.Run.PassThru = $true
    $configuration.Run.SkipRun = $Request.command -eq 'discover'
    # One line for each finished test, which the other side counts to know which one runs.
    $configuration.Output.Verbosity = 'Detailed'
    Set-Location -LiteralPath $Request.root
    [Environment]::CurrentDirectory = $Request.root
    $result = Invoke-Pester -Configuration $configuration -InformationVariable written

    $container = $result.Containers[0]
    if (-not $container) { return @{ Error = "Pester did not take $($Request.file)."; Tests = @() } }
    if ($container.ErrorRecord.Count -and -not $result.Tests.Count) {
        return @{ Error = "Discovery failed: $(Get-ErrorText $container.ErrorRecord)"; Tests = @() }
    }
    if (-not $result.Tests.Count) { return @{ Error = 'The file has no test: no It was found in it.'; Tests = @() } }
    $root = $result.Tests[0].Block.Root
    $blame = [Collections.Generic.Dictionary[object, object]]::new()
    if ($Request.command -eq 'run') { Find-BlameError $root $blame }
    $pesterFile = (Get-Module Pester).Path
    $own = @($written | Where-Object { $_ -and $_.Source -ne $pesterFile -and $_.Source -notlike '*Pester.psm1' })
    $index = 0
    $rows = foreach ($test in Get-TestNode $root) {
        $errors = @($test.ErrorRecord) + @(if ($test.Result -eq 'Failed' -and -not $test.ErrorRecord.Count) { Get-BlockError $test.Block })
        if ($blame.ContainsKey($test)) { $errors += $blame[$test] }
        @{
            Index    = $index++
            Path     = if ($Request.command -eq 'run' -and $test.ExpandedPath) { $test.ExpandedPath } else { Get-NodePath $test }
            Outcome  = if ($blame.ContainsKey($test)) { 1 } else { switch ($test.Result) { 'Passed' { 0 } 'Failed' { 1 } 'NotRun' { 1 } default { 2 } } }
            Message  = if ($test.Result -eq 'NotRun') { 'Pester did not run the test.' } elseif ($errors.Count) { Get-ErrorText $errors } elseif ($test.Skipped) { 'is skipped' } else { '' }
            Location = ($errors | ForEach-Object { if ($_.DisplayStackTrace) { $_.DisplayStackTrace } else { $_.ScriptStackTrace } }) -join "`n"
            Seconds  = $test.Duration.TotalSeconds
            Output   = @($own | Where-Object { $test.ExecutedAt -and $_.TimeGenerated -ge $test.ExecutedAt -and $_.TimeGenerated -le $test.ExecutedAt + $test.Duration }) -join "`n"
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
