<#
.SYNOPSIS
    Lecture 1, slides S29-S30: without a nonlinearity a deep network is one layer.
.DESCRIPTION
    What it shows: three linear layers, h = W3 W2 W1 x, trained on data; the product of their matrices in one layer predicts the same. With ReLU
    between them it does not, and it can do what no single layer can. Five seconds on 2 cores.
    What to see: the largest difference is rounding for Identity and large for ReLU; on XOR only ReLU gets beyond chance.
.PARAMETER Output
    Folder for the table and the pictures.
.PARAMETER Quick
    Fewer epochs.
.PARAMETER Full
    More epochs.
.EXAMPLE
    ./L1-03-linear-collapse.ps1 | Format-Table
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/L1-03'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$epochs = if ($Quick) { 40 } elseif ($Full) { 400 } else { 150 }
$data = New-Dataset Xor -Count 400 -Seed 1 | Split-Dataset .75, .25 -Seed 1

# The rows of a weight as arrays.
function Get-Matrix($Model, [string] $Name) {
    $weight = $Model | Get-Weight $Name
    $columns = $weight.Shape[1]
    for ($i = 0; $i -lt $weight.Shape[0]; $i++) { , [double[]]$weight.Values[($i * $columns)..(($i + 1) * $columns - 1)] }
}
function Get-Product([double[][]] $A, [double[][]] $B) {
    foreach ($row in $A) {
        , [double[]]@(for ($j = 0; $j -lt $B[0].Count; $j++) { $sum = 0.0; for ($k = 0; $k -lt $row.Count; $k++) { $sum += $row[$k] * $B[$k][$j] }; $sum })
    }
}

'Identity', 'ReLU' | ForEach-Object {
    $activation = $_
    $run = New-Network 2 | Add-Layer Linear 16 -Bias $false -Activation $activation | Add-Layer Linear 16 -Bias $false -Activation $activation |
        Add-Layer Linear 2 -Bias $false | Invoke-Training $data -Epochs $epochs -LearningRate .01 -Seed 1
    $product = Get-Product (Get-Matrix $run linear_3.weight) (Get-Product (Get-Matrix $run linear_2.weight) (Get-Matrix $run linear_1.weight))
    $one = New-Network 2 | Add-Layer Linear 2 -Bias $false | New-Model -Weight @{ 'linear_1.weight' = $product }
    $deep = $data.Test | Invoke-Model $run -Layer linear_3
    $flat = $data.Test | Invoke-Model $one -Layer linear_1
    $difference = for ($i = 0; $i -lt $deep.Count; $i++) {
        foreach ($j in 0, 1) { [Math]::Abs($deep[$i].Layers['linear_3'].Values[$j] - $flat[$i].Layers['linear_1'].Values[$j]) }
    }
    $run | Export-Plot DecisionBoundary (Join-Path $Output "$activation.svg") -Dataset $data.Train -Title "Three layers, $activation" -Force
    [pscustomobject]@{
        Activation = $activation; Layers = 3; Accuracy = ($run | Measure-Model $data.Test).Accuracy
        LargestDifference = ($difference | Measure-Object -Maximum).Maximum
    }
} | Save-CourseTable $Output collapse
