<#
.SYNOPSIS
    Networks that are no chains: residuals, branches, two inputs, twins, named architectures, diagrams, and a new head on a trained trunk.
.DESCRIPTION
    What it shows: blocks, -From and -Share make any graph of layers; a definition costs nothing until it is trained. About half a minute on
    2 cores; -Quick ten seconds.
    What to see: a small residual network learns digits; five pictures of networks (open them in a browser); and the same trunk, frozen, tells
    odd from even digits with a new last layer alone, which is trained in two epochs.
.PARAMETER Output
    Folder for the diagrams; it is made when it does not exist.
.PARAMETER Quick
    Fewer digits and epochs.
.EXAMPLE
    ./04-graph-networks.ps1 -Output ~/networks
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/04-graph-networks'),
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force
function Get-Target($name) { Join-Path $Output $name }

# 1. Residual blocks, and branches side by side: what is in braces takes the block's input.
$residual = New-Network 1, 28, 28 -Name 'Small residual network' |
    Add-Layer Conv2d 8 5 -Stride 2 -Padding 2 -Activation ReLU -Name stem |
    Add-Layer Residual -Name stage1 -Repeat 2 -Activation ReLU {
        Add-Layer Conv2d 8 3 -Padding same -Bias:$false | Add-Layer BatchNorm2d -Activation ReLU |
            Add-Layer Conv2d 8 3 -Padding same -Bias:$false | Add-Layer BatchNorm2d
    } |
    Add-Layer MaxPool2d 2 |
    Add-Layer Parallel -Name mixed -Merge Concat -Activation ReLU { Add-Layer Conv2d 8 1 }, { Add-Layer Conv2d 16 3 -Padding same }, {
        Add-Layer MaxPool2d 3 1 -Padding 1 | Add-Layer Conv2d 8 1
    } |
    Add-Layer AdaptiveAvgPool2d 3 | Add-Layer Flatten | Add-Layer Linear 10 -Name head
$residual | Out-Host
$residual | Export-Network (Get-Target residual.svg) -Force

# 2. Two inputs of different kinds that meet: an image, and numbers that belong to it.
$two = New-Network -Input ([ordered]@{ image = 3, 32, 32; facts = 6 }) -Name 'Image and facts' |
    Add-Layer Conv2d 16 3 -From image -Activation ReLU | Add-Layer GlobalAvgPool2d -Name seen |
    Add-Layer Linear 16 -From facts -Activation ReLU -Name told |
    Add-Layer Concat -From seen, told_relu | Add-Layer Linear 4
$two | Export-Network (Get-Target two-inputs.svg) -Force

# 3. Twins: the second tower computes with the weights of the first, which exist and count once.
$twins = New-Network -Input ([ordered]@{ left = 1, 28, 28; right = 1, 28, 28 }) -Name 'Twins' |
    Add-Layer Sequential -Name tower -From left {
        Add-Layer Conv2d 8 5 -Activation ReLU | Add-Layer MaxPool2d 2 | Add-Layer Flatten | Add-Layer Linear 16
    } |
    Add-Layer -Share tower -Name twin -From right |
    Add-Layer AbsoluteDifference -From tower, twin | Add-Layer Linear 1
$twins | Export-Network (Get-Target twins.svg) -Force
'{0}: {1:n0} parameters for both towers and the score.' -f $twins.Name, $twins.ParameterCount

# 4. Networks with a name: definitions, so that even the largest is there at once. Trained ones start from New-Network too.
$known = foreach ($name in 'LeNet5', 'ResNet18', 'GoogLeNet', 'MobileNetV2', 'UNet', 'VisionTransformer') { New-Network -Architecture $name }
$known | Select-Object Name, InputShape, ParameterCount, MultiplyAdds | Sort-Object ParameterCount | Format-Table | Out-Host
New-Network -Architecture GoogLeNet -Auxiliary -Classes 10 | Export-Network (Get-Target googlenet.svg) -Force
New-Network -Architecture UNet -InputShape 1, 64, 64 | Export-Network (Get-Target unet.svg) -Force
$residual | Export-Network (Get-Target residual.psd1) -Force

# 5. Training the residual network, then its frozen trunk with a new head: are digits odd or even?
$count, $epochs = if ($Quick) { 1200, 3 } else { 4000, 6 }
$digits = New-Dataset Digits -Count $count -Seed 1 | Split-Dataset .8, .2 -Stratify -Seed 1
$run = $residual | Invoke-Training $digits -Optimizer Adam -LearningRate 5e-3 -BatchSize 32 -Epochs $epochs -Seed 1
$parity = New-Dataset Digits -Count $count -Seed 2 | Add-Transform MapClass -Map { ('even', 'odd')[[int]$_ % 2] } | Split-Dataset .8, .2 -Stratify -Seed 2
$changed = $run | Remove-Layer head | Set-Layer * -Frozen | Add-Layer Linear 2 -Name oddness -Seed 3
$again = $changed | Invoke-Training $parity -Optimizer Adam -LearningRate 2e-2 -BatchSize 32 -Epochs 2 -Seed 4
'Digits: {0:p1} of the test digits right. Odd or even, with {1} weights trained of {2:n0}: {3:p1}.' -f
    ($run | Measure-Model $digits.Test).Accuracy, $changed.Network.TrainableParameterCount, $changed.Network.ParameterCount, ($again | Measure-Model $parity.Test).Accuracy
