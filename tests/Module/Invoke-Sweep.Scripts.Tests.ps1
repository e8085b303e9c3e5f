# Invoke-Sweep with scripts and script blocks, and what it refuses
BeforeAll { . $PSScriptRoot/Sweeps.Setup.ps1 }

Describe 'Invoke-Sweep with scripts and script blocks' {
    It 'runs a script in threads and in processes with the same table' {
        $threads = Invoke-Sweep $space $trial -Trials 8 -Threads 1 -ThrottleLimit 2
        $processes = Invoke-Sweep $space $trial -Trials 8 -Threads 1 -ThrottleLimit 2 -Launcher Processes -Path $TestDrive/processes
        Get-Table $processes | Should -Be (Get-Table $threads)
        $processes.State | Should -Be (, 'Finished' * 8)
        $processes.Worker | Should -Not -Contain "$([Environment]::MachineName):$PID"
    }

    It 'gives a block the variables of the session with $using:, its data and its seed' {
        $offset = 3
        $rows = Invoke-Sweep @{ x = '-1..1'; kind = 'a', 'b' } -ScriptBlock {
            param($x, $kind, $Seed, $Dataset)
            [pscustomobject]@{ Loss = $x * $x + $using:offset; Rows = $Dataset.Train.Count; Given = $Seed; Nested = @{ a = 1, 2 } }
        } -Dataset $moons -Metric Loss -Trials 5 -Seed 9
        foreach ($row in $rows) { $row.Loss | Should -Be ($row.x * $row.x + 3) }
        $rows.Rows | Should -Be (, 160 * 5)
        $rows.Given | Should -Be (, 9 * 5)
        $rows[0].Nested.a | Should -Be 1, 2
        { Invoke-Sweep @{ x = 1, 2 } -ScriptBlock { param($x) $using:nowhere } } | Should -Throw -ErrorId 'MissingVariable*'
    }

    It 'takes a bare number as the value, and maximises what is no loss' {
        Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param($x) 1 - $x } -Metric Value -Trials 8 -Path $TestDrive/bare | Out-Null
        $best = Get-Trial $TestDrive/bare -Best
        $best.x | Should -Be (Get-Trial $TestDrive/bare | Measure-Object x -Minimum).Minimum
    }

    It 'takes a bare number without -Metric as a loss' {
        Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param($x) 1 - $x } -Trials 8 -Path $TestDrive/nameless | Out-Null
        $best = Get-Trial $TestDrive/nameless -Best
        $best.x | Should -Be (Get-Trial $TestDrive/nameless | Measure-Object x -Maximum).Maximum
        $best.Value | Should -Be (1 - $best.x)
        $odd = Invoke-Sweep @{ x = 1, 2 } -ScriptBlock { param($x) $x -eq 1 ? [double]::NaN : $x } -WarningAction SilentlyContinue
        $odd.State | Should -Be Failed, Finished
        $odd[0].ErrorId | Should -Be NonFiniteMetric
    }

    It 'tells which parameters matter' {
        $null = Invoke-Sweep @{ a = '0..1'; b = '0..1' } -ScriptBlock { param($a, $b) $b * $b } -Metric Value -Goal Minimize -Trials 30 -Sampler Halton -Path $TestDrive/importance
        $importance = Get-Trial $TestDrive/importance -Importance
        $importance.Parameter | Should -Be b, a
        $importance[0].Importance | Should -BeGreaterThan .9
    }

    It 'finds the front of several metrics' {
        $rows = Invoke-Sweep @{ x = 0, 1, 2, 3, 4 } -ScriptBlock { param($x) @{ Loss = [Math]::Abs($x - 1); Size = [Math]::Abs($x - 3) } } -Metric Loss, Size -Path $TestDrive/front
        # Between 1 and 3 one gains what the other loses; 0 and 4 are beaten.
        ($rows | Where-Object Front -EQ 0 | Sort-Object x).x | Should -Be 1, 2, 3
        (Get-Trial $TestDrive/front -Best | Sort-Object x).x | Should -Be 1, 2, 3
    }

    It 'keeps failures with their error and goes on' {
        $rows = Invoke-Sweep @{ x = 1, 2, 3, 4, 5, 6 } -ScriptBlock { param($x)
            if ($x -eq 3) { throw 'three is unlucky' }
            if ($x -eq 4) { Get-Item /no/such/file }
            if ($x -eq 5) { [pscustomobject]@{ Other = 1 } }
            elseif ($x -ne 4) { [pscustomobject]@{ Loss = $x } } } -Metric Loss -Path $TestDrive/fail -WarningVariable warned -WarningAction SilentlyContinue | Sort-Object Trial
        $rows.State | Should -Be Finished, Finished, Failed, Failed, Failed, Finished
        $rows[2].Error | Should -Be 'three is unlucky'
        $rows[2].ErrorPosition | Should -Match 'line 2'
        $rows[3].ErrorId | Should -Match 'PathNotFound|ItemNotFound'
        $rows[4].ErrorId | Should -Be MissingMetric
        $rows[4].Error | Should -Match 'Other'
        "$warned" | Should -Match '3 of 6 trials failed.*The first, trial 2: three is unlucky'
    }

    It 'ends when every trial fails alike' {
        { Invoke-Sweep @{ x = '0..1' } -ScriptBlock { param($x) throw [InvalidOperationException]::new('no licence') } -Trials 500 -ThrottleLimit 1 } | Should -Throw -ErrorId 'EveryTrialFails*'
    }
}

Describe 'Invoke-Sweep names what is wrong' {
    It '<Id>: <Says>' -ForEach @(
        @{ Id = 'InvalidSpace'; Says = 'LearningRate'; Do = { Invoke-Sweep @{ LearningRate = 'log 0..1' } -Network $net -Dataset $moons } }
        @{ Id = 'InvalidSpace'; Says = 'y is .int16..256.; write a range as'; Do = { Invoke-Sweep @{ y = 'int16..256' } -ScriptBlock { param($y) $y } } }
        @{ Id = 'InvalidSpace'; Says = 'y is .logg 1..2.'; Do = { Invoke-Sweep @{ y = 'logg 1..2' } -ScriptBlock { param($y) $y } } }
        @{ Id = 'InvalidSpace'; Says = 'y is .1e-4...1e-1.'; Do = { Invoke-Sweep @{ y = '1e-4...1e-1' } -ScriptBlock { param($y) $y } } }
        @{ Id = 'InvalidSpace'; Says = 'needs a Name'; Do = { Invoke-Sweep @{ y = 'Adam', @{ Nome = 'SGD'; Momentum = '0..1' } } -ScriptBlock { param($y) $y } } }
        @{ Id = 'InvalidSweep'; Says = '2 goals'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } -Metric Value -Goal Minimize, Maximize } }
        @{ Id = 'UnknownParameter'; Says = 'Unitz'; Do = { Invoke-Sweep @{ Unitz = 4, 8 } -Network $net -Dataset $moons } }
        @{ Id = 'UnknownParameter'; Says = 'Epoch'; Do = { Invoke-Sweep @{ Units = 4, 8 } -Network $net -Dataset $moons -Training @{ Epoch = 3 } } }
        @{ Id = 'DoubleParameter'; Says = 'Epochs'; Do = { Invoke-Sweep @{ Units = 4, 8; Epochs = 1, 2 } -Network $net -Dataset $moons -Training @{ Epochs = 3 } } }
        @{ Id = 'MissingParameter'; Says = 'Dataset'; Do = { Invoke-Sweep @{ Units = 4, 8 } -Network $net } }
        @{ Id = 'UnknownParameter'; Says = "'y'|parameter y"; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($x) $x } } }
        @{ Id = 'MissingParameter'; Says = 'param'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { 3 } } }
        @{ Id = 'MissingParameter'; Says = 'z is mandatory'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y, [Parameter(Mandatory)] $z) $y } } }
        @{ Id = 'MissingTrial'; Says = '-ScriptBlock'; Do = { Invoke-Sweep @{ y = 4, 8 } -Dataset $moons } }
        @{ Id = 'DoubleParameter'; Says = '-ScriptBlock'; Do = { $network | Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } } }
        @{ Id = 'DoubleParameter'; Says = '-Network'; Do = { $network | Invoke-Sweep @{ Epochs = 1, 2 } -Network $network -Dataset $moons } }
        @{ Id = 'FileNotFound'; Says = 'nowhere'; Do = { Invoke-Sweep @{ y = 4, 8 } ./nowhere.ps1 } }
        @{ Id = 'UnknownSampler'; Says = 'TPE'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } -Sampler TPB } }
        @{ Id = 'InvalidSweep'; Says = '2 points'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } -Sampler Grid -Trials 3 } }
        @{ Id = 'DataNotShared'; Says = 'Threads'; Do = { Invoke-Sweep @{ Units = 4, 8 } -Network $net -Dataset $moons -Launcher Processes } }
        @{ Id = 'DataNotShared'; Says = '-Launcher Slurm'; Do = { Invoke-Sweep @{ Units = 4, 8 } -Network $net -Dataset $moons -Launcher Slurm -Path $TestDrive/never -WhatIf } }
        @{ Id = 'DataNotShared'; Says = 'using:far'; Do = { $far = 1; Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $using:far } -Launcher Processes -Path $TestDrive/never } }
        @{ Id = 'UnknownOptimizer'; Says = 'Optimizer=SDG.*SGD'; Do = { Invoke-Sweep @{ Optimizer = 'Adam', 'SDG' } -Network $net -Dataset $moons } }
        @{ Id = 'UnknownParameter'; Says = 'Momentum is no setting of Adam.*optimizer SGD'; Do = { Invoke-Sweep @{ Momentum = '0..0.9' } -Network $network -Dataset $moons } }
        @{ Id = 'UnknownParameter'; Says = 'Optimizer=Adam cannot be trained'; Do = { Invoke-Sweep @{ Optimizer = 'SGD', 'Adam' } -Network $network -Dataset $moons -Training @{ Momentum = .9 } } }
        @{ Id = 'UnknownParameter'; Says = 'SGD has no parameter .Momentun'; Do = { Invoke-Sweep @{ Optimizer = 'Adam', @{ Name = 'SGD'; Momentun = '0..0.9' } } -Network $network -Dataset $moons } }
        @{ Id = 'InvalidEpochs'; Says = 'Epochs=0'; Do = { Invoke-Sweep @{ Epochs = 'int 0..5' } -Network $network -Dataset $moons } }
        @{ Id = 'MissingMetric'; Says = 'BestValidationLoss'; Do = { Invoke-Sweep @{ Epochs = 1, 2 } -Network $network -Dataset $moons -Metric BestValidationLos } }
        @{ Id = 'InvalidSweep'; Says = 'names Loss twice'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } -Metric Loss, loss } }
        @{ Id = 'InvalidSweep'; Says = '3 points are given'; Do = { @{ y = 1 }, @{ y = 2 }, @{ y = 3 } | Invoke-Sweep @{ y = '0..5' } -ScriptBlock { param($y) $y } -Trials 2 } }
        @{ Id = 'MissingParameter'; Says = 'Dataset'; Do = { Invoke-Sweep @{ y = 4, 8 } -ScriptBlock { param($y) $y } -Fold 3 } }
    ) {
        $network = New-Network 2 | Add-Layer Linear 2
        try { & $Do; $failure = $null } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id*"
        $failure.Exception.Message | Should -Match $Says
    }

    It 'and leaves no folder behind' {
        Test-Path $TestDrive/never | Should -BeFalse
    }
}

Describe 'A trial' {
    It 'that ends by exit with a code has failed, with 0 it has not' {
        $rows = Invoke-Sweep @{ x = 0, 3 } -ScriptBlock { param($x) $x; exit $x } -Metric Value -WarningAction SilentlyContinue
        $rows.State | Should -Be Finished, Failed
        $rows[1].ErrorId | Should -Be ScriptExit
        $rows[1].Error | Should -Match 'exit 3'
    }

    It 'begins where and with what the first began, whichever ran before it' {
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'a [b] c')
        Set-Content -LiteralPath (Join-Path $folder.FullName t.ps1) 'param($x) $global:n++; $here = "$PWD"; Set-Location /; [pscustomobject]@{ Loss = $x; N = $global:n; Here = $here }'
        Push-Location -LiteralPath $folder.FullName
        $rows = Invoke-Sweep @{ x = 1, 2, 3 } ./t.ps1 -Metric Loss -ThrottleLimit 1
        Pop-Location
        $rows.State | Should -Be Finished, Finished, Finished
        $rows.N | Should -Be 1, 1, 1
        $rows.Here | Sort-Object -Unique | Should -Be $folder.FullName
    }

    It 'says of what it wrote why that is no metric: <Says>' -ForEach @(
        @{ Says = "the text 'done'"; Metric = 'Loss'; Trial = { param($x) [pscustomobject]@{ Loss = $x }; 'done' } }
        @{ Says = "Loss is 'good', which is no number"; Metric = 'Loss'; Trial = { param($x) [pscustomobject]@{ Loss = 'good'; Size = $x } } }
        @{ Says = 'Its numbers are: Loss. Name one with -Metric'; Metric = 'Acc'; Trial = { param($x) [pscustomobject]@{ Loss = $x } } }
    ) {
        $row = Invoke-Sweep @{ x = '1..2' } -ScriptBlock $Trial -Metric $Metric -Trials 1 -WarningVariable warned -WarningAction SilentlyContinue
        $row.Error | Should -Match $Says
        # The folder is gone, and nothing can go on with it.
        "$warned" | Should -Not -Match 'Resume-Sweep'
    }

    It 'may be a program whose last line is the number' {
        (Invoke-Sweep @{ x = 1, 2 } -ScriptBlock { param($x) "epoch 1"; "0.$x" } -Metric Value).Value | Should -Be .1, .2
    }
}
