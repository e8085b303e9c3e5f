BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $script:data = New-Dataset Moons -Count 200 -Seed 1 | Split-Dataset .8, .2 -Seed 1
    $script:network = New-Network 2 | Add-Layer Linear 8 -Activation Tanh | Add-Layer Linear 2
    $script:curve = Join-Path $TestDrive curve.csv
    $script:run = $network | Invoke-Training $data -Epochs 12 -LearningCurve $curve -Metric F1 -LearningRate 0.05
}

Describe 'Watch-Training' {
    It 'draws a curve and the last epochs, and ends with the training' {
        $lines = Watch-Training $curve -NoColor -Width 100
        $lines[0] | Should -Match '^Epoch 12, ValidationLoss .*[\u2581-\u2588]{12}$'
        ($lines -join "`n") | Should -Match '[\u2801-\u28ff]'
        $lines[-1] | Should -Be 'The training has ended.'
        $lines[-2] | Should -Match '^ +12 '
        $lines[-6] | Should -Match '^ +8 '
    }
    It 'looks once, at another metric, while a row is half written' {
        $half = Join-Path $TestDrive half.csv
        $text = Get-Content $curve -Raw
        [IO.File]::WriteAllText($half, $text.Substring(0, $text.LastIndexOf("`n", $text.Length - 2) + 20))
        $lines = Watch-Training $half -Once -Metric F1 -NoColor -Rows 2
        $lines[0] | Should -Match '^Epoch 11, ValidationF1 '
        $lines[-1] | Should -Match '^ +11 '
        $lines -match '^ +9 ' | Should -BeNullOrEmpty
    }
    It 'finds the curve of a run folder, or reads its checkpoint' {
        $null = $network | Invoke-Training $data -Epochs 3 -Checkpoint (Join-Path $TestDrive a) -LearningCurve (Join-Path $TestDrive a.csv)
        (Watch-Training (Join-Path $TestDrive a) -Once -NoColor)[0] | Should -Match '^Epoch 3 of 3,'
        $null = $network | Invoke-Training $data -Epochs 4 -Checkpoint (Join-Path $TestDrive b)
        Get-Item (Join-Path $TestDrive b) | Watch-Training -Once -NoColor | Select-Object -First 1 | Should -Match '^Epoch 4 of 4,'
    }
    It 'follows a training that runs' {
        $live = Join-Path $TestDrive live.csv
        $job = $network | Invoke-Training $data -Epochs 5000 -LearningCurve $live -AsJob -Threads 1
        try {
            $deadline = [DateTime]::Now.AddSeconds(30)
            while (-not (Test-Path $live) -and [DateTime]::Now -lt $deadline) { Start-Sleep -Milliseconds 20 }
            $states = @(Watch-Training $live -NoColor -Interval 0.1 | Where-Object { $_ -match '^Epoch (\d+)|^No epoch|ended' } | ForEach-Object {
                    if ($_ -match '^Epoch' -and $job.State -eq 'Running') { Stop-Job $job }
                    $_
                })
            $states[-1] | Should -Be 'The training has ended.'
            $states.Count | Should -BeGreaterThan 2
        }
        finally { Stop-Job $job; Remove-Job $job -Force }
    }
    It 'says what is wrong' {
        { Watch-Training (Join-Path $TestDrive none.csv) -Once } | Should -Throw -ErrorId 'FileNotFound*'
        $null = New-Item -ItemType Directory (Join-Path $TestDrive empty)
        { Watch-Training (Join-Path $TestDrive empty) -Once } | Should -Throw -ErrorId 'NoLearningCurve*'
    }
}
