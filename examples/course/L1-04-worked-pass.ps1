<#
.SYNOPSIS
    Lecture 1, slides S31-S37: the worked forward and backward pass, step by step.
.DESCRIPTION
    What it shows: the network of the slide (inputs 4, -8, 4; two ReLU neurons a and b; a linear output c; target 2). The forward pass is worked out by the
    formulas and read from the network's layers; the backward pass by the delta recursion, and read from the weights before and after one step of
    SGD with rate 0.01. Two seconds on 2 cores.
    What to see: h = 0.875, error 1.265625; neuron a is dead, so its weights stay; after the step h = 1.1525164, error 0.7182284.
.PARAMETER Output
    Folder for the tables and the diagram.
.PARAMETER Quick
    The same: there is nothing to shorten.
.PARAMETER Full
    Goes on for 20 more steps.
.EXAMPLE
    ./L1-04-worked-pass.ps1 | Format-Table
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/L1-04'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force

$x = 4, -8, 4
$y = 2
$rate = .01
$weights = @{
    'hidden.weight' = (.25, .75, .75), (.5, .125, .25)
    'hidden.bias'   = 1, 1
    'out.weight'    = , (.5, .125)
    'out.bias'      = .5
}
$network = New-Network 3 | Add-Layer Linear 2 -Name hidden -Activation ReLU | Add-Layer Linear 1 -Name out
$network | Export-Network (Join-Path $Output network.svg) -Force
$data = [pscustomobject]@{ x1 = $x[0]; x2 = $x[1]; x3 = $x[2]; y = $y } | ConvertTo-Dataset -Target y

# By hand: sums, activations, output, error; then the deltas from the output back.
function Get-Pass($W) {
    $z = foreach ($j in 0, 1) { $W['hidden.bias'][$j] + $x[0] * $W['hidden.weight'][$j][0] + $x[1] * $W['hidden.weight'][$j][1] + $x[2] * $W['hidden.weight'][$j][2] }
    $f = foreach ($value in $z) { [Math]::Max(0.0, $value) }
    $h = $W['out.bias'] + $f[0] * $W['out.weight'][0][0] + $f[1] * $W['out.weight'][0][1]
    $deltaOut = 2 * ($h - $y)
    $delta = foreach ($j in 0, 1) { if ($z[$j] -gt 0) { $deltaOut * $W['out.weight'][0][$j] } else { 0 } }
    [pscustomobject]@{ z = $z; f = $f; h = $h; Error = ($h - $y) * ($h - $y); DeltaOut = $deltaOut; Delta = $delta }
}
$pass = Get-Pass $weights

# By the network: what each layer puts out, and the gradient as (weight before - weight after) / rate.
$model = $network | New-Model -Weight $weights -Dataset $data
$layers = ($data | Invoke-Model $model -Layer hidden, hidden_relu, out).Layers
$measured = ($model | Measure-Model $data -Loss MSE).Loss
$run = $network | New-Model -Weight $weights | Invoke-Training $data -Loss MSE -Optimizer SGD -LearningRate $rate -Epochs 1 -BatchSize 1
function Get-Gradient([string] $Name, [int] $Place, [double] $Before) { ($Before - ($run | Get-Weight $Name).Values[$Place]) / $rate }

$step = 0
& {
    foreach ($j in 0, 1) {
        $name = 'a', 'b' | Select-Object -Index $j
        [pscustomobject]@{ Step = ++$step; What = "sum z of neuron $name"; ByHand = $pass.z[$j]; Network = $layers['hidden'].Values[$j] }
        [pscustomobject]@{ Step = ++$step; What = "output of neuron $name"; ByHand = $pass.f[$j]; Network = $layers['hidden_relu'].Values[$j] }
    }
    [pscustomobject]@{ Step = ++$step; What = 'prediction h'; ByHand = $pass.h; Network = $layers['out'].Values[0] }
    [pscustomobject]@{ Step = ++$step; What = 'squared error'; ByHand = $pass.Error; Network = $measured }
    [pscustomobject]@{ Step = ++$step; What = 'dE/d bias of c'; ByHand = $pass.DeltaOut; Network = Get-Gradient out.bias 0 .5 }
    foreach ($j in 0, 1) {
        $name = 'a', 'b' | Select-Object -Index $j
        [pscustomobject]@{ Step = ++$step; What = "dE/d weight $name to c"; ByHand = $pass.DeltaOut * $pass.f[$j]; Network = Get-Gradient out.weight $j $weights['out.weight'][0][$j] }
    }
    foreach ($j in 0, 1) {
        $name = 'a', 'b' | Select-Object -Index $j
        [pscustomobject]@{ Step = ++$step; What = "dE/d bias of $name"; ByHand = $pass.Delta[$j]; Network = Get-Gradient hidden.bias $j 1 }
        foreach ($i in 0, 1, 2) {
            [pscustomobject]@{ Step = ++$step; What = "dE/d weight x$($i + 1) to $name"; ByHand = $pass.Delta[$j] * $x[$i]; Network = Get-Gradient hidden.weight (3 * $j + $i) $weights['hidden.weight'][$j][$i] }
        }
    }
    $new = @{
        'hidden.weight' = @(foreach ($j in 0, 1) { , @(foreach ($i in 0, 1, 2) { $weights['hidden.weight'][$j][$i] - $rate * $pass.Delta[$j] * $x[$i] }) })
        'hidden.bias'   = @(foreach ($j in 0, 1) { 1 - $rate * $pass.Delta[$j] })
        'out.weight'    = , @(foreach ($j in 0, 1) { $weights['out.weight'][0][$j] - $rate * $pass.DeltaOut * $pass.f[$j] })
        'out.bias'      = .5 - $rate * $pass.DeltaOut
    }
    $after = Get-Pass $new
    [pscustomobject]@{ Step = ++$step; What = 'prediction h after one step'; ByHand = $after.h; Network = ($data | Invoke-Model $run).Prediction }
    [pscustomobject]@{ Step = ++$step; What = 'squared error after one step'; ByHand = $after.Error; Network = ($run | Measure-Model $data -Loss MSE).Loss }
    if ($Full) {
        $long = $network | New-Model -Weight $weights | Invoke-Training $data -Loss MSE -Optimizer SGD -LearningRate $rate -Epochs 21 -BatchSize 1
        [pscustomobject]@{ Step = ++$step; What = 'squared error after 21 steps'; ByHand = $null; Network = ($long | Measure-Model $data -Loss MSE).Loss }
    }
} | Save-CourseTable $Output pass
