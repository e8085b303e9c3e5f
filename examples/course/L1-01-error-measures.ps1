<#
.SYNOPSIS
    Lecture 1, slides S22-S27: pointwise errors, the training error and the test error.
.DESCRIPTION
    What it shows: the squared, 0-1 and logistic error of single points, by the formula of the slide and as the module measures them; then the
    training error of a fixed hypothesis, a mean over n points, beside its test error, the expectation, which is known here. Five seconds on 2 cores.
    What to see: both columns agree; the training error closes in on the test error as 1/sqrt(n). With real data the last row is the error of the
    simplest hypothesis, the mean price, on Boston's houses.
.PARAMETER Data
    A folder with tables/housing.csv (Boston housing, 506 rows without a header, price last); without it that row is left out.
.PARAMETER Output
    Folder for the tables and the picture.
.PARAMETER Quick
    Fewer points.
.PARAMETER Full
    More points.
.EXAMPLE
    ./L1-01-error-measures.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/L1-01'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force

# The hypothesis h(x) = x, so that the score is the input.
$h = New-Network 1 | Add-Layer Linear 1 | New-Model -Weight @{ 'linear_1.weight' = 1; 'linear_1.bias' = 0 }

# 1. Errors of single points with the label y of -1 or 1.
$points = foreach ($score in -2, -.5, .5, 2) { foreach ($y in -1, 1) { @{ x = $score; y = $y } } }
$rows = @($points | ForEach-Object {
    $row = [pscustomobject]$_ | ConvertTo-Dataset -Target y
    $sign = if ($_.x -ge 0) { 1 } else { -1 }
    $formula = [ordered]@{
        Squared  = [Math]::Pow($_.x - $_.y, 2)
        ZeroOne  = [double]($sign -ne $_.y)
        Logistic = [Math]::Log(1 + [Math]::Exp(-$_.y * $_.x))
    }
    $measured = @{
        Squared  = ($h | Measure-Model $row -Loss MSE).Loss
        ZeroOne  = 1 - ([pscustomobject]@{ Actual = "$($_.y)"; Prediction = "$sign" } | Measure-Prediction Accuracy).Value
        Logistic = ($h | Measure-Model $row -Loss Logistic).Loss
    }
    foreach ($name in $formula.Keys) {
        [pscustomobject]@{ Error = $name; Points = 1; At = "score $($_.x), label $($_.y)"; Formula = $formula[$name]; Measured = $measured[$name] }
    }
})

# 2. y = x + noise of variance 1/4: the test error of h under the squared error is 1/4.
$sizes = if ($Quick) { 10, 100, 1000, 10000 } elseif ($Full) { 10, 100, 1000, 10000, 100000, 1000000 } else { 10, 100, 1000, 10000, 100000 }
$random = [Random]::new(7)
$sizes | ForEach-Object {
    $sample = for ($i = 0; $i -lt $_; $i++) {
        $x = $random.NextDouble()
        $noise = .5 * [Math]::Sqrt(-2 * [Math]::Log(1 - $random.NextDouble())) * [Math]::Cos(2 * [Math]::PI * $random.NextDouble())
        [pscustomobject]@{ x = $x; y = $x + $noise }
    }
    $rows += [pscustomobject]@{ Error = 'Training'; Points = $_; At = 'beside the test error'; Formula = .25; Measured = ($h | Measure-Model ($sample | ConvertTo-Dataset -Target y) -Loss MSE).Loss }
}
$rows | Where-Object Error -eq 'Training' | Select-Object Points, @{ Name = 'Gap'; Expression = { [Math]::Abs($_.Measured - $_.Formula) } } |
    Export-Plot Line (Join-Path $Output gap.svg) -X Points -Y Gap -LogX -LogY -Title 'Training error minus test error' -Force

# 3. The simplest hypothesis on real data: the mean price. Its squared error is the variance of the prices.
if ($Data -and (Test-Path $Data/tables/housing.csv)) {
    $prices = Import-Csv $Data/tables/housing.csv -Header (1..13 + 'price') | ForEach-Object { [pscustomobject]@{ x = 0; y = [double]$_.price } }
    $mean = ($prices | Measure-Object y -Average).Average
    $constant = New-Network 1 | Add-Layer Linear 1 | New-Model -Weight @{ 'linear_1.weight' = 0; 'linear_1.bias' = $mean }
    $rows += [pscustomobject]@{
        Error = 'Training'; Points = $prices.Count; At = 'mean price of houses'; Formula = ($prices | ForEach-Object { ($_.y - $mean) * ($_.y - $mean) } | Measure-Object -Average).Average
        Measured = ($constant | Measure-Model ($prices | ConvertTo-Dataset -Target y) -Loss MSE).Loss
    }
}
$rows | Save-CourseTable $Output errors
