# Invoke-Sweep -Launcher Ssh through a real sshd, which lives in a folder of its own while these tests run. This machine stands for two: 127.0.0.1 and localhost.
BeforeDiscovery {
    $script:sshd = @('/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd' | Where-Object { Test-Path $_ })[0]
    $script:missing = if (-not ($IsLinux -or $IsMacOS)) { 'they start an sshd of their own, for which there are no instructions here' }
    elseif (-not $sshd -or @('ssh', 'ssh-keygen' | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction SilentlyContinue) }).Count) { 'openssh-server and openssh-client are not installed' }
    if ($missing) { Write-Host "Tests of SSH are skipped: $missing." }
}

BeforeAll {
    . $PSScriptRoot/Launchers.Setup.ps1
    $script:server = Join-Path ([IO.Path]::GetTempPath()) "sshd-$PID"

    function Start-Server {
        $sshd = @('/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd' | Where-Object { Test-Path $_ })[0]
        $null = New-Item -ItemType Directory -Path $server -Force
        $script:port = Get-FreePort
        Invoke-System "chmod 700 $server; ssh-keygen -q -t ed25519 -N '' -f $server/host; ssh-keygen -q -t ed25519 -N '' -f $server/user; cp $server/user.pub $server/authorized_keys"
        if ((& /usr/bin/id -u) -eq '0') { Invoke-System 'mkdir -p -m 755 /run/sshd' }
        $key = (Get-Content "$server/host.pub") -replace ' \S*$', ''
        Set-Content "$server/known_hosts" (@('127.0.0.1', 'localhost' | ForEach-Object { "[$_]:$port $key" }))
        # The tests' workers need what this process was started with.
        $environment = 'PATH', 'DOTNET_ROOT', 'DOTNET_CLI_HOME', 'DLEXPERIMENTS_NATIVE' | ForEach-Object { if ($value = [Environment]::GetEnvironmentVariable($_)) { "$_=$value" } }
        Set-Content "$server/config" @"
ListenAddress 127.0.0.1
Port $port
HostKey $server/host
PidFile $server/pid
AuthorizedKeysFile $server/authorized_keys
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
SetEnv $environment
"@
        Invoke-System "$sshd -f $server/config -E $server/log"
        Wait-Until { Test-Path "$server/pid" } 10
        $said = Invoke-System "ssh -T -o BatchMode=yes -o UserKnownHostsFile=$server/known_hosts -i $server/user -p $port -- 127.0.0.1 echo there"
        if ("$said" -ne 'there') { throw "$said" }
    }
    function Get-Launcher([hashtable] $more = @{}) {
        @{ Name = 'Ssh'; Port = $port; KeyFile = "$server/user"; Option = "UserKnownHostsFile=$server/known_hosts", 'IdentitiesOnly=yes' } + $more
    }
    # What a shell needs to know of the server.
    function Get-Setting { "Import-Module '$manifest'; `$ssh = @{ Name = 'Ssh'; Port = $port; KeyFile = '$server/user'; Option = 'UserKnownHostsFile=$server/known_hosts', 'IdentitiesOnly=yes' }" }
    # The processes that are at trials; a claim may be gone in the moment that it is looked at.
    function Get-Owner([string] $sweep) {
        @([IO.Directory]::GetFiles("$sweep/trials", 'claim.?', 'AllDirectories') | ForEach-Object {
            if ((Get-Content $_ -Raw -ErrorAction Ignore) -match '"process":(\d+)') { [int] $Matches[1] } })
    }

    $script:broken = $null
    # A system on which sshd is installed but lets nobody in says nothing about the launcher.
    if (-not $missing) { try { Start-Server } catch { $script:broken = "sshd does not start here: $_" } }
}

AfterAll {
    if (Test-Path "$server/pid") { Invoke-System "kill $(Get-Content "$server/pid")" }
    if (Test-Path $server) { Remove-Item $server -Recurse -Force }
}

Describe 'Invoke-Sweep -Launcher Ssh' -Skip:([bool]$missing) {
    It 'runs a sweep on two machines with the table of threads' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        $trial = New-Trial $TestDrive/plain 100
        $threads = Invoke-Sweep @{ x = '1..50' } $trial -Metric Loss -Trials 8 -ThrottleLimit 2
        $rows = Invoke-Sweep @{ x = '1..50' } $trial -Metric Loss -Trials 8 -ThrottleLimit 2 -Path $TestDrive/plain/sweep -Launcher (Get-Launcher) -ComputerName 127.0.0.1, localhost
        $rows.State | Should -Be (, 'Finished' * 8)
        "$($rows.Loss)" | Should -Be "$($threads.Loss)"
        "$($rows.Parameters)" | Should -Be "$($threads.Parameters)"
        # Each came in by a connection of its own, and both did something.
        @($rows.Connection | Sort-Object -Unique).Count | Should -Be 2
        @($rows.Worker | Sort-Object -Unique).Count | Should -Be 2
        @([IO.Directory]::GetFiles("$TestDrive/plain/sweep", 'tmp.*')) | Should -BeNullOrEmpty
    }

    It 'trains the same on other machines, with settings of each' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        $null = New-Item -ItemType Directory -Path $TestDrive/net
        Set-Content $TestDrive/net/trial.ps1 @"
param([double] `$LearningRate)
Import-Module '$manifest'
`$data = New-Dataset Moons -Count 200 | Split-Dataset .8, .2 -Seed 1
New-Network 2 | Add-Layer Linear 8 -Activation ReLU | Add-Layer Linear 2 | Invoke-Training `$data -LearningRate `$LearningRate -Epochs 4
"@
        $null = Invoke-System "ln -s $TestDrive/net $TestDrive/mounted"
        $threads = Invoke-Sweep @{ LearningRate = 'log 1e-3..1e-1' } $TestDrive/net/trial.ps1 -Trials 6 -Threads 1 -ThrottleLimit 3
        $rows = Invoke-Sweep @{ LearningRate = 'log 1e-3..1e-1' } $TestDrive/net/trial.ps1 -Trials 6 -Threads 1 -ThrottleLimit 3 -Path $TestDrive/net/sweep -Launcher (Get-Launcher) `
            -ComputerName 127.0.0.1, @{ Name = 'localhost'; Workers = 2; Folder = "$TestDrive/mounted/sweep" }
        ($rows | ForEach-Object { "$($_.Value.ToString('R'))" }) | Should -Be ($threads | ForEach-Object { "$($_.Value.ToString('R'))" })
    }

    It 'goes on without a machine that cannot be reached, and names it' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        $trial = New-Trial $TestDrive/down 10
        # Nobody listens on the other address.
        $rows = Invoke-Sweep @{ x = 1, 2, 3, 4 } $trial -Metric Loss -Path $TestDrive/down/sweep -Launcher (Get-Launcher) -ComputerName 127.0.0.3, 127.0.0.1 -WarningVariable warned -WarningAction SilentlyContinue
        $rows.Loss | Should -Be 1, 4, 9, 16
        "$warned" | Should -Match '127\.0\.0\.3 cannot be reached: .*(refused|timed out).*The others go on'
        $failure = $null
        try { Invoke-Sweep @{ x = 1, 2, 3, 4 } $trial -Metric Loss -Launcher (Get-Launcher) -ComputerName 127.0.0.3, 127.0.0.4 -WarningAction SilentlyContinue } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'WorkerFailed*'
        $failure.Exception.Message | Should -Match '127\.0\.0\.3 cannot be reached'
        $failure.Exception.Message | Should -Match '127\.0\.0\.4 cannot be reached'
    }

    It 'names a machine that does not see the folder' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        $trial = New-Trial $TestDrive/blind 10
        # A folder of the same name that is another one is not the sweep's folder either.
        $null = New-Item -ItemType Directory -Path $TestDrive/blind/other/trials
        { Invoke-Sweep @{ x = 1, 2 } $trial -Metric Loss -Path $TestDrive/blind/a -Launcher (Get-Launcher @{ Folder = "$TestDrive/blind/other" }) -ComputerName localhost } |
            Should -Throw "*localhost does not see the sweep's folder*blind/other*"
        $rows = Invoke-Sweep @{ x = 1, 2 } $trial -Metric Loss -Path $TestDrive/blind/b -Launcher (Get-Launcher) -ComputerName 127.0.0.1, @{ Name = 'localhost'; Folder = '/not/here' } -WarningVariable warned -WarningAction SilentlyContinue
        $rows.Loss | Should -Be 1, 4
        "$warned" | Should -Match "localhost does not see the sweep's folder '/not/here'"
        { Invoke-Sweep @{ x = 1, 2 } $trial -Metric Loss -Launcher (Get-Launcher @{ Program = '/not/a/shell' }) -ComputerName localhost } | Should -Throw '*localhost cannot run the worker*Program*'
    }

    It 'loses nothing when workers are killed' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice {
            $folder = "$TestDrive/killed-$attempt"
            $trial = New-Trial $folder 300
            $process = Start-Shell "$(Get-Setting); Invoke-Sweep @{ x = 1..12 } '$trial' -Metric Loss -ThrottleLimit 2 -Path '$folder/sweep' -Launcher `$ssh -ComputerName 127.0.0.1, localhost 3>&1 | Out-String"
            foreach ($ended in 2, 5) {
                Wait-Until { (Get-Note $folder end) -ge $ended -and (Get-Owner "$folder/sweep").Count }
                Invoke-System "kill -9 $((Get-Owner "$folder/sweep")[0])"
            }
            $said = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit(60000) | Should -BeTrue
            $said | Should -Match 'A new one goes on'
            $rows = Get-Trial "$folder/sweep"
            $rows.State | Should -Be (, 'Finished' * 12)
            $rows.Loss | Should -Be (1..12 | ForEach-Object { $_ * $_ })
            # One more for each that was killed between its note and its result.
            Get-Note $folder end | Should -BeIn 12, 13, 14
            Get-Note $folder begin | Should -BeIn 12, 13, 14
        }
    }

    It 'ends its workers when it is stopped, and is resumed' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice {
            $folder = "$TestDrive/stopped-$attempt"
            $trial = New-Trial $folder 500
            $process = Start-Shell "$(Get-Setting); Invoke-Sweep @{ x = 1..8 } '$trial' -Metric Loss -ThrottleLimit 2 -Path '$folder/sweep' -Launcher `$ssh -ComputerName 127.0.0.1, localhost | Out-Null"
            Wait-Until { (Get-Note $folder end) -ge 2 -and (Get-Owner "$folder/sweep").Count }
            $owners = Get-Owner "$folder/sweep"
            Invoke-System "kill -INT $($process.Id)"
            $process.WaitForExit(40000) | Should -BeTrue
            Wait-Until { -not ($owners | Where-Object { Test-Path "/proc/$_/stat" }) } 10
            Get-Trial "$folder/sweep" | Where-Object State -In Running, Interrupted | Should -BeNullOrEmpty
            $done = @(Get-Trial "$folder/sweep" | Where-Object State -EQ Finished)
            $done.Count | Should -BeGreaterThan 0   # one whose script had ended may have been put back before its result was written
            $done.Count | Should -BeLessThan 8
            $rows = Resume-Sweep "$folder/sweep" -ThrottleLimit 2 -Launcher (Get-Launcher) -ComputerName 127.0.0.1, localhost
            $rows.State | Should -Be (, 'Finished' * 8)
            $rows.Loss | Should -Be 1, 4, 9, 16, 25, 36, 49, 64
            # What had ended was not run again.
            ($rows | Where-Object Trial -In $done.Trial).Started | Should -Be $done.Started
        }
    }

    It 'leaves no worker alone when its own process is killed' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        Invoke-Twice {
            $folder = "$TestDrive/orphans-$attempt"
            $trial = New-Trial $folder 30000
            $process = Start-Shell "$(Get-Setting); Invoke-Sweep @{ x = 1, 2 } '$trial' -Metric Loss -ThrottleLimit 2 -Path '$folder/sweep' -Launcher `$ssh -ComputerName 127.0.0.1, localhost | Out-Null"
            Wait-Until { (Get-Note $folder begin) -ge 2 -and (Get-Owner "$folder/sweep").Count -eq 2 }
            $owners = Get-Owner "$folder/sweep"
            $process.Kill()
            Wait-Until { -not ($owners | Where-Object { Test-Path "/proc/$_/stat" }) } 20
            # They have put their trials back.
            @(Get-Trial "$folder/sweep" -State Waiting).Count | Should -Be 2
            Get-Note $folder end | Should -Be 0
        }
    }

    It 'says in its plan where trials would run, and what is wrong with a machine' {
        if ($broken) { Set-ItResult -Skipped -Because $broken; return }
        $trial = New-Trial $TestDrive/plan 1
        $plan = Invoke-Sweep @{ x = 1, 2, 3, 4, 5, 6, 7, 8 } $trial -Metric Loss -Launcher Ssh -ComputerName a, @{ Name = 'me@b'; Workers = 3 } -WhatIf
        $plan.Launcher | Should -Be Ssh
        $plan.Hosts | Should -Be a, me@b
        $plan.Workers | Should -Be 4
        { Invoke-Sweep @{ x = 1 } $trial -Launcher Ssh -WhatIf } | Should -Throw -ErrorId 'NoHost*'
        { Invoke-Sweep @{ x = 1 } $trial -Launcher Ssh -ComputerName '-oProxyCommand=x' -WhatIf } | Should -Throw -ErrorId 'InvalidHost*'
        { Invoke-Sweep @{ x = 1 } $trial -Launcher Ssh -ComputerName a, a -WhatIf } | Should -Throw -ErrorId 'InvalidHost*'
        { Invoke-Sweep @{ x = 1 } $trial -ComputerName a -WhatIf } | Should -Throw -ErrorId 'InvalidHost*'
        { Invoke-Sweep @{ x = 1 } $trial -Launcher Ssh -ComputerName @{ Name = 'a'; Prot = 3 } -WhatIf } | Should -Throw -ErrorId 'UnknownParameter*'
    }
}
