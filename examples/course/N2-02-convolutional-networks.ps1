<#
.SYNOPSIS
    Notebook 2 and its task 1: convolutional networks against dense ones.
.DESCRIPTION
    What it shows: the notebook's CNN of 10,330 parameters on digits; then, on pictures, the dense network of 278,506 parameters against CNNs that differ in one
    thing each: depth, number of filters, activation, pooling. Cross-entropy, RMSprop with rate 0.0001, batches of 32, nothing else is varied. A table, a
    bar chart of training and test accuracy, curves, and a diagram of the best. A minute on 2 cores; -Full takes a quarter of an hour.
    What to see: CNNs with a tenth of the parameters beat the dense network on the test pictures; the gap between training and test accuracy grows with size.
    On all 50,000 pictures of CIFAR-10 and 20 epochs the dense network's figure is 0.49.
.PARAMETER Data
    A folder with mnist and images/cifar10; without it, generated digits stand in for both.
.PARAMETER Output
    Folder for the table and the pictures.
.PARAMETER Quick
    Few pictures and epochs, a higher rate.
.PARAMETER Full
    Twenty epochs.
.EXAMPLE
    ./N2-02-convolutional-networks.ps1 -Data ~/data | Sort-Object TestAccuracy
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N2-02'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$epochs = if ($Quick) { 4 } elseif ($Full) { 20 } else { 8 }
# With a thirtieth of the pictures the notebook's rate of 0.0001 would take thirty times the epochs.
$rate = if ($Full) { 1e-4 } else { 1e-3 }
$options = @{ Loss = 'CrossEntropy'; Optimizer = 'RMSprop'; LearningRate = $rate; BatchSize = 32; Epochs = $epochs; Seed = 42 }

# 1. The notebook's CNN on digits.
$digits = Get-CourseDigit $Data $(if ($Quick) { 1000 } elseif ($Full) { 10000 } else { 3000 }) | Split-Dataset .8, .2 -Stratify -Seed 42
$first = New-Network 1, 28, 28 -Name 'digits CNN' |
    Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
    Add-Layer Conv2d 16 3 -Padding same -Activation ReLU | Add-Layer MaxPool2d 2 |
    Add-Layer Flatten | Add-Layer Linear 10
$digitRun = $first | Invoke-Training $digits @options

# 2. The task: one choice at a time.
$pictures = Get-CoursePicture $Data $(if ($Quick) { 600 } else { 2000 })
$shape = $pictures.InputShape
function New-DesignNetwork([int[]] $Filters = (16, 32), [string] $Activation = 'ReLU', [string] $Pooling = 'MaxPool2d') {
    $network = New-Network $shape
    foreach ($count in $Filters) { $network = $network | Add-Layer Conv2d $count 3 -Padding same -Activation $Activation | Add-Layer $Pooling 2 }
    $network | Add-Layer Flatten | Add-Layer Linear 10
}
$dense = New-Network $shape | Add-Layer Flatten
foreach ($width in 32, 64, 128, 256, 512) { $dense = $dense | Add-Layer Linear $width -Activation ReLU }
$designs = [ordered]@{
    'dense'              = $dense | Add-Layer Linear 10
    '2 convolutions'     = New-DesignNetwork
    '1 convolution'      = New-DesignNetwork -Filters 16
    '3 convolutions'     = New-DesignNetwork -Filters 16, 32, 64
    'twice the filters'  = New-DesignNetwork -Filters 32, 64
    'tanh'               = New-DesignNetwork -Activation Tanh
    'average pooling'    = New-DesignNetwork -Pooling AvgPool2d
}
$runs = foreach ($name in $designs.Keys) { $designs[$name] | Invoke-Training $pictures @options | Add-Member Design $name -PassThru }
$runs | Export-Plot LearningCurve (Join-Path $Output curves.svg) -By Design -Metric ValidationAccuracy -Title 'Accuracy on the test pictures' -Force

$rows = $runs | ForEach-Object {
    [pscustomobject]@{ Design = $_.Design; Parameters = $_.ParameterCount; TrainingAccuracy = $_.TrainingAccuracy; TestAccuracy = $_.ValidationAccuracy; Gap = $_.TrainingAccuracy - $_.ValidationAccuracy }
}
$rows | ForEach-Object {
    [pscustomobject]@{ Design = $_.Design; Accuracy = $_.TrainingAccuracy; Piece = 'training' }
    [pscustomobject]@{ Design = $_.Design; Accuracy = $_.TestAccuracy; Piece = 'test' }
} | Export-Plot Bar (Join-Path $Output designs.svg) -X Design -Y Accuracy -By Piece -Title 'One design choice at a time' -Force
$best = $rows | Sort-Object TestAccuracy -Descending | Select-Object -First 1
$designs[$best.Design] | Export-Network (Join-Path $Output best.svg) -Force
@([pscustomobject]@{ Design = 'CNN on digits'; Parameters = $digitRun.ParameterCount; TrainingAccuracy = $digitRun.TrainingAccuracy; TestAccuracy = $digitRun.ValidationAccuracy; Gap = $digitRun.TrainingAccuracy - $digitRun.ValidationAccuracy }) + $rows |
    Save-CourseTable $Output designs
