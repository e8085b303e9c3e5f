<#
.SYNOPSIS
    Notebook 3, task 1: ten runs of one network, tuned in ten ways.
.DESCRIPTION
    What it shows: the CNN of the coursework (32-64-128-256 filters, 390,986 parameters, 391,946 with batch normalisation; Xavier's weights), Adam with rate 0.0003,
    cross-entropy, batches of 64. a: no augmentation, flips and shifts, and a stronger mixture; b: dropout 0.3, batch normalisation, both; c: weights of zeros;
    d: SGD with three rates. Seven rows of best validation accuracies, the curves of all, a figure for SGD. Three minutes on 2 cores; -Full has the
    task's 40 epochs.
    What to see: zeros stay at chance (10 %); batch normalisation speeds learning; augmentation narrows the gap between training and validation; SGD
    at these rates hardly starts. On all of CIFAR-10 the notebook's default run ends at 0.786.
.PARAMETER Data
    A folder with images/cifar10; without it, generated digits.
.PARAMETER Output
    Folder for the tables and the figures.
.PARAMETER Quick
    Few pictures and epochs, a quarter of the filters, a higher rate.
.PARAMETER Full
    40 epochs.
.EXAMPLE
    ./N3-09-ten-runs.ps1 -Data ~/data | Sort-Object BestAccuracy -Descending
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-09'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$epochs = if ($Quick) { 4 } elseif ($Full) { 40 } else { 8 }
$filters = if ($Quick) { 8, 16, 32, 64 } else { 32, 64, 128, 256 }
$rate = if ($Quick) { 3e-3 } else { 3e-4 }
$pictures = Get-CoursePicture $Data $(if ($Quick) { 480 } else { 2000 })

# The network of the coursework, as data: dropout behind each block, batch normalisation in each.
function New-CourseworkNetwork([double] $Dropout, [switch] $BatchNorm) {
    $network = New-Network $pictures.InputShape
    for ($i = 0; $i -lt 4; $i++) {
        $network = $network | Add-Layer Conv2d $filters[$i] 3 -Padding 1
        if ($BatchNorm) { $network = $network | Add-Layer BatchNorm2d }
        $network = $network | Add-Layer ReLU
        if ($Dropout) { $network = $network | Add-Layer Dropout2d $Dropout }
        if ($i -lt 3) { $network = $network | Add-Layer MaxPool2d 2 }
    }
    $network = $network | Add-Layer GlobalAvgPool2d
    if ($Dropout) { $network = $network | Add-Layer Dropout $Dropout }
    $network | Add-Layer Linear 10
}
$plain = New-CourseworkNetwork
$mild = $pictures | Add-Transform RandomFlip | Add-Transform RandomTranslation .1
$strong = $mild | Add-Transform RandomRotation 15 | Add-Transform ColorJitter .2 .2 | Add-Transform RandomErasing
$adam = @{ Optimizer = 'Adam'; LearningRate = $rate }

$settings = @(
    @{ Part = 'a'; Name = 'no augmentation'; Network = $plain; Set = $pictures; Options = $adam }
    @{ Part = 'a'; Name = 'flips and shifts'; Network = $plain; Set = $mild; Options = $adam }
    @{ Part = 'a'; Name = 'strong augmentation'; Network = $plain; Set = $strong; Options = $adam }
    @{ Part = 'b'; Name = 'dropout'; Network = New-CourseworkNetwork -Dropout .3; Set = $pictures; Options = $adam }
    @{ Part = 'b'; Name = 'batch normalisation'; Network = New-CourseworkNetwork -BatchNorm; Set = $pictures; Options = $adam }
    @{ Part = 'b'; Name = 'dropout and batch normalisation'; Network = New-CourseworkNetwork -Dropout .3 -BatchNorm; Set = $pictures; Options = $adam }
    @{ Part = 'c'; Name = 'zeros'; Network = $plain; Set = $pictures; Options = $adam + @{ Initialiser = 'Zeros' } }
    @{ Part = 'd'; Name = "SGD $(10 * $rate)"; Network = $plain; Set = $pictures; Options = @{ Optimizer = 'SGD'; LearningRate = 10 * $rate } }
    @{ Part = 'd'; Name = "SGD $(10 * $rate / 3)"; Network = $plain; Set = $pictures; Options = @{ Optimizer = 'SGD'; LearningRate = 10 * $rate / 3 } }
    @{ Part = 'd'; Name = "SGD $rate"; Network = $plain; Set = $pictures; Options = @{ Optimizer = 'SGD'; LearningRate = $rate } }
)
# The ten runs are the ten trials of a sweep, one after another with all processors: started again after a stop, it goes on with those that are left.
$sweep = @{
    Space = [ordered]@{ Setting = $settings.Name; Epochs = $epochs; Pictures = $pictures.Train.Count }
    ScriptBlock = {
        param($Setting, $Epochs, $Pictures)
        $own = $using:settings | Where-Object Name -eq $Setting
        $options = $own.Options.Clone()
        if (-not $options.Initialiser) { $options.Initialiser = 'XavierUniform' }
        $run = $own.Network | Invoke-Training $own.Set @options -Loss CrossEntropy -BatchSize 64 -Epochs $Epochs -Seed 42 `
            -LearningCurve (Join-Path $using:Output "$Setting.csv") -Force
        $best = $run.History | Sort-Object ValidationAccuracy -Descending -Stable | Select-Object -First 1
        [pscustomobject]@{
            Part = $own.Part; ParameterCount = $run.ParameterCount; BestAccuracy = $best.ValidationAccuracy; BestEpoch = $best.Epoch
            TrainingAccuracy = $run.TrainingAccuracy; FirstLoss = $run.History[0].TrainingLoss; LastLoss = $run.FinalTrainingLoss
        }
    }
    Metric = 'BestAccuracy'; ThrottleLimit = 1; Path = Join-Path $Output "sweep-$($pictures.Train.Count)-$epochs"; Resume = $true
}
$runs = Invoke-Sweep @sweep
foreach ($part in 'a', 'b', 'd') {
    $curves = foreach ($run in $runs | Where-Object Part -eq $part) { Import-LearningCurve (Join-Path $Output "$($run.Setting).csv") }
    $curves | Export-Plot LearningCurve (Join-Path $Output "part-$part.svg") -Metric Loss -Title "Part $part" -Force
}
$runs | ForEach-Object {
    [pscustomobject]@{
        Part = $_.Part; Setting = $_.Setting; Parameters = $_.ParameterCount; BestAccuracy = $_.BestAccuracy; BestEpoch = $_.BestEpoch
        TrainingAccuracy = $_.TrainingAccuracy; FirstLoss = $_.FirstLoss; LastLoss = $_.LastLoss
    }
} | Save-CourseTable $Output runs
