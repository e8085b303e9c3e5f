<#
.SYNOPSIS
    Lecture 1, slides S57-S62: L2, L1, elastic net and Tikhonov; the weights against lambda.
.DESCRIPTION
    What it shows: linear regression with a penalty, loss + lambda Omega(w), for a row of lambdas from strong to weak; each fit starts from the last
    one. Of the ten inputs only three matter. Tikhonov's matrix takes differences of neighbouring weights: it prefers smooth weights to small ones.
    With real data: the prices of Boston's houses from 13 measurements. Twenty seconds on 2 cores.
    What to see: L1 makes weights exactly zero, one after the other, and keeps those that matter longest; L2 only shrinks them; the elastic net is
    between; Tikhonov with differences makes neighbours alike.
.PARAMETER Data
    A folder with tables/housing.csv (Boston housing, no header, price last); without it the generated table alone.
.PARAMETER Output
    Folder for the tables and the pictures.
.PARAMETER Quick
    Fewer lambdas.
.PARAMETER Full
    More lambdas.
.EXAMPLE
    ./L1-10-regularisation-paths.ps1 | Where-Object Penalty -eq L1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/L1-10'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 5 } elseif ($Full) { 30 } else { 12 }
$lambdas = for ($i = 0; $i -lt $count; $i++) { [Math]::Pow(10, 1 - 4.0 * $i / ($count - 1)) }

# Ten inputs, of which x1, x2 and x7 make the target.
$random = [Random]::new(2)
function Get-Normal { [Math]::Sqrt(-2 * [Math]::Log(1 - $random.NextDouble())) * [Math]::Cos(2 * [Math]::PI * $random.NextDouble()) }
$rows = 1..200 | ForEach-Object {
    $x = foreach ($i in 1..10) { Get-Normal }
    $row = [ordered]@{}
    foreach ($i in 1..10) { $row["x$i"] = $x[$i - 1] }
    $row.y = 3 * $x[0] - 2 * $x[1] + $x[6] + .5 * (Get-Normal)
    [pscustomobject]$row
}
$sets = @{ generated = $rows | ConvertTo-Dataset -Target y }
if ($Data -and (Test-Path $Data/tables/housing.csv)) {
    $header = 'CRIM', 'ZN', 'INDUS', 'CHAS', 'NOX', 'RM', 'AGE', 'DIS', 'RAD', 'TAX', 'PTRATIO', 'B', 'LSTAT'
    $sets.housing = Import-Csv $Data/tables/housing.csv -Header ($header + 'price') | ConvertTo-Dataset -Target price -Scale Standardize
}

# Differences of neighbours: row i of the matrix is -1 at i and 1 at i + 1.
function Get-DifferenceMatrix([int] $Size) {
    for ($i = 0; $i -lt $Size - 1; $i++) {
        $row = [double[]]::new($Size); $row[$i] = -1; $row[$i + 1] = 1
        , $row
    }
}

$paths = $sets.Keys | Sort-Object | ForEach-Object {
    $set = $_
    $table = $sets[$set]
    $size = $table.InputShape[0]
    $penalties = [ordered]@{
        L2 = @{ Name = 'L2' }
        L1 = @{ Name = 'L1'; Proximal = $true }
        ElasticNet = @{ Name = 'ElasticNet'; Proximal = $true; L1Factor = .5; L2Factor = .5 }
        Tikhonov = @{ Name = 'Tikhonov'; Matrix = @(Get-DifferenceMatrix $size) }
    }
    foreach ($penalty in $penalties.Keys) {
        $model = New-Network $size | Add-Layer Linear 1 | New-Model -Seed 1
        foreach ($lambda in $lambdas) {
            $regulariser = $penalties[$penalty].Clone()
            $regulariser.Lambda = $lambda
            # The step must stay below 2 over the largest curvature of the penalised loss.
            $rate = .05 / (1 + $(if ($penalty -eq 'Tikhonov') { 4 * $lambda } else { $lambda }))
            $model = $model | Invoke-Training $table -Loss MSE -Optimizer SGD -LearningRate $rate -BatchSize 0 -Epochs 600 -Regulariser $regulariser
            $weights = ($model | Get-Weight *.weight).Values
            $row = [ordered]@{ Set = $set; Penalty = $penalty; Lambda = $lambda; Loss = ($model | Measure-Model $table -Loss MSE).Loss; Zeros = @($weights -eq 0).Count }
            for ($i = 0; $i -lt $size; $i++) { $row["w$($i + 1)"] = [double]$weights[$i] }
            [pscustomobject]$row
        }
    }
}

foreach ($group in $paths | Group-Object Set, Penalty) {
    $set = $group.Group[0].Set
    $points = foreach ($row in $group.Group) {
        foreach ($property in $row.psobject.Properties | Where-Object Name -Match '^w\d+$') { [pscustomobject]@{ Lambda = $row.Lambda; Weight = $property.Value; Input = $property.Name } }
    }
    $points | Export-Plot Line (Join-Path $Output "$set-$($group.Group[0].Penalty).svg") -X Lambda -Y Weight -By Input -LogX -Title "$($group.Group[0].Penalty), $set" -Force
}
$paths | Save-CourseTable $Output paths
