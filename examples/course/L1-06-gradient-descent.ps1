<#
.SYNOPSIS
    Lecture 1, slides S38-S41 and S45: gradient descent with a small, a large, a falling and a normalised step.
.DESCRIPTION
    What it shows: a linear network of two weights, whose mean squared error is a valley five times as steep across as along. The same start, thirty steps each, with a
    step size that is small, good, too large, falling with t, and with the normalised gradient (each step has the length of the rate) at a fixed and at a falling rate. Every
    path is drawn on the surface. Ten seconds on 2 cores.
    What to see: small steps arrive late; too large ones diverge; the normalised step with a fixed rate cannot come to rest and goes to and fro over the minimum, with a
    falling rate it settles.
.PARAMETER Output
    Folder for the table and the pictures.
.PARAMETER Quick
    Two pictures instead of six.
.PARAMETER Full
    More steps.
.EXAMPLE
    ./L1-06-gradient-descent.ps1 | Format-Table
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/L1-06'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$steps = if ($Full) { 100 } else { 30 }
$minimum = 1.5, -1.0

# y = 1.5 a - b without noise. The loss is (w1 - 1.5)^2 mean(a^2) + (w2 + 1)^2 mean(b^2) and a term of both: curvatures of about 10 and 2.
$random = [Random]::new(3)
$rows = 1..100 | ForEach-Object {
    $a = 2 * $random.NextDouble() - 1
    $b = 2 * $random.NextDouble() - 1
    [pscustomobject]@{ a = 3.9 * $a; b = 1.7 * $b; y = $minimum[0] * 3.9 * $a + $minimum[1] * 1.7 * $b }
}
$valley = $rows | ConvertTo-Dataset -Target y
$network = New-Network 2 | Add-Layer Linear 1 -Bias $false

$variants = @(
    @{ Name = 'small step'; Rate = { .005 } }
    @{ Name = 'good step'; Rate = { .08 } }
    @{ Name = 'too large a step'; Rate = { .21 } }
    @{ Name = 'falling step'; Rate = { param($t) .19 / (1 + $t / 4) } }
    @{ Name = 'normalised, fixed'; Rate = { .3 }; Normalised = $true }
    @{ Name = 'normalised, falling'; Rate = { param($t) .8 * [Math]::Pow(.88, $t) }; Normalised = $true }
)
$table = foreach ($variant in $variants) {
    $path = @($network | New-Model -Weight @{ 'linear_1.weight' = , (-1.5, 2.0) })
    $losses = foreach ($t in 1..$steps) {
        $sgd = @{ Name = 'SGD'; NormaliseGradient = [bool]$variant.Normalised }
        $run = $path[-1] | Invoke-Training $valley -Loss MSE -Optimizer $sgd -LearningRate (& $variant.Rate $t) -BatchSize 0 -Epochs 1
        $path += $run.Model
        $run.FinalTrainingLoss
    }
    $points = foreach ($model in $path) { , @(($model | Get-Weight linear_1.weight).Values) }
    $distances = foreach ($point in $points) { [Math]::Sqrt([Math]::Pow($point[0] - $minimum[0], 2) + [Math]::Pow($point[1] - $minimum[1], 2)) }
    if (-not $Quick -or $variant.Name -in 'good step', 'normalised, fixed') {
        $path | Export-Plot LossSurface (Join-Path $Output "$($variant.Name -replace '[ ,]+', '-').svg") -Dataset $valley -Title $variant.Name -Force
    }
    [pscustomobject]@{
        Variant = $variant.Name; Steps = $steps; FirstLoss = [double]$losses[0]; LastLoss = [double]($path[-1] | Measure-Model $valley -Loss MSE).Loss
        StartDistance = $distances[0]; LastDistance = $distances[-1]; Closest = ($distances | Measure-Object -Minimum).Minimum
        LastStep = [Math]::Sqrt([Math]::Pow($points[-1][0] - $points[-2][0], 2) + [Math]::Pow($points[-1][1] - $points[-2][1], 2))
    }
}
$table | Save-CourseTable $Output descent
