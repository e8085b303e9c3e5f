# Every example runs as it stands, and shows what it says it shows.
BeforeAll {
    $script:examples = "$PSScriptRoot/../../examples"
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
