<#
.SYNOPSIS
    Lecture 1, slides S42-S43: backpropagation from the pseudo-code, beside the module's own gradients.
.DESCRIPTION
    What it shows: the pseudo-code of the slide, written out for a network 2-6-1 with tanh: pick a point, forward all x, backward all delta, update all
    w. The same network, from the same weights, with the same points in the same order, is trained by Invoke-Training, once with each engine: libtorch, whose
    autograd differentiates, and the module's own kernels. Five seconds on 2 cores.
    What to see: after hundreds of single-point updates the weights of all three differ by rounding only (32 bits there, 64 here).
.PARAMETER Output
    Folder for the table.
.PARAMETER Quick
    Fewer rounds.
.PARAMETER Full
    More rounds.
.EXAMPLE
    ./L1-05-backpropagation.ps1 | Format-Table
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/L1-05'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$rounds = if ($Quick) { 5 } elseif ($Full) { 100 } else { 20 }
$rate = .05
$hidden = 6
$network = New-Network 2 | Add-Layer Linear $hidden -Name hidden -Activation Tanh | Add-Layer Linear 1 -Name out
$start = $network | New-Model -Seed 1
$initial = @{}
$start | Get-Weight | ForEach-Object { $initial[$_.Name] = [double[]]$_.Values }

$random = [Random]::new(1)
$rows = 1..60 | ForEach-Object {
    $a = 2 * $random.NextDouble() - 1
    $b = 2 * $random.NextDouble() - 1
    [pscustomobject]@{ a = $a; b = $b; y = $a * $b }
}
$data = $rows | ConvertTo-Dataset -Target y

# The pseudo-code. w1[j, i] leads from input i to neuron j; the deltas are those of the error (h - y)^2.
$w1 = $initial['hidden.weight'].Clone(); $b1 = $initial['hidden.bias'].Clone()
$w2 = $initial['out.weight'].Clone(); $b2 = $initial['out.bias'][0]
foreach ($round in 1..$rounds) {
    foreach ($row in $rows) {                                                                   # pick (x_k, y_k)
        $x = [double[]][float[]]($row.a, $row.b)                                                # data sets hold 32 bits
        $f = [double[]]@(foreach ($j in 0..($hidden - 1)) { [Math]::Tanh($b1[$j] + $w1[2 * $j] * $x[0] + $w1[2 * $j + 1] * $x[1]) })
        $h = $b2
        for ($j = 0; $j -lt $hidden; $j++) { $h += $w2[$j] * $f[$j] }
        $deltaOut = 2 * ($h - [float]$row.y)
        for ($j = 0; $j -lt $hidden; $j++) {
            $delta = (1 - $f[$j] * $f[$j]) * $deltaOut * $w2[$j]
            $w2[$j] -= $rate * $deltaOut * $f[$j]
            $b1[$j] -= $rate * $delta
            $w1[2 * $j] -= $rate * $delta * $x[0]
            $w1[2 * $j + 1] -= $rate * $delta * $x[1]
        }
        $b2 -= $rate * $deltaOut
    }
}
$byHand = @{ 'hidden.weight' = $w1; 'hidden.bias' = $b1; 'out.weight' = $w2; 'out.bias' = , $b2 }

'Torch', 'Fused' | ForEach-Object {
    $engine = $_
    $run = $network | New-Model -Seed 1 | Invoke-Training $data -Loss MSE -Optimizer SGD -LearningRate $rate -BatchSize 1 -NoShuffle -Epochs $rounds -Engine $engine
    $run | Get-Weight | ForEach-Object {
        $mine = $byHand[$_.Name]
        $values = $_.Values
        $before = $initial[$_.Name]
        [pscustomobject]@{
            Engine = $engine; Weight = $_.Name; Updates = $rounds * $rows.Count
            LargestChange = (0..($mine.Count - 1) | ForEach-Object { [Math]::Abs($mine[$_] - $before[$_]) } | Measure-Object -Maximum).Maximum
            LargestDifference = (0..($mine.Count - 1) | ForEach-Object { [Math]::Abs($mine[$_] - $values[$_]) } | Measure-Object -Maximum).Maximum
        }
    }
} | Save-CourseTable $Output backpropagation
