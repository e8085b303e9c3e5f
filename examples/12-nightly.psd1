# What 12-nightly.ps1 runs every night: data only, nothing in it is executed.
@{
    Name     = 'nightly'
    Seed     = 1
    Repeat   = 3                                     # three seeds, so that chance is not taken for a regression
    Data     = @{
        Generator = 'Digits'; Count = 2000
        Split     = @{ Ratio = .6, .2, .2; Stratify = $true }
    }
    Network  = @{
        Layers = @(
            @{ Type = 'Flatten' }
            @{ Type = 'Linear'; OutFeatures = 64 }, @{ Type = 'ReLU' }, @{ Type = 'Dropout'; P = .2 }
            @{ Type = 'Linear'; OutFeatures = 10 }
        )
    }
    Training = @{ Epochs = 12; LearningRate = 3e-3; EarlyStopping = 4 }
    Gate     = @{ Metric = 'TestAccuracy'; Baseline = 'baseline.csv' }
    # In the folder of each run, and of the newest beside this file.
    Report   = @{
        Format = 'html', 'md'; Path = 'latest.html'; Title = 'Nightly run'
        Text   = @{ Introduction = 'A network reads generated digits; each night it is trained anew with three seeds and held against the baseline.' }
    }
}
