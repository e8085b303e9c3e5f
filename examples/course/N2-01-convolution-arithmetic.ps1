<#
.SYNOPSIS
    Notebook 2: the sizes of convolutions, padding, stride and pooling, and a convolution worked by hand.
.DESCRIPTION
    What it shows: the output size (W - K + 2P)/S + 1 for the notebook's demonstrations, by the formula and as the network has it; parameters, one bias for each
    filter; then a small picture convolved by hand and by the layer, before and after ReLU. Two seconds on 2 cores.
    What to see: both columns agree in every row.
.PARAMETER Output
    Folder for the table.
.PARAMETER Quick
    The same: there is nothing to shorten.
.PARAMETER Full
    A larger picture for the convolution by hand.
.EXAMPLE
    ./N2-01-convolution-arithmetic.ps1 | Format-Table
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/N2-01'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
function Get-Size([int] $W, [int] $K, [int] $P, [int] $S) { [int][Math]::Floor(($W - $K + 2 * $P) / $S) + 1 }
function Get-Text($Shape) { "$Shape".Trim('[', ']') -replace ',', ' x ' }

$rows = @(
    @{ What = '3 x 3'; Input = 1, 100, 100; Filters = 1; K = 3; P = 0; S = 1 }
    @{ What = "3 x 3, padding 'same'"; Input = 1, 100, 100; Filters = 1; K = 3; P = 1; S = 1 }
    @{ What = '3 x 3, stride 2, padding 1'; Input = 1, 100, 100; Filters = 1; K = 3; P = 1; S = 2 }
    @{ What = '32 filters on 3 channels'; Input = 3, 100, 100; Filters = 32; K = 3; P = 1; S = 2 }
    @{ What = "AlexNet's first"; Input = 3, 224, 224; Filters = 96; K = 11; P = 0; S = 4 }
) | ForEach-Object {
    $network = New-Network $_.Input | Add-Layer Conv2d $_.Filters $_.K -Padding $_.P -Stride $_.S
    $size = Get-Size $_.Input[1] $_.K $_.P $_.S
    [pscustomobject]@{
        What = $_.What; Input = $_.Input -join ' x '; ByFormula = "$($_.Filters) x $size x $size"; Network = Get-Text $network.OutputShape
        ParametersByFormula = $_.Filters * ($_.Input[0] * $_.K * $_.K + 1); Parameters = $network.ParameterCount
    }
}
$pooled = New-Network 3, 100, 100 | Add-Layer Conv2d 32 3 -Padding same | Add-Layer MaxPool2d 2
$rows += [pscustomobject]@{
    What = "32 filters 'same', max pool 2"; Input = '3 x 100 x 100'; ByFormula = "32 x $(Get-Size 100 2 0 2) x $(Get-Size 100 2 0 2)"; Network = Get-Text $pooled.OutputShape
    ParametersByFormula = 32 * (3 * 9 + 1); Parameters = $pooled.ParameterCount
}

# A picture whose left half is dark, and a filter that answers to edges: by hand, by the layer, and what ReLU leaves.
$side = if ($Full) { 12 } else { 6 }
$picture = for ($r = 0; $r -lt $side; $r++) { , @(for ($c = 0; $c -lt $side; $c++) { [double]($c -ge $side / 2) + $r * $c / 20 - $c / 5 }) }
$filter = (-1, 0, 1), (-2, 0, 2), (-1, 0, 1)
$byHand = foreach ($r in 0..($side - 3)) {
    foreach ($c in 0..($side - 3)) {
        $sum = 0.0
        foreach ($i in 0..2) { foreach ($j in 0..2) { $sum += $filter[$i][$j] * $picture[$r + $i][$c + $j] } }
        $sum
    }
}
$model = New-Network 1, $side, $side | Add-Layer Conv2d 1 3 -Bias $false -Name edge | Add-Layer ReLU -Name relu |
    New-Model -Weight @{ 'edge.weight' = , (, $filter) }
$layers = (, ($picture | ForEach-Object { $_ }) | Invoke-Model $model -Layer edge, relu).Layers
$difference = for ($i = 0; $i -lt $byHand.Count; $i++) { [Math]::Abs($byHand[$i] - $layers['edge'].Values[$i]) }
$rows += [pscustomobject]@{
    What = 'largest difference by hand'; Input = "1 x $side x $side"; ByFormula = '0'; Network = ($difference | Measure-Object -Maximum).Maximum.ToString('g2')
    ParametersByFormula = 9; Parameters = 9
}
$rows += [pscustomobject]@{
    What = 'numbers above 0 after ReLU'; Input = "1 x $side x $side"; ByFormula = "$(@($byHand -gt 1e-6).Count)"; Network = "$(@($layers["relu"].Values -gt 1e-6).Count)"
    ParametersByFormula = 9; Parameters = 9
}
$rows | Save-CourseTable $Output sizes
