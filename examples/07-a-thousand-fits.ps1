<#
.SYNOPSIS
    A thousand small fits: when a complex hypothesis overfits, as a heat map over noise and number of points.
.DESCRIPTION
    What it shows: thousands of small trainings are a loop of seconds, because a chain of dense layers needs no framework.
    Each cell draws noisy points of polynomials of order 20 and fits polynomials of degree 2 and of degree 10 to them.
    The overfit measure is the difference of their errors on points without noise: above zero, the complex one is worse.
    What to see: it grows with the noise and falls with the number of points (Abu-Mostafa, Magdon-Ismail, Lin:
    "Learning From Data", 2012, section 4.1). About five seconds on 2 cores.
.PARAMETER Output
    Folder for the pictures and tables; it is made when it does not exist.
.PARAMETER Quick
    A smaller grid and fewer repeats: 108 fits.
.EXAMPLE
    ./07-a-thousand-fits.ps1 -Output ~/fits
#>
param(
    [string] $Output = (Join-Path $PSScriptRoot 'output/07-a-thousand-fits'),
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force

$counts = if ($Quick) { 20, 60, 120 } else { 20, 40, 60, 80, 120 }
$noises = if ($Quick) { 0, 0.5, 1 } else { 0, 0.25, 0.5, 0.75, 1 }
$repeats = if ($Quick) { 1..6 } else { 1..20 }
$degrees = 2, 10
$names = 1..10 | ForEach-Object { "L$_" }

# Rows of x and y with the Legendre polynomials of x: a linear layer over them is a polynomial.
function Get-Legendre($dataset) {
    foreach ($point in $dataset | ConvertFrom-Dataset) {
        $row = [ordered]@{ y = $point.Y }
        $before = 1
        $current = $point.X
        for ($q = 1; $q -le 10; $q++) {
            $row["L$q"] = $current
            $next = ((2 * $q + 1) * $point.X * $current - $q * $before) / ($q + 1)
            $before = $current
            $current = $next
        }
        [pscustomobject] $row
    }
}

function Get-Piece($rows, $degree) { $rows | ConvertTo-Dataset -Target y -Feature $names[0..($degree - 1)] }

$networks = @{}
foreach ($degree in $degrees) { $networks[$degree] = New-Network $degree | Add-Layer Linear 1 }

$watch = [Diagnostics.Stopwatch]::StartNew()
$training = [Diagnostics.Stopwatch]::new()
$fits = foreach ($repeat in $repeats) {
    $clean = @(Get-Legendre (New-Dataset Polynomial 100 -Order 20 -Noise 0 -TargetSeed $repeat -Seed (1000 + $repeat)))
    $tests = @{}
    foreach ($degree in $degrees) { $tests[$degree] = Get-Piece $clean $degree }
    foreach ($count in $counts) {
        foreach ($noise in $noises) {
            $rows = @(Get-Legendre (New-Dataset Polynomial $count -Order 20 -Noise $noise -TargetSeed $repeat -Seed ($repeat * 100 + $count)))
            $errors = foreach ($degree in $degrees) {
                $points = Get-Piece $rows $degree
                $training.Start()
                $run = $networks[$degree] | Invoke-Training $points -Loss MSE -Optimizer Adam -LearningRate 0.1 -Epochs 400 -BatchSize 0
                $training.Stop()
                ($run | Measure-Model $tests[$degree]).Loss
            }
            [pscustomobject]@{ Count = $count; Noise = $noise; Repeat = $repeat; Simple = $errors[0]; Complex = $errors[1]; Overfit = $errors[1] - $errors[0] }
        }
    }
}
$watch.Stop()

$fits | Export-Csv (Join-Path $Output fits.csv)
# Medians: a single wild fit of ten parameters to twenty points would outshine all others.
$cells = $fits | Group-Object Count, Noise | ForEach-Object {
    $sorted = @($_.Group.Overfit | Sort-Object)
    [pscustomobject]@{ Count = $_.Group[0].Count; Noise = $_.Group[0].Noise; Overfit = ($sorted[[math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[math]::Floor($sorted.Count / 2)]) / 2 }
}
$cells | Export-Plot HeatMap (Join-Path $Output overfit.svg) -X Count -Y Noise -Value Overfit -Colours Diverging -Title 'Error of degree 10 less that of degree 2' -Force
$cells | Export-Plot HeatMap (Join-Path $Output overfit.png) -X Count -Y Noise -Value Overfit -Colours Diverging -Title 'Error of degree 10 less that of degree 2' -Force
$cells | Sort-Object Noise, Count | Format-Table Noise, Count, @{ Name = 'Overfit'; Expression = { '{0:0.000}' -f $_.Overfit } } | Out-Host

$total = 2 * @($fits).Count
'{0} fits of 400 epochs in {1:0.0} s of training ({2:0.0} ms each), {3:0.0} s in all. Pictures in {4}.' -f $total, $training.Elapsed.TotalSeconds, ($training.Elapsed.TotalMilliseconds / $total), $watch.Elapsed.TotalSeconds, $Output
