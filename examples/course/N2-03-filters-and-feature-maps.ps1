<#
.SYNOPSIS
    Notebook 2: what a convolutional network looks for, and what it sees.
.DESCRIPTION
    What it shows: the CNN of 10,330 parameters, before and after training on digits: the kernels of its first layer, the maps of both convolutions for one digit,
    before and after ReLU and pooling. Twenty seconds on 2 cores.
    What to see: trained kernels answer to edges in some direction; ReLU leaves the positive half of each map; pooling halves height and width; deeper maps are
    coarser and fewer of their numbers are above zero.
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table and the pictures.
.PARAMETER Quick
    Fewer digits and epochs.
.PARAMETER Full
    All digits there are.
.EXAMPLE
    ./N2-03-filters-and-feature-maps.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N2-03'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$digits = Get-CourseDigit $Data $(if ($Quick) { 600 } elseif ($Full) { 10000 } else { 3000 }) | Split-Dataset .8, .2 -Stratify -Seed 42
$network = New-Network 1, 28, 28 |
    Add-Layer Conv2d 16 3 -Padding same -Name conv1 | Add-Layer ReLU -Name relu1 | Add-Layer MaxPool2d 2 -Name pool1 |
    Add-Layer Conv2d 16 3 -Padding same -Name conv2 | Add-Layer ReLU -Name relu2 | Add-Layer MaxPool2d 2 -Name pool2 |
    Add-Layer Flatten | Add-Layer Linear 10
$layers = 'conv1', 'relu1', 'pool1', 'conv2', 'relu2', 'pool2'
$models = [ordered]@{
    untrained = $network | New-Model -Seed 42
    trained   = ($network | Invoke-Training $digits -Optimizer RMSprop -LearningRate 1e-3 -BatchSize 32 -Epochs $(if ($Quick) { 2 } else { 6 }) -Seed 42).Model
}
$rows = foreach ($state in $models.Keys) {
    $model = $models[$state]
    $model | Export-Plot Filters (Join-Path $Output "filters-$state.svg") -Layer conv1 -Title "Kernels of conv1, $state" -Force
    $seen = $digits.Test | Invoke-Model $model -Layer $layers | Select-Object -First 1
    foreach ($layer in 'conv1', 'relu1', 'pool2') {
        $seen | Export-Plot FeatureMaps (Join-Path $Output "maps-$layer-$state.svg") -Layer $layer -Title "$layer, $state" -Force
    }
    $accuracy = ($model | Measure-Model $digits.Test -Loss CrossEntropy).Accuracy
    foreach ($layer in $layers) {
        $map = $seen.Layers[$layer]
        $spread = $map.Values | Measure-Object -Minimum -Maximum
        [pscustomobject]@{
            State = $state; Layer = $layer; Shape = "$($map.Shape)"; Lowest = [double]$spread.Minimum; Highest = [double]$spread.Maximum
            Positive = @($map.Values | Where-Object { $_ -gt 0 }).Count / $map.Values.Count; TestAccuracy = $accuracy
        }
    }
}
$rows | Save-CourseTable $Output maps
