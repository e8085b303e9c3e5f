# Register-Experiment, Get-Experiment, Unregister-Experiment
BeforeAll {
    . $PSScriptRoot/Shell.Setup.ps1
    $script:file = Join-Path $TestDrive "it's 100 % nightly.psd1"
    Set-Content $file @'
@{ Name = 'nightly'; Data = @{ Generator = 'Moons'; Count = 60; Split = .8, .2 }; Network = @{ Layers = @(@{ Type = 'Linear'; OutFeatures = 2 }) }; Training = @{ Epochs = 1 } }
'@
    # Programs that keep what they are told, in the place of the system's.
    $script:bin = Join-Path $TestDrive bin
    $null = New-Item -ItemType Directory -Path $bin
    function Set-Program([string] $name, [string] $text) {
        Set-Content (Join-Path $bin $name) "#!/bin/sh`n$text"
        if (-not $IsWindows) { & /bin/sh -c "chmod +x '$bin/$name'" }
    }
    Set-Program crontab @"
table='$TestDrive/table'
case `$1 in
-l) if [ -f "`$table" ]; then cat "`$table"; else echo 'no crontab for tester' >&2; exit 1; fi ;;
-) cat > "`$table" ;;
*) exit 2 ;;
esac
"@
    Set-Program systemctl "echo `"`$*`" >> '$TestDrive/systemctl.log'"
    Set-Program schtasks @"
store='$TestDrive/tasks'; mkdir -p "`$store"
case `$1 in
/Create) cp "`$5" "`$store/`$(printf '%s' "`$3" | sed 's/.*[\\]//')" ;;
/Query) if [ "`$2" = /FO ]; then for f in "`$store"/*; do [ -f "`$f" ] && printf '"\\DLExperiments\\%s","x","Ready"\n' "`$(basename "`$f")"; done
        else iconv -f UTF-16 -t UTF-8 "`$store/`$(printf '%s' "`$3" | sed 's/.*[\\]//')"; fi ;;
/Delete) rm "`$store/`$(printf '%s' "`$3" | sed 's/.*[\\]//')" ;;
esac
"@
    $script:path = $env:PATH
    $script:config = $env:XDG_CONFIG_HOME
    $env:PATH = $bin + [IO.Path]::PathSeparator + $env:PATH
    $env:XDG_CONFIG_HOME = Join-Path $TestDrive config
}

AfterAll {
    $env:PATH = $path
    $env:XDG_CONFIG_HOME = $config
}

Describe 'Register-Experiment with cron' -Skip:(-not $IsLinux) {
    It 'writes one marked line and leaves the others alone' {
        Set-Content $TestDrive/table "# mine`n5 4 * * * other # DLExperiments-like`nMAILTO=me"
        Register-Experiment $file -Scheduler Cron -At 03:30 -Keep 7 | Out-Null
        Register-Experiment $file -Scheduler Cron -Name hourly -Every Hour -At 00:15 | Out-Null
        Register-Experiment $file -Scheduler Cron -Name weekly -Every Week -DayOfWeek Monday, Friday -At 23:05 | Out-Null
        $lines = Get-Content $TestDrive/table
        $lines[0..2] | Should -Be '# mine', '5 4 * * * other # DLExperiments-like', 'MAILTO=me'
        $lines[3] | Should -Match '^30 3 \* \* \* .*-NonInteractive.*-Keep 7.* # DLExperiments:nightly$'
        $lines[4] | Should -Match '^15 \* \* \* \* .* # DLExperiments:hourly$'
        $lines[5] | Should -Match '^5 23 \* \* 1,5 .* # DLExperiments:weekly$'
        $lines.Count | Should -Be 6

        # Again: the line is replaced.
        Register-Experiment $file -Scheduler Cron -At 04:00 | Out-Null
        @(Get-Content $TestDrive/table | Where-Object { $_ -like '*DLExperiments:nightly' }) | Should -HaveCount 1

        $jobs = Get-Experiment -Scheduler Cron
        $jobs.Name | Sort-Object | Should -Be hourly, nightly, weekly
        ($jobs | Where-Object Name -EQ nightly).Schedule | Should -Be '0 4 * * *'
        (Get-Experiment w* -Scheduler Cron).Name | Should -Be weekly

        $jobs | Unregister-Experiment -Scheduler Cron
        Get-Content $TestDrive/table | Should -Be '# mine', '5 4 * * * other # DLExperiments-like', 'MAILTO=me'
        { Unregister-Experiment nightly -Scheduler Cron -ErrorAction Stop } | Should -Throw -ErrorId 'JobNotFound*'
    }

    It 'writes a line that the shell can run, whatever the path has in it' {
        Remove-Item $TestDrive/table -ErrorAction SilentlyContinue
        Register-Experiment $file -Scheduler Cron -Output $TestDrive/cron | Out-Null
        # As cron does: the five fields are its own, a percent sign behind a backslash is one, the rest is the shell's.
        $command = ((Get-Content $TestDrive/table) -replace '^(\S+ ){5}', '') -replace '\\%', '%'
        Set-Content $TestDrive/line.sh $command
        & /bin/sh $TestDrive/line.sh
        $LASTEXITCODE | Should -Be 0
        @(Get-ChildItem $TestDrive/cron/*/result.json).Count | Should -Be 1
    }

    It 'shows what it would write, and writes nothing' {
        Remove-Item $TestDrive/table -ErrorAction SilentlyContinue
        $entry = Register-Experiment $file -Scheduler Cron -WhatIf
        $entry.Text | Should -Match '^0 2 \* \* \* .*# DLExperiments:nightly$'
        Test-Path $TestDrive/table | Should -BeFalse
        Get-Experiment -Scheduler Cron | Should -BeNullOrEmpty
    }
}

Describe 'Register-Experiment with systemd' -Skip:(-not $IsLinux) {
    It 'writes a timer and a service, and removes those alone' {
        $units = Join-Path $TestDrive config/systemd/user
        $null = New-Item -ItemType Directory -Path $units -Force
        Set-Content (Join-Path $units dlexperiments-mine.timer) "[Timer]`nOnCalendar=daily"
        Register-Experiment $file -Scheduler Systemd -Every Week -DayOfWeek Sunday, Wednesday -At 01:02 | Out-Null
        $timer = Get-Content (Join-Path $units dlexperiments-nightly.timer)
        $timer | Should -Contain 'OnCalendar=Sun,Wed *-*-* 01:02:00'
        $timer | Should -Contain 'Persistent=true'
        # Percent signs are doubled, and the quotation is systemd's.
        Get-Content (Join-Path $units dlexperiments-nightly.service) | Out-String | Should -Match "ExecStart=.*it''s 100 %% nightly\.psd1"
        (Get-Experiment -Scheduler Systemd).Name | Should -Be nightly
        (Get-Experiment -Scheduler Systemd).Schedule | Should -Be 'Sun,Wed *-*-* 01:02:00'
        # systemd's own opinion of the two files, where it is installed. A container may have no /run/systemd to look in.
        if (Get-Command systemd-analyze -CommandType Application -ErrorAction SilentlyContinue) {
            $opinion = systemd-analyze --user verify (Join-Path $units dlexperiments-nightly.timer) (Join-Path $units dlexperiments-nightly.service) 2>&1 | Out-String
            $opinion | Should -Not -Match 'dlexperiments-nightly\.\w+:\d+'
            systemd-analyze calendar 'Sun,Wed *-*-* 01:02:00' 2>&1 | Out-String | Should -Match 'Normalized form: (Wed,Sun|Sun,Wed) \*-\*-\* 01:02:00'
        }
        { Register-Experiment $file -Scheduler Systemd -Name mine } | Should -Throw -ErrorId 'SchedulerFailed*'
        Unregister-Experiment nightly -Scheduler Systemd
        @(Get-ChildItem $units).Name | Should -Be dlexperiments-mine.timer
        Get-Content $TestDrive/systemctl.log | Should -Be '--user daemon-reload', '--user enable --now dlexperiments-nightly.timer', '--user disable --now dlexperiments-nightly.timer', '--user daemon-reload'
    }
}

Describe 'Register-Experiment with scheduled tasks' {
    It 'describes a task in the XML of Windows' {
        $entry = Register-Experiment $file -Scheduler Windows -Every Week -DayOfWeek Saturday -At 06:30 -WhatIf
        $entry.Location | Should -Be '\DLExperiments\nightly'
        $task = ([xml]$entry.Text).Task
        $task.Triggers.CalendarTrigger.StartBoundary | Should -Match 'T06:30:00$'
        @($task.Triggers.CalendarTrigger.ScheduleByWeek.DaysOfWeek.ChildNodes).LocalName | Should -Be Saturday
        $task.Actions.Exec.Arguments | Should -Match '-NonInteractive .*-Command ".*Invoke-Experiment.*"$'
        $hourly = ([xml](Register-Experiment $file -Scheduler Windows -Every Hour -At 00:10 -WhatIf).Text).Task.Triggers.CalendarTrigger
        $hourly.Repetition.Interval | Should -Be PT1H
        $hourly.StartBoundary | Should -Match 'T00:10:00$'
        # The schema has them in this order (MS-TSCH 2.5.3, triggerBaseType and calendarTriggerType), and the trigger before it in any.
        @($hourly.ChildNodes).LocalName | Should -Be StartBoundary, Repetition, ScheduleByDay
    }

    It 'registers, lists and removes it with schtasks' -Skip:(-not $IsLinux) {
        Register-Experiment $file -Scheduler Windows -At 06:30 | Out-Null
        $job = Get-Experiment -Scheduler Windows
        $job.Name | Should -Be nightly
        $job.Schedule | Should -Be 'daily 06:30'
        $job.Command | Should -Match 'Invoke-Experiment'
        Unregister-Experiment nightly -Scheduler Windows
        Get-Experiment -Scheduler Windows | Should -BeNullOrEmpty
    }
}

Describe 'Register-Experiment names what is wrong' {
    It 'in the file, before anything is written' {
        Set-Content $TestDrive/bad.psd1 '@{ Data = 3 }'
        { Register-Experiment $TestDrive/bad.psd1 -Scheduler Cron } | Should -Throw -ErrorId 'InvalidExperiment*'
        { Register-Experiment $TestDrive/none.psd1 -Scheduler Cron } | Should -Throw -ErrorId 'FileNotFound*'
    }
    It 'in a name that no scheduler could keep: <_>' -ForEach 'two words', "it's", 'a"b', 'käse', '実験', 'a/b', '../x', 'a\b', '-x', '.x', 'a%b', ('x' * 101) {
        foreach ($scheduler in 'Cron', 'Systemd', 'Windows') {
            { Register-Experiment $file -Scheduler $scheduler -Name $_ } | Should -Throw -ErrorId 'InvalidJobName*'
            if ($IsLinux) { { Unregister-Experiment $_ -Scheduler $scheduler -ErrorAction Stop } | Should -Throw -ErrorId 'JobNotFound*' }
        }
        { Register-Experiment $file -Scheduler Cron -Name '' } | Should -Throw
    }
    It 'in a path: a line break would begin another line of the table' -Skip:(-not $IsLinux) {
        Remove-Item $TestDrive/table -ErrorAction SilentlyContinue
        $null = New-Item -ItemType Directory -Path "$TestDrive/a`nb"
        Copy-Item $file "$TestDrive/a`nb/x.psd1"
        { Register-Experiment "$TestDrive/a`nb/x.psd1" -Scheduler Cron } | Should -Throw -ErrorId 'InvalidJobCommand*'
        Test-Path $TestDrive/table | Should -BeFalse
        # Whatever else is in a path is kept: the name of the job is the experiment's own.
        $odd = "$TestDrive/日本 'q' `"d`" -x `$y.psd1"
        Copy-Item $file $odd
        Register-Experiment $odd -Scheduler Cron -Name ('x' * 100) | Out-Null
        Unregister-Experiment ('x' * 100) -Scheduler Cron
        @(Get-Experiment -Scheduler Cron) | Should -HaveCount 0
    }
    It 'in a name, a time or a scheduler' {
        { Register-Experiment $file -Scheduler Cron -Name "a`nb" } | Should -Throw -ErrorId 'InvalidJobName*'
        { Register-Experiment $file -Scheduler Cron -At 25:00 } | Should -Throw
        { Register-Experiment $file -Scheduler Corn } | Should -Throw -ErrorId 'UnknownScheduler*'
    }
}
