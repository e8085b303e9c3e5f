# Invoke-Experiment: experiments as files.
BeforeAll { . $PSScriptRoot/Experiments.Setup.ps1 }

Describe 'Invoke-Experiment' {
    It 'does what the cmdlets do, to the last bit' {
        $file = New-File basic.psd1 $basic
        $run = Invoke-Experiment $file
        $run.State | Should -Be Succeeded
        $run.ExitCode | Should -Be 0
        $data = New-Dataset Moons -Count 300 -Seed 3 | Split-Dataset .6, .2, .2 -Stratify -Seed 3 | Add-Transform Standardize
        $hand = New-Network 2 | Add-Layer Linear 8 | Add-Layer ReLU | Add-Layer Linear 2 |
            Invoke-Training $data -Epochs 5 -Optimizer SGD -Momentum .9 -LearningRate .05 -Seed 3
        $run.Results[0].BestValidationLoss | Should -Be $hand.BestValidationLoss
        $run.Results[0].TestLoss | Should -Be ($hand | Measure-Model $data).Loss
        $row = @(Import-Csv (Join-Path $run.Path results.csv))
        $row.Count | Should -Be 1
        [double]$row[0].TestLoss | Should -Be $run.Results[0].TestLoss
        @(Import-Csv (Join-Path $run.Path curve-3.csv)).Count | Should -Be 5
        (Import-Model (Join-Path $run.Path model-3.safetensors) | Measure-Model $data).Loss | Should -Be $run.Results[0].TestLoss
        Get-Content (Join-Path $run.Path experiment.psd1) -Raw | Should -Be (Get-Content $file -Raw)
        $lines = Get-Content (Join-Path $run.Path log.txt)
        $lines | Where-Object { $_ -notmatch '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S' } | Should -BeNullOrEmpty
        $lines[-1] | Should -Match 'ended: Succeeded$'
        (Get-Content (Join-Path $run.Path result.json) -Raw | ConvertFrom-Json).exitCode | Should -Be 0
    }

    It 'reads JSON with the same result' {
        $psd1 = Invoke-Experiment (New-File a.psd1 $basic)
        $json = Invoke-Experiment (New-File a.json @'
{
    "Seed": 3,
    "Data": { "Generator": "Moons", "Count": 300, "Split": { "Ratio": [0.6, 0.2, 0.2], "Stratify": true }, "Transform": ["Standardize"] },
    "Network": { "Layers": [ { "Type": "Linear", "OutFeatures": 8 }, { "Type": "ReLU" }, { "Type": "Linear", "OutFeatures": 2 } ] },
    "Training": { "Epochs": 5, "Optimizer": "SGD", "Momentum": 0.9, "LearningRate": 0.05 }
}
'@)
        $json.Results[0].TestLoss | Should -Be $psd1.Results[0].TestLoss
    }

    It 'reads tables and networks from files beside it' {
        $file = New-File own.psd1 @'
@{ Data = @{ Path = 'flowers.csv'; Target = 'y'; Split = .7, .3 }; Network = 'net.json'; Training = @{ Epochs = 2 }; Measure = @{ BatchSize = 4 } }
'@
        $folder = Split-Path $file
        0..29 | ForEach-Object { [pscustomobject]@{ a = $_ % 3; b = $_ / 10; y = 'x', 'z' | Select-Object -Index ($_ % 2) } } | Export-Csv (Join-Path $folder flowers.csv)
        New-Network 2 | Add-Layer Linear 2 | Export-Network (Join-Path $folder net.json)
        $run = Invoke-Experiment $file -Output (Join-Path $folder out) -RunName first
        $run.State | Should -Be Succeeded
        $run.Path | Should -Be (Join-Path $folder 'out/first')
        $run.Results[0].TestCount | Should -Be 9
        { Invoke-Experiment $file -Output (Join-Path $folder out) -RunName first } | Should -Throw -ErrorId 'RunExists*'
        (Invoke-Experiment $file -Output (Join-Path $folder out) -RunName first -Force).State | Should -Be Succeeded
    }

    It 'takes an architecture' {
        $run = Invoke-Experiment (New-File digits.psd1 @'
@{ Data = @{ Generator = 'Digits'; Count = 60; Split = .8, .2 }; Network = @{ Architecture = 'LeNet5' }; Training = @{ Epochs = 1 } }
'@)
        $run.State | Should -Be Succeeded
        $run.Results[0].ParameterCount | Should -Be (New-Network -Architecture LeNet5).ParameterCount
    }

    It 'sweeps, refits the best setting and measures it' {
        $run = Invoke-Experiment (New-File sweep.psd1 @'
@{
    Data     = @{ Generator = 'Moons'; Count = 200; Split = .6, .2, .2 }
    Network  = @{ Layers = @( @{ Type = 'Linear'; OutFeatures = 8 }, @{ Type = 'Tanh' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 4 }
    Sweep    = @{ Space = @{ LearningRate = .001, .05; BatchSize = 8, 32 }; ThrottleLimit = 2 }
}
'@)
        $run.State | Should -Be Succeeded
        $trials = Import-Csv (Join-Path $run.Path trials.csv)
        $trials.Count | Should -Be 4
        $best = $trials | Sort-Object { [double]$_.Value } | Select-Object -First 1
        $run.Results[0].LearningRate | Should -Be ([double]$best.LearningRate)
        $run.Results[0].TestAccuracy | Should -BeGreaterThan .6
        Get-Variable __experiment_result -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'trains the best setting of a sweep with several seeds, and writes a report' {
        $run = Invoke-Experiment (New-File report.psd1 @'
@{
    Seed     = 5
    Repeat   = 3
    Data     = @{ Generator = 'Moons'; Count = 200; Split = .6, .2, .2 }
    Network  = @{ Name = 'small'; Layers = @( @{ Type = 'Linear'; OutFeatures = 2 } ) }, @{ Name = 'wide'; Layers = @( @{ Type = 'Linear'; OutFeatures = 16 }, @{ Type = 'Tanh' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 6 }
    Sweep    = @{ Space = @{ LearningRate = .001, .05 } }
    Gate     = @{ Metric = 'TestAccuracy'; Baseline = 'baseline.csv' }
    Report   = @{ Format = 'html', 'md'; Path = 'latest.html'; Title = 'Two networks'; Text = @{ Introduction = 'Which is better?' } }
}
'@)
        $run.Error | Should -BeNullOrEmpty
        $run.Results.Seed | Should -Be 5, 6, 7
        @(Import-Csv (Join-Path $run.Path trials.csv)).Count | Should -Be 4
        # The chosen setting, trained by hand on all rows but those for the test.
        $data = New-Dataset Moons -Count 200 -Seed 5 | Split-Dataset .6, .2, .2 -Seed 5
        $run.Results[0].TrainingCount | Should -Be ($data.Train.Count + $data.Validation.Count)
        $run.Results.LearningRate | Should -Be .05, .05, .05
        @($run.Results.BestTrainingLoss | Sort-Object -Unique).Count | Should -Be 3
        Get-ChildItem $run.Path -Filter model-*.safetensors | Should -HaveCount 3
        $html = Get-Content (Join-Path $run.Path report.html) -Raw
        foreach ($part in 'Two networks', 'Which is better', 'wide', 'there was no baseline|There was no baseline', 'Invoke-Experiment ./report.psd1') { $html | Should -Match $part }
        Get-Content (Join-Path $run.Path report.md) -Raw | Should -Match '# Two networks'
        Join-Path (Split-Path (Split-Path (Split-Path $run.Path))) latest.html | Should -Exist
    }

    It 'estimates by a nested cross-validation and trains the setting chosen on all rows' {
        $run = Invoke-Experiment (New-File nested.psd1 @'
@{
    Data     = @{ Generator = 'Moons'; Count = 120; Split = .8, .2 }
    Network  = @{ Layers = @( @{ Type = 'Linear'; OutFeatures = 8 }, @{ Type = 'Tanh' }, @{ Type = 'Linear'; OutFeatures = 2 } ) }
    Training = @{ Epochs = 4 }
    Sweep    = @{ Space = @{ LearningRate = .001, .05 }; Fold = 2; OuterFold = 3; Metric = 'ValidationAccuracy' }
    Report   = @{ }
}
'@)
        $run.Error | Should -BeNullOrEmpty
        @(Import-Csv (Join-Path $run.Path nested.csv)).Count | Should -Be 3
        $run.Results.Count | Should -Be 1
        $run.Results[0].TrainingCount | Should -Be 96
        Join-Path $run.Path report.html | Should -Exist
    }

    It 'checks and runs nothing when asked what if' {
        $file = New-File if.psd1 $basic
        Invoke-Experiment $file -WhatIf | Should -BeNullOrEmpty
        Test-Path (Join-Path (Split-Path $file) runs) | Should -BeFalse
    }
}

Describe 'Invoke-Experiment names what is wrong: <Says>' {
    It 'in <Text>' -ForEach @(
        @{ Says = 'Data'; Text = '@{ Dta = @{ Generator = "Moons" } }' }
        @{ Says = 'it has no Data'; Text = '@{ Network = "n.json" }' }
        @{ Says = 'it has no Network'; Text = '@{ Data = @{ Generator = "Moons" } }' }
        @{ Says = 'Momentum'; Text = '@{ Data = @{ Generator = "Moons" }; Network = @{ Layers = @() }; Training = @{ Momentun = .9 } }' }
        @{ Says = 'either Path'; Text = '@{ Data = @{ Count = 3 }; Network = "n.json" }' }
        @{ Says = 'Spirals'; Text = '@{ Data = @{ Generator = "Spirlas" }; Network = "n.json" }' }
        @{ Says = 'Stratify'; Text = '@{ Data = @{ Generator = "Moons"; Split = @{ Ratio = .8, .2; Statify = $true } }; Network = "n.json" }' }
        @{ Says = 'Standardize'; Text = '@{ Data = @{ Generator = "Moons"; Transform = "Standrdize" }; Network = "n.json" }' }
        @{ Says = 'line 1 holds code'; Text = '@{ Data = @{ Generator = (Get-Date) }; Network = "n.json" }' }
        @{ Says = 'holds code'; Text = '@{ Data = "$(Remove-Item x)" }' }
        @{ Says = 'one hashtable'; Text = 'Get-Process' }
        @{ Says = 'line 1'; Text = '@{ Data = ' }
        @{ Says = 'Space'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Sweep = @{ Trials = 3 } }' }
        @{ Says = 'Sweep.Space: .*LearningRate'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Sweep = @{ Space = @{ LearningRate = "log 0..1" } } }' }
        @{ Says = "Training.Epochs is 'many', which is not a value of type whole number"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Training = @{ Epochs = "many" } }' }
        @{ Says = 'Sweep.Trials is 0; it is at least 1'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Sweep = @{ Space = @{ LearningRate = 1, 2 }; Trials = 0 } }' }
        @{ Says = "Sweep.Goal is 'Least'.*Minimize"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Sweep = @{ Space = @{ LearningRate = 1, 2 }; Goal = "Least" } }' }
        @{ Says = 'Gate.Tolerance is -1'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Gate = @{ Metric = "TestLoss"; Baseline = "b.csv"; Tolerance = -1 } }' }
        @{ Says = "Report.Format: 'report.doc' ends in '.doc'"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Report = @{ Format = "doc" } }' }
        @{ Says = "Report.Layout is 'Long'.*Coursework"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Report = @{ Layout = "Long" } }' }
        @{ Says = "Report has no 'Fromat'. .*Format"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Report = @{ Fromat = "md" } }' }
        @{ Says = "Training.Momentum is 'much'"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Training = @{ Optimizer = "SGD"; Momentum = "much" } }' }
        @{ Says = "Training.Optimizer: .*Adam"; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Training = @{ Optimizer = "Adm" } }' }
        @{ Says = "Data.Count is 'many'"; Text = '@{ Data = @{ Generator = "Moons"; Count = "many" }; Network = "n.json" }' }
        @{ Says = 'Network is a list'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json", "m.json" }' }
        @{ Says = 'Network is 5'; Text = '@{ Data = @{ Generator = "Moons" }; Network = 5 }' }
        @{ Says = 'Baseline'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Gate = @{ Metric = "TestLoss" } }' }
        @{ Says = 'should be a hashtable'; Text = '@{ Data = @{ Generator = "Moons" }; Network = "n.json"; Training = 5 }' }
        @{ Says = 'Name'; Text = '@{ Name = "a/b"; Data = @{ Generator = "Moons" }; Network = "n.json" }' }
        @{ Says = 'whole number'; Text = '@{ Seed = "x"; Data = @{ Generator = "Moons" }; Network = "n.json" }' }
    ) {
        $file = New-File bad.psd1 $Text
        try { Invoke-Experiment $file; $failure = $null } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidExperiment*'
        $failure.Exception.Message | Should -Match $Says
        Test-Path (Join-Path (Split-Path $file) runs) | Should -BeFalse
        Invoke-Experiment $file -ExitCode -ErrorAction SilentlyContinue | Should -Be 2
    }

    It 'before anything runs, also with -WhatIf, in <Text>' -ForEach @(
        @{ Says = "Network: layer 1: .*'Lineer'.*Linear"; Text = 'Network = @{ Layers = @(@{ Type = "Lineer"; OutFeatures = 2 }) }' }
        @{ Says = "Network: layer 2: Linear has no parameter 'outFeature'"; Text = 'Network = @{ Layers = @(@{ Type = "ReLU" }, @{ Type = "Linear"; OutFeature = 2 }) }' }
        @{ Says = 'Network: layer 1: Linear needs OutFeatures'; Text = 'Network = @{ Layers = @(@{ Type = "Linear" }) }' }
        @{ Says = "Network: .*the key 'layer'"; Text = 'Network = @{ Layer = @(@{ Type = "Linear" }) }' }
        @{ Says = 'Network: .*has no Layers'; Text = 'Network = @{ Name = "empty" }' }
        @{ Says = 'Network: There is no file .*nowhere.json'; Text = 'Network = "nowhere.json"' }
        @{ Says = "Network 2: layer 1: .*'Tanhh'"; Text = 'Network = @(@{ Layers = @(@{ Type = "Tanh" }) }, @{ Layers = @(@{ Type = "Tanhh" }) }); Sweep = @{}' }
        @{ Says = 'Training: Momentum is no setting of Adam'; Text = 'Training = @{ Momentum = .9 }' }
        @{ Says = "Training: Metric: .*'Acuracy'"; Text = 'Training = @{ Metric = "Acuracy" }' }
        @{ Says = "Training: Schedule: Step has no parameter 'StepSise'"; Text = 'Training = @{ Schedule = @{ Name = "Step"; StepSise = 3 } }' }
        @{ Says = "Training: EarlyStopping has no parameter 'Patince'"; Text = 'Training = @{ EarlyStopping = @{ Patince = 3 } }' }
        @{ Says = 'Training: Epochs is 0'; Text = 'Training = @{ Epochs = 0 }' }
        @{ Says = "Training: Device: 'gpu9'"; Text = 'Training = @{ Device = "gpu9" }' }
        @{ Says = "Sweep: There is no sampler named 'TPEE'"; Text = 'Sweep = @{ Space = @{ LearningRate = .1, .2 }; Sampler = "TPEE" }' }
        @{ Says = "Sweep: TPE has no parameter 'Gama'"; Text = 'Sweep = @{ Space = @{ LearningRate = .1, .2 }; Sampler = @{ Name = "TPE"; Gama = 3 } }' }
        @{ Says = 'Sweep: SuccessiveHalving: ReductionFactor is 1'; Text = 'Sweep = @{ Space = @{ LearningRate = .1, .2 }; Pruner = @{ Name = "ASHA"; ReductionFactor = 1 } }' }
        @{ Says = 'Sweep: .*LearningRat\b'; Text = 'Sweep = @{ Space = @{ LearningRat = .1, .2 } }' }
        @{ Says = 'Sweep: The setting Optimizer=SDG'; Text = 'Sweep = @{ Space = @{ Optimizer = "Adam", "SDG" } }' }
        @{ Says = 'Sweep: .*-Launcher Processes'; Text = 'Sweep = @{ Space = @{ LearningRate = .1, .2 }; Launcher = "Processes" }' }
        @{ Says = 'Sweep: .*BestVallLoss'; Text = 'Sweep = @{ Space = @{ LearningRate = .1, .2 }; Metric = "BestVallLoss" }' }
        @{ Says = 'Sweep: .*give -Fold too'; Text = 'Sweep = @{ Space = @{ LearningRate = .1, .2 }; OuterFold = 3 }' }
        @{ Says = "Gate: Metric is 'TestAcuracy'.*TestAccuracy"; Text = 'Gate = @{ Metric = "TestAcuracy"; Baseline = "b.csv" }' }
        @{ Says = 'Gate: .*folder .*does not exist'; Text = 'Gate = @{ Metric = "TestAccuracy"; Baseline = "no/b.csv" }' }
        @{ Says = 'Report: .*folder .*does not exist'; Text = 'Report = @{ Path = "no/latest.html" }' }
        @{ Says = 'Data: Moons: Count is -5'; Text = 'Data = @{ Generator = "Moons"; Count = -5 }' }
        @{ Says = 'Data: Split: The ratios 0.8, 0.3'; Text = 'Data = @{ Generator = "Moons"; Split = .8, .3 }' }
    ) {
        $rest = @{ Data = 'Data = @{ Generator = "Moons"; Split = .8, .2 }'; Network = 'Network = @{ Layers = @(@{ Type = "Linear"; OutFeatures = 2 }) }' }
        $file = New-File early.psd1 "@{ $Text; $(($rest.Keys | Where-Object { $Text -notmatch "^$_ " } | ForEach-Object { $rest[$_] }) -join '; ') }"
        Invoke-Experiment $file -ExitCode -WhatIf -ErrorVariable failure -ErrorAction SilentlyContinue | Should -Be 2
        $failure[0].Exception.Message | Should -Match $Says
        Invoke-Experiment $file -ExitCode -ErrorAction SilentlyContinue | Should -Be 2
        Test-Path (Join-Path (Split-Path $file) runs) | Should -BeFalse
    }

    It 'in a baseline without the column' {
        $file = New-File gate.psd1 '@{ Data = @{ Generator = "Moons"; Split = .8, .2 }; Network = @{ Layers = @(@{ Type = "Linear"; OutFeatures = 2 }) }; Gate = @{ Metric = "TestAccuracy"; Baseline = "b.csv" } }'
        Set-Content (Join-Path (Split-Path $file) b.csv) '"Seed","TestLoss"', '"0","0.3"'
        { Invoke-Experiment $file } | Should -Throw -ErrorId 'InvalidExperiment*' -ExpectedMessage '*has no column TestAccuracy*'
    }

    It 'in JSON that does not parse' {
        Invoke-Experiment (New-File bad.json '{ "Data": ') -ExitCode -ErrorAction SilentlyContinue | Should -Be 2
        Invoke-Experiment (New-File bad.json '[1]') -ExitCode -ErrorAction SilentlyContinue | Should -Be 2
    }

    It 'in a step that fails, which another start goes on with' {
        $file = New-File step.psd1 '@{ Data = @{ Path = "later.csv"; Target = "y"; Split = .8, .2 }; Network = @{ Layers = @(@{ Type = "Linear"; OutFeatures = 2 }) }; Training = @{ Epochs = 1 } }'
        $run = Invoke-Experiment $file -ErrorVariable failure -ErrorAction SilentlyContinue
        $run.State | Should -Be Failed
        $run.ExitCode | Should -Be 1
        $failure[-1].FullyQualifiedErrorId | Should -BeLike 'FileNotFound*'
        Get-Content (Join-Path $run.Path log.txt) | Out-String | Should -Match 'error: FileNotFound: .*later\.csv'
        1..20 | ForEach-Object { [pscustomobject]@{ a = $_; y = "c$($_ % 2)" } } | Export-Csv (Join-Path (Split-Path $file) later.csv)
        $second = Invoke-Experiment $file
        $second.State | Should -Be Succeeded
        $second.Resumed | Should -BeTrue
        $second.Path | Should -Be $run.Path
    }
}
