<#
.SYNOPSIS
    Lecture 1, slides S52-S55: overfitting against noise, target complexity and the number of points.
.DESCRIPTION
    What it shows: noisy points of random polynomials are fitted by polynomials of degree 2 and 10, thousands of times. The overfit measure is the test error of
    degree 10 less that of degree 2, on points without noise (Abu-Mostafa, Magdon-Ismail, Lin: "Learning From Data", 2012, section 4.1). Two heat maps: stochastic noise
    against points at target order 20, and target order against points at noise 0.1: what the target has beyond degree 10 is noise to the fit.
    Half a minute on 2 cores.
    What to see: overfitting rises with stochastic noise, rises with the target's complexity, and falls with the number of points; for few points
    and much noise the simple hypothesis wins by far.
.PARAMETER Output
    Folder for the tables and the heat maps.
.PARAMETER Quick
    A small grid: 288 fits.
.PARAMETER Full
    A fine grid: 9,000 fits.
.EXAMPLE
    ./L1-09-overfitting.ps1 | Where-Object Map -eq 'stochastic noise' | Format-Table
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/L1-09'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$counts = if ($Quick) { 20, 60, 120 } else { 20, 40, 60, 80, 100, 120 }
$repeats = if ($Quick) { 1..8 } elseif ($Full) { 1..75 } else { 1..20 }
$cells = @(
    foreach ($noise in $(if ($Quick) { 0, .5, 1 } else { 0, .25, .5, .75, 1 })) { @{ Map = 'stochastic noise'; Noise = $noise; Order = 20 } }
    foreach ($order in $(if ($Quick) { 2, 20, 40 } else { 2, 10, 20, 30, 40 })) { @{ Map = 'target complexity'; Noise = .1; Order = $order } }
)
$networks = @{ 2 = New-Network 2 | Add-Layer Linear 1; 10 = New-Network 10 | Add-Layer Linear 1 }
$options = @{ Loss = 'MSE'; Optimizer = 'Adam'; LearningRate = .1; Epochs = 400; BatchSize = 0 }

$rows = $cells | ForEach-Object {
    $cell = $_
    foreach ($count in $counts) {
        $measures = foreach ($repeat in $repeats) {
            $target = @{ Order = $cell.Order; TargetSeed = $repeat }
            $points = New-Dataset Polynomial $count @target -Noise $cell.Noise -Seed $repeat
            $test = New-Dataset Polynomial 200 @target -Noise 0 -Seed (1000 + $repeat)
            $errors = foreach ($degree in 2, 10) {
                ($networks[$degree] | Invoke-Training ($points | Add-Transform PolynomialFeatures $degree) @options |
                    Measure-Model ($test | Add-Transform PolynomialFeatures $degree)).Loss
            }
            [pscustomobject]@{ Simple = $errors[0]; Complex = $errors[1]; Overfit = $errors[1] - $errors[0] }
        }
        # Medians: one wild fit of ten parameters to twenty points outshines all others.
        $row = [ordered]@{ Map = $cell.Map; Noise = [double]$cell.Noise; Order = $cell.Order; Points = $count; Fits = 2 * $repeats.Count }
        foreach ($name in 'Simple', 'Complex', 'Overfit') { $row[$name] = @($measures.$name | Sort-Object)[[int][Math]::Floor($measures.Count / 2)] }
        [pscustomobject]$row
    }
}

foreach ($map in 'stochastic noise', 'target complexity') {
    $rows | Where-Object Map -eq $map | Export-Plot HeatMap (Join-Path $Output "$($map -replace ' ', '-').svg") -X Points -Y $(if ($map -like 'stoch*') { 'Noise' } else { 'Order' }) `
        -Value Overfit -Colours Diverging -Title "Overfit measure: $map" -Force
}
$rows | Save-CourseTable $Output overfitting
