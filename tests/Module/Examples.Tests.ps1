# Every example runs as it stands, and shows what it says it shows.
BeforeAll {
    $script:examples = "$PSScriptRoot/../../examples"
    # Commands that are written for a scheduler name a shell; inside .NET it is dlx.
    . $PSScriptRoot/Shell.Setup.ps1
}

Describe 'Example 01, a first network' {
    It 'learns digits, and measures the same after saving and loading' {
        $lines = & $examples/01-first-network.ps1 -Quick -Output $TestDrive/one 6> $null | Out-String
        $lines -match 'Test accuracy (?<first>\d+\.\d+).*; after saving and loading (?<second>\d+\.\d+)' | Should -BeTrue
        $Matches.first | Should -Be $Matches.second
        [double]$Matches.first | Should -BeGreaterThan 80   # -Quick sees 1,600 digits twice
        $curve = Import-Csv $TestDrive/one/curve.csv
        @($curve).Count | Should -Be 2
        [double]$curve[1].TrainingLoss | Should -BeLessThan ([double]$curve[0].TrainingLoss)
    }
}

Describe 'Example 02, from a CSV file' {
    It 'tells flowers apart, and ranks the learning rates' {
        $predictions = & $examples/02-from-csv.ps1 -Output $TestDrive/two
        $predictions.Count | Should -Be 3
        $predictions.Actual | Should -BeIn setosa, versicolor, virginica
        $runs = Import-Csv $TestDrive/two/runs.csv
        [double[]]$runs.LearningRate | Should -Be .01, .001, .0001
        [double]$runs[0].ValidationAccuracy | Should -BeGreaterThan .9
    }

    It 'takes a table of the reader' {
        $table = Join-Path $TestDrive own.csv
        1..30 | ForEach-Object { [pscustomobject]@{ a = $_; b = 1; c = 2; d = 3; Species = ('x', 'y', 'z')[$_ % 3] } } | Export-Csv $table
        & $examples/02-from-csv.ps1 -Path $table -Quick -Output $TestDrive/three | ForEach-Object Actual | Should -BeIn x, y, z
    }
}

Describe 'Example 03, plots' {
    It 'writes its pictures and shows a curve' {
        $lines = & $examples/03-plots.ps1 -Quick -Output $TestDrive/plots 6> $null | Out-String
        $lines | Should -Match '11 pictures'
        $lines | Should -Match '[\u2801-\u28ff]'
        (Get-Content $TestDrive/plots/rates.svg -Raw) | Should -Match 'BestValidationLoss'
    }
}

Describe 'Example 05, objectives' {
    It 'learns two tasks, distances of digits, and what a script says' {
        $lines = & $examples/05-objectives.ps1 -Quick -Output $TestDrive/five 6> $null | Out-String
        $lines -match 'Age off by (?<age>\d+\.\d+) years, kind right in (?<kind>\d+\.\d+)' | Should -BeTrue
        [double]$Matches.age | Should -BeLessThan 8      # ages span 70 years
        [double]$Matches.kind | Should -BeGreaterThan 85
        $lines -match 'same digit (?<near>\d+\.\d+), other digits (?<far>\d+\.\d+)' | Should -BeTrue
        [double]$Matches.far | Should -BeGreaterThan (1.5 * [double]$Matches.near)
        $lines -match '(?<low>\d+\.\d+) % of the true values lie below the line' | Should -BeTrue
        [double]$Matches.low | Should -BeGreaterThan 80   # a quantile of 90 %
        (Import-Csv $TestDrive/five/people.csv)[-1].ValidationLoss_age | Should -Not -BeNullOrEmpty
    }
}

Describe 'Example 06, control of a training' {
    It 'stops early, shows vanishing gradients and dead units, and goes on to the same bits' {
        $lines = & $examples/06-training-control.ps1 -Quick -Output $TestDrive/control 6> $null | Out-String
        $lines -match 'Stopped after epoch (?<last>\d+) \((?<why>\w+)\), best epoch (?<best>\d+); validation loss (?<loss>\S+)' | Should -BeTrue
        [int]$Matches.best | Should -BeLessOrEqual ([int]$Matches.last)
        $lines | Should -Match "The saved model has $([regex]::Escape($Matches.loss))"
        $lines -match '(?<rest>\S+) after going on, (?<whole>\S+) in one piece' | Should -BeTrue
        $Matches.rest | Should -BeExactly $Matches.whole
        $deep = @(Import-Csv $TestDrive/control/layers.csv | Where-Object Activation -eq Sigmoid)
        [double]$deep[0].GradientNorm | Should -BeLessThan (0.01 * [double]$deep[6].GradientNorm)
        $rates = [double[]](Import-Csv $TestDrive/control/schedules.csv).Step
        foreach ($i in 0..9) { [math]::Abs($rates[$i] / [math]::Pow(10, -2 - [math]::Floor($i / 3)) - 1) | Should -BeLessThan 1e-12 }
        Test-Path $TestDrive/control/best.safetensors | Should -BeTrue
    }
}

Describe 'Example 04, graph networks' {
    It 'draws its networks, learns digits, and teaches a new head on the frozen trunk' {
        $lines = & $examples/04-graph-networks.ps1 -Quick -Output $TestDrive/graphs 6> $null | Out-String
        foreach ($picture in 'residual', 'two-inputs', 'twins', 'googlenet', 'unet') { "$TestDrive/graphs/$picture.svg" | Should -FileContentMatch '^<svg ' }
        $lines -match 'Digits: (?<digits>\d+\.\d+).*with 578 weights trained of 4,466: (?<parity>\d+\.\d+)' | Should -BeTrue
        # 960 digits three times; a guess is right for 10 % and 50 %.
        [double]$Matches.digits | Should -BeGreaterThan 80
        [double]$Matches.parity | Should -BeGreaterThan 80
        (Import-Network "$TestDrive/graphs/residual.psd1").ParameterCount | Should -Be 6778
    }
}

Describe 'Example 07, a thousand fits' {
    It 'finds that the complex hypothesis overfits noise, and pays with more points' {
        & $examples/07-a-thousand-fits.ps1 -Quick -Output $TestDrive/fits | Select-Object -Last 1 | Should -Match '^108 fits'
        $fits = Import-Csv $TestDrive/fits/fits.csv
        function Get-Mean($rows) { ($rows.Overfit | Measure-Object -Average).Average }
        Get-Mean ($fits | Where-Object { $_.Noise -eq 1 -and $_.Count -eq 20 }) | Should -BeGreaterThan 0.3
        Get-Mean ($fits | Where-Object { $_.Noise -eq 0 -and $_.Count -eq 120 }) | Should -BeLessThan 0
        (Get-Content $TestDrive/fits/overfit.svg -Raw) | Should -Match 'degree 10'
    }
}

Describe 'Example 08, data from files' {
    It 'tells tones apart, reads raw sentences, predicts in units and names the bad file' {
        $lines = & $examples/08-data-files.ps1 -Quick -Output $TestDrive/files 6> $null | Out-String
        $lines -match 'told apart: (?<share>[\d.]+) %' | Should -BeTrue
        [double]$Matches.share | Should -BeGreaterThan 80   # 100 % as a rule; 20 sounds, so a step is 5 %
        $lines -match 'error: (?<own>[\d.]+) units; .*: (?<naive>[\d.]+)' | Should -BeTrue
        [double]$Matches.own | Should -BeLessThan ([double]$Matches.naive)
        $lines | Should -Match 'Read 1 and 3; refused: 2.csv, line 3'
        $texts = Import-Model $TestDrive/files/reviews.safetensors
        ('a GREAT film', 'the film is dull' | Invoke-Model $texts).Prediction -join ',' | Should -Be 'pos,neg'
    }
}

Describe 'Example 09, augmentation' {
    It 'draws its galleries and compares' {
        $lines = & $examples/09-augmentation.ps1 -Quick -Output $TestDrive/nine
        @($lines | Where-Object { $_ -is [string] }).Count | Should -BeGreaterThan 5
        $rows = Import-Csv $TestDrive/nine/accuracy.csv
        $rows.Training -join ',' | Should -Be 'plain,augmented'
        @(Import-Csv $TestDrive/nine/augmented.csv).Count | Should -Be 3
        foreach ($name in 'shapes.png', 'classes.svg', 'augmented.png', 'trivial.png', 'boxes.png') { Test-Path $TestDrive/nine/$name | Should -BeTrue }
    }
}

Describe 'Example 10, a sweep' {
    It 'goes on without running a trial again, and refits the best setting' {
        $lines = & $examples/10-sweep.ps1 -Quick -Output $TestDrive/sweep 6> $null | Out-String
        $lines -match 'Refitted on 1200 digits: test accuracy (?<accuracy>\d\.\d+)' | Should -BeTrue
        [double]$Matches.accuracy | Should -BeGreaterThan .8   # -Quick sees 1,200 digits six times
        $trials = Import-Csv $TestDrive/sweep/trials.csv
        $trials.Count | Should -Be 12
        $trials.State | Should -Contain Pruned
        @(Import-Csv $TestDrive/sweep/summary.csv).Count | Should -Be 3
    }
}

Describe 'Example 11, a report' {
    It 'writes a page, Markdown and the short layouts' {
        $files = & $examples/11-report.ps1 -Quick -Output $TestDrive/report 6> $null 3> $null
        $files.Name | Should -Contain report.html
        $html = Get-Content $TestDrive/report/report.html -Raw
        $html | Should -Match 'Hidden 64'
        $html | Should -Match '11-report.ps1'
        $html | Should -Match 'Mistakes, the surest first'
        foreach ($name in 'report.md', 'interim.html', 'coursework.html') { Join-Path $TestDrive/report $name | Should -Exist }
    }
}

Describe 'Example 12, nightly' {
    It 'makes a baseline, passes, and fails on a regression with a report' {
        $lines = & $examples/12-nightly.ps1 -Quick -Output $TestDrive/nightly 6> $null
        $lines[0] | Should -Match '^Succeeded: exit code 0'
        $lines[1] | Should -Match '^Succeeded: exit code 0'
        $lines[2] | Should -Match '^Regressed: exit code 3.*TestAccuracy is worse than the baseline'
        $lines[3] | Should -BeLike '*latest.html'
        $lines[4] | Should -Match '^30 2 \* \* \* .*# DLExperiments:nightly$'
        $latest = Get-Content $TestDrive/nightly/latest.html -Raw
        $latest | Should -Match 'TestAccuracy is worse than the baseline'
        $latest | Should -Match '<svg'
        (Get-ChildItem $TestDrive/nightly/runs -Filter report.md -Recurse).Count | Should -Be 3
    }
}
