<#
.SYNOPSIS
    Notebook 2, task 2: prices of houses from their pictures.
.DESCRIPTION
    What it shows: regression from pictures: a folder of pictures and a text file with a line for each, price last; the price divided by the highest; networks with one
    output and the mean absolute percentage error as loss, Adam with rate 0.001, batches of 32. Three architectures, a figure of training and validation loss.
    The stand-in draws 64 x 64 houses whose width, height and number of lit windows make the price. A minute on 2 cores.
    What to see: the validation error of the best is far below 75 %, the aim of the task, and below that of the best constant; the CNN beats the dense network.
.PARAMETER Data
    A folder with Houses-dataset (HousesInfo.txt and N_frontal.jpg), the notebook's set; without it, drawn houses.
.PARAMETER Output
    Folder for the table, the figure and the drawn houses.
.PARAMETER Quick
    Fewer houses and epochs.
.PARAMETER Full
    The task's 100 epochs.
.EXAMPLE
    ./N2-04-house-prices.ps1 | Sort-Object ValidationMape
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N2-04'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$epochs = if ($Quick) { 25 } elseif ($Full) { 100 } else { 40 }
$folder = if ($Data) { Join-Path $Data Houses-dataset }

# Writes bitmaps of houses, 24 bits a pixel, rows from the bottom, and the list of prices.
function New-House([string] $Folder, [int] $Count) {
    $null = New-Item -ItemType Directory -Path $Folder -Force
    $random = [Random]::new(42)
    $lines = for ($n = 1; $n -le $Count; $n++) {
        $width = $random.Next(16, 57); $height = $random.Next(14, 47); $lit = 0
        $pixels = [byte[]]::new(54 + 64 * 64 * 3)
        foreach ($byte in (0, 0x42), (1, 0x4D), (10, 54), (14, 40), (18, 64), (22, 64), (26, 1), (28, 24)) { $pixels[$byte[0]] = $byte[1] }
        [BitConverter]::GetBytes($pixels.Length).CopyTo($pixels, 2)
        $left = [int]((64 - $width) / 2)
        $noise = [byte[]]::new(64); $random.NextBytes($noise)
        $wall = $random.Next(90, 150)
        $windows = foreach ($floor in 0..([int][Math]::Floor($height / 12) - 1)) { foreach ($place in 0..([int][Math]::Floor($width / 10) - 1)) { $on = $random.NextDouble() -lt .5; if ($on) { $lit++ }; , @(($left + 3 + 10 * $place), (4 + 12 * $floor), $on) } }
        for ($y = 0; $y -lt 64; $y++) {
            for ($x = 0; $x -lt 64; $x++) {
                $inside = $y -lt $height -and $x -ge $left -and $x -lt $left + $width
                $value = if ($inside) { $wall } else { 200 + ($noise[($x + 7 * $y) % 64] -shr 4) }
                $at = 54 + 3 * (64 * $y + $x)
                $pixels[$at] = $value; $pixels[$at + 1] = $value; $pixels[$at + 2] = if ($inside) { $value + 40 } else { $value - 30 }
            }
        }
        foreach ($window in $windows) {
            foreach ($y in 0..5) { foreach ($x in 0..4) {
                $at = 54 + 3 * (64 * ($window[1] + $y) + $window[0] + $x)
                $pixels[$at] = if ($window[2]) { 120 } else { 60 }; $pixels[$at + 1] = if ($window[2]) { 250 } else { 50 }; $pixels[$at + 2] = if ($window[2]) { 255 } else { 50 }
            } }
        }
        [IO.File]::WriteAllBytes((Join-Path $Folder "${n}_frontal.bmp"), $pixels)
        $price = [int](20000 + 150 * $width * $height + 15000 * $lit)
        "$([int]($width / 10)) $([int]($height / 12)) $($width * $height) $price"
    }
    Set-Content (Join-Path $Folder HousesInfo.txt) $lines
}
$pattern = '*_frontal.jpg'
if (-not ($folder -and (Test-Path $folder))) {
    $folder = Join-Path $Output houses
    New-House $folder $(if ($Quick) { 120 } else { 400 })
    $pattern = '*_frontal.bmp'
}

$houses = Import-Dataset (Join-Path $folder HousesInfo.txt) -Format ImageList -Pattern $pattern -Size 64, 64
$highest = ($houses | ConvertFrom-Dataset | Measure-Object Target -Maximum).Maximum
$houses = $houses | Add-Transform MinMax -OnTarget -Minimum 0 -Maximum $highest | Split-Dataset .8, .2 -Seed 42
$houses | Out-Host

$networks = [ordered]@{
    'dense'            = New-Network $houses.InputShape | Add-Layer Flatten | Add-Layer Linear 32 -Activation ReLU | Add-Layer Linear 1
    '2 convolutions'   = New-Network $houses.InputShape | Add-Layer Conv2d 8 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 4 |
        Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 4 | Add-Layer Flatten | Add-Layer Linear 32 -Activation ReLU | Add-Layer Linear 1
    '3 convolutions'   = New-Network $houses.InputShape | Add-Layer Conv2d 8 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
        Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 | Add-Layer Conv2d 32 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 4 |
        Add-Layer Flatten | Add-Layer Linear 32 -Activation ReLU | Add-Layer Linear 1
}
$runs = foreach ($name in $networks.Keys) {
    $networks[$name] | Invoke-Training $houses -Loss MAPE -Optimizer Adam -LearningRate 1e-3 -BatchSize 32 -Epochs $epochs -Seed 42 | Add-Member Network $name -PassThru
}
$runs | Export-Plot LearningCurve (Join-Path $Output loss.svg) -By Network -Metric Loss -Title 'Mean absolute percentage error' -Force

# What a constant can do: the median of the training prices.
$prices = @($houses.Train | ConvertFrom-Dataset | Sort-Object Target | ForEach-Object { [double]$_.Target })
$median = $prices[[int]($prices.Count / 2)]
$constant = ($houses.Test | ConvertFrom-Dataset | ForEach-Object { 100 * [Math]::Abs($median - $_.Target) / $_.Target } | Measure-Object -Average).Average
$rows = @([pscustomobject]@{ Network = 'the median price'; Parameters = 0; TrainingMape = $null; ValidationMape = $constant; BestValidationMape = $constant; BestEpoch = $null })
$rows += $runs | ForEach-Object {
    [pscustomobject]@{ Network = $_.Network; Parameters = $_.ParameterCount; TrainingMape = $_.FinalTrainingLoss; ValidationMape = $_.FinalValidationLoss; BestValidationMape = $_.BestValidationLoss; BestEpoch = $_.BestEpoch }
}
$rows | Save-CourseTable $Output prices
