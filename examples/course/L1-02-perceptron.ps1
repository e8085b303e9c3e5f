<#
.SYNOPSIS
    Lecture 1, slide S28: the perceptron and its learning rule.
.DESCRIPTION
    What it shows: h(x) = sign(w'x), and Rosenblatt's rule: wherever h is wrong, w <- w + y x. It is written out on the rows of a data set; the weights
    then go into a network with a Sign layer, which predicts the same. Ten seconds on 2 cores.
    What to see: on separable classes the rule stops after a finite number of mistakes, never more than (R/margin)^2 (Novikoff 1962); on XOR,
    which no line separates, it never stops. With real data: iris setosa is separable from the others.
.PARAMETER Data
    A folder with tables/iris.csv (no header, class last); without it, generated blobs only.
.PARAMETER Output
    Folder for the tables and the pictures.
.PARAMETER Quick
    Fewer rounds.
.PARAMETER Full
    More rounds.
.EXAMPLE
    ./L1-02-perceptron.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/L1-02'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$rounds = if ($Quick) { 30 } elseif ($Full) { 1000 } else { 200 }

# The rule, on points with a leading 1 for the bias. Returns the weights, the mistakes of each round, and Novikoff's bound for the weights found.
function Get-Perceptron([double[][]] $Point, [int[]] $Label, [int] $Round) {
    $w = [double[]]::new($Point[0].Count)
    $mistakes = [Collections.Generic.List[int]]::new()
    do {
        $wrong = 0
        for ($i = 0; $i -lt $Point.Count; $i++) {
            $score = 0.0
            for ($j = 0; $j -lt $w.Count; $j++) { $score += $w[$j] * $Point[$i][$j] }
            if ($score * $Label[$i] -le 0) {
                for ($j = 0; $j -lt $w.Count; $j++) { $w[$j] += $Label[$i] * $Point[$i][$j] }
                $wrong++
            }
        }
        $mistakes.Add($wrong)
    } while ($wrong -gt 0 -and $mistakes.Count -lt $Round)
    $length = [Math]::Sqrt(($w | ForEach-Object { $_ * $_ } | Measure-Object -Sum).Sum)
    $radius = 0.0; $margin = [double]::PositiveInfinity
    for ($i = 0; $i -lt $Point.Count; $i++) {
        $norm = 0.0; $score = 0.0
        for ($j = 0; $j -lt $w.Count; $j++) { $norm += $Point[$i][$j] * $Point[$i][$j]; $score += $w[$j] * $Point[$i][$j] }
        $radius = [Math]::Max($radius, [Math]::Sqrt($norm)); $margin = [Math]::Min($margin, $score * $Label[$i] / $length)
    }
    [pscustomobject]@{ Weights = $w; Mistakes = $mistakes; Bound = if ($wrong -eq 0) { [Math]::Pow($radius / $margin, 2) } }
}

$sets = [ordered]@{
    Blobs = New-Dataset Blobs -Count 100 -Centers 2 -Spread .6 -Seed 4
    XOR   = New-Dataset Xor -Count 100 -Seed 3
}
if ($Data -and (Test-Path $Data/tables/iris.csv)) {
    $sets.Iris = Import-Csv $Data/tables/iris.csv -Header SepalLength, SepalWidth, PetalLength, PetalWidth, Kind |
        ForEach-Object { $_.Kind = if ($_.Kind -eq 'Iris-setosa') { 'setosa' } else { 'others' }; $_ } | ConvertTo-Dataset -Target Kind
}

$sets.Keys | ForEach-Object {
    $name = $_
    $set = $sets[$name]
    $rows = $set | ConvertFrom-Dataset
    $target = $set.Targets[0].Name
    $first = "$($rows[0].$target)"
    $points = foreach ($row in $rows) { , [double[]](@(1.0) + @($row.psobject.Properties | Where-Object Name -ne $target | ForEach-Object { [double]$_.Value })) }
    $labels = $rows | ForEach-Object { if ("$($_.$target)" -eq $first) { 1 } else { -1 } }
    $found = Get-Perceptron $points $labels $rounds

    # The same weights in a network: Linear and Sign.
    $network = New-Network ($points[0].Count - 1) | Add-Layer Linear 1 | Add-Layer Sign
    $weights = $found.Weights
    $model = $network | New-Model -Weight @{ 'linear_1.bias' = $weights[0]; 'linear_1.weight' = $weights[1..($weights.Count - 1)] }
    $inputs = foreach ($point in $points) { , $point[1..($point.Count - 1)] }
    $signs = ($inputs | Invoke-Model $model).Prediction
    $correct = 0
    for ($i = 0; $i -lt $labels.Count; $i++) { if ($signs[$i] -eq $labels[$i]) { $correct++ } }

    [pscustomobject]@{
        Set = $name; Rows = $labels.Count; Rounds = $found.Mistakes.Count; Mistakes = ($found.Mistakes | Measure-Object -Sum).Sum
        LastRound = $found.Mistakes[-1]; Bound = $found.Bound; NetworkAccuracy = $correct / $labels.Count
    }
} | Save-CourseTable $Output perceptron
