# Invoke-Sweep -Launcher: the choice between threads and processes, and what kills do to them.
BeforeAll {
    . $PSScriptRoot/Shell.Setup.ps1
    $script:own = "$([Environment]::MachineName):$PID"
    function New-Script([string] $name, [string] $text) { Set-Content "$TestDrive/$name.ps1" $text; "$TestDrive/$name.ps1" }
    # Small networks of each engine, with data of their own.
    function New-Net([string] $name, [string] $engine, [int] $epochs) {
        New-Script $name @"
param([double] `$LearningRate)
Import-Module '$manifest'
`$data = New-Dataset Moons -Count 200 | Split-Dataset .8, .2 -Seed 1
New-Network 2 | Add-Layer Linear 8 -Activation ReLU | Add-Layer Linear 2 | Invoke-Training `$data -LearningRate `$LearningRate -Epochs $epochs -BatchSize 4 -Engine $engine
"@
    }
    function Get-Table($rows) { ($rows | Sort-Object Trial | ForEach-Object { "$($_.Trial) $($_.State) $($_.Parameters) $($_.Seed) $($_.Value.ToString('R')) $($_.Epochs)" }) -join "`n" }
    $script:rates = @{ LearningRate = 'log 1e-3..1e-1' }
}

Describe 'Invoke-Sweep -Launcher Auto' {
    It 'keeps trials of the fused engine in threads, and says why' {
        $trial = New-Net fused Fused 2
        $rows = Invoke-Sweep $rates $trial -Trials 4 -ThrottleLimit 2 -Verbose 4>&1 -Path $TestDrive/fused
        ($rows | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Worker | Should -Be (, $own * 4)
        "$($rows | Where-Object { $_ -is [Management.Automation.VerboseRecord] })" | Should -Match 'Threads: '
        $plan = Invoke-Sweep $rates (New-Net long Fused 100000) -Trials 4 -ThrottleLimit 2 -WhatIf
        $plan.Launcher | Should -Be Threads
        $plan.LauncherReason | Should -Match 'Fused engine'
    }

    It 'keeps short trials that need libtorch in threads, and gives long ones processes, by the first steps' {
        $plan = Invoke-Sweep $rates (New-Net short Torch 2) -Trials 4 -ThrottleLimit 2 -WhatIf
        $plan.Launcher | Should -Be Threads
        $plan = Invoke-Sweep $rates (New-Net endless Torch 100000) -Trials 4 -ThrottleLimit 2 -WhatIf
        $plan.Launcher | Should -Be Processes
        $plan.LauncherReason | Should -Match 'Torch takes about'
        (Invoke-Sweep $rates (New-Net endless Torch 100000) -Trials 4 -ThrottleLimit 1 -WhatIf).Launcher | Should -Be Threads
        # It looks like a long training for its first steps, and then patience ends it: after 30 epochs of 20 ms at least, three times as long as is measured, however quick the machine.
        $trial = New-Script stopped ((Get-Content (New-Net endless Torch 100000) -Raw).TrimEnd() + ' -EarlyStopping @{ Patience = 30; MinDelta = 100 } -OnEpoch { Start-Sleep -Milliseconds 20 }')
        $rows = Invoke-Sweep $rates $trial -Trials 4 -Threads 1 -ThrottleLimit 2 -Verbose 4>&1 -Path $TestDrive/moved
        $said = "$($rows | Where-Object { $_ -is [Management.Automation.VerboseRecord] })"
        $rows = $rows | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }
        $rows.State | Should -Be (, 'Finished' * 4)
        $said | Should -Match 'Threads: .*Processes: '
        # A trial may come to its end in this process while the other is measured; those that follow do not begin here.
        @($rows.Worker | Where-Object { $_ -ne $own }).Count | Should -BeGreaterOrEqual 2
        $threads = Invoke-Sweep $rates $trial -Trials 4 -Threads 1 -ThrottleLimit 2 -Launcher Threads
        Get-Table $rows | Should -Be (Get-Table $threads)
    }

    It 'gives processes to scripts that change what all trials of a process share: <Text>' -ForEach @(
        @{ Text = '$env:SWEEP_TEST = $x'; Says = '\$env:SWEEP_TEST' }
        @{ Text = '[Environment]::SetEnvironmentVariable("SWEEP_TEST", $x)'; Says = 'SetEnvironmentVariable' }
        @{ Text = 'Set-Content env:SWEEP_TEST $x'; Says = 'env:SWEEP_TEST' }
        @{ Text = 'if ($x) { [Globalization.CultureInfo]::DefaultThreadCurrentCulture = "de-DE" }'; Says = 'DefaultThreadCurrentCulture' }
    ) {
        $trial = New-Script changes "param(`$x) $Text; [pscustomobject]@{ Loss = [double]`$x }"
        $plan = Invoke-Sweep @{ x = 1, 2, 3 } $trial -Metric Loss -WhatIf
        $plan.Launcher | Should -Be Processes
        $plan.LauncherReason | Should -Match $Says
        $env:SWEEP_TEST = $null
        [Globalization.CultureInfo]::DefaultThreadCurrentCulture = $null
    }

    It 'runs such a script where it changes nobody else' {
        $env:SWEEP_TEST = 'mine'
        $trial = New-Script env 'param($x) $env:SWEEP_TEST = $x; Start-Sleep -Milliseconds 60; [pscustomobject]@{ Loss = [double]$env:SWEEP_TEST }'
        $rows = Invoke-Sweep @{ x = 1, 2, 3, 4, 5, 6 } $trial -Metric Loss -ThrottleLimit 2 -Path $TestDrive/env
        $rows.Loss | Should -Be 1, 2, 3, 4, 5, 6
        $rows.Worker | Should -Not -Contain $own
        $env:SWEEP_TEST | Should -Be mine
        $env:SWEEP_TEST = $null
    }

    It 'keeps trials that use the session in it' {
        $value = 3
        $plan = Invoke-Sweep @{ x = 1, 2 } -ScriptBlock { param($x) $env:SWEEP_TEST = $x; $using:value * $x } -Metric Value -WhatIf
        $plan.Launcher | Should -Be Threads
        $plan.LauncherReason | Should -Match 'variables of the session'
        $env:SWEEP_TEST = $null
        (Invoke-Sweep @{ x = 1, 2 } -ScriptBlock { param($x) $x } -Metric Value -Launcher Processes -WhatIf).LauncherReason | Should -Match 'asked for'
    }
}

Describe 'A sweep of 200 trials that is killed at random ten times' {
    It 'ends with each trial run once to the end and the table of an undisturbed one: <_>' -ForEach Threads, Processes {
        $notes = (New-Item -ItemType Directory -Path "$TestDrive/$_-notes").FullName
        # The trial learns something, and notes when it begins.
        $trial = New-Script "killed-$_" @"
param([double] `$LearningRate, [int] `$Units, [long] `$Seed)
[IO.File]::WriteAllText("$notes/`$LearningRate.`$([guid]::NewGuid())", '')
Start-Sleep -Milliseconds 20
Import-Module '$manifest'
`$data = New-Dataset Moons -Count 100 | Split-Dataset .8, .2 -Seed 1
New-Network 2 | Add-Layer Linear `$Units -Activation ReLU | Add-Layer Linear 2 | Invoke-Training `$data -LearningRate `$LearningRate -Epochs 8 -BatchSize 8
"@
        $options = @{ Space = @{ LearningRate = 'log 1e-3..1e-1'; Units = 4, 16 }; Script = $trial; Trials = 200; Sampler = 'Halton'; ThrottleLimit = 2; Threads = 1 }
        $calm = Invoke-Sweep @options -Launcher Threads
        Get-ChildItem $notes -File | Remove-Item
        $path = "$TestDrive/$_-sweep"
        $command = "Import-Module '$manifest'; Invoke-Sweep @{ LearningRate = 'log 1e-3..1e-1'; Units = 4, 16 } '$trial' -Trials 200 -Sampler Halton -ThrottleLimit 2 -Threads 1 -MaxRetry 20 -Path '$path' -Resume -Launcher $_ | Out-Null"
        $random = [Random]::new(7)
        $kills = 0
        $null = New-Item -ItemType Directory -Path $path/trials
        $done = { @([IO.Directory]::EnumerateFiles("$path/trials", 'result.json', 'AllDirectories')).Count }
        $process = $null
        while ($kills -lt 10 -and ($before = & $done) -lt 200) {
            if (-not $process -or $process.HasExited) {
                $process = Start-Shell $command
                $null = $process.StandardOutput.ReadToEndAsync()
                $null = $process.StandardError.ReadToEndAsync()
            }
            # Some trials later, and then at any moment.
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while (-not $process.HasExited -and $clock.Elapsed.TotalSeconds -lt 20 -and (& $done) -lt $before + 4) { Start-Sleep -Milliseconds 5 }
            Start-Sleep -Milliseconds $random.Next(60)
            # Of processes the workers are killed as well as the one that keeps them.
            $victim = $process.Id
            if ($_ -eq 'Processes' -and $kills % 2) {
                $claim = @([IO.Directory]::EnumerateFiles("$path/trials", 'claim.*', 'AllDirectories'))[0]
                if (-not $claim -or "$(Get-Content $claim -Raw -ErrorAction Ignore)" -notmatch '"process":(\d+)') { continue }
                $victim = [int] $Matches[1]
            }
            Stop-Process -Id $victim -Force -ErrorAction Ignore
            if ($victim -eq $process.Id) { $process.WaitForExit() }
            $kills++
        }
        $kills | Should -Be 10
        if (-not $process.HasExited) { $process.WaitForExit(60000) | Should -BeTrue }
        # Workers that lost their launcher end by themselves; what is then left is done here.
        $rows = Resume-Sweep $path -ThrottleLimit 2 -Launcher Threads
        Get-Table $rows | Should -Be (Get-Table $calm)
        $rows.Count | Should -Be 200
        # A kill costs at most the trials that ran then, and nothing that has ended was begun again.
        $begun = @(Get-ChildItem $notes -File)
        $begun.Count | Should -BeGreaterOrEqual 200
        $begun.Count | Should -BeLessOrEqual 220
        $ended = @{}
        foreach ($row in $rows) { $ended["$($row.LearningRate)"] = [IO.File]::GetLastWriteTimeUtc("$($row.Path)/result.json") }
        $late = foreach ($note in $begun) { if ($note.LastWriteTimeUtc -gt $ended[$note.BaseName]) { $note.BaseName } }
        $late | Should -BeNullOrEmpty
    }
}
