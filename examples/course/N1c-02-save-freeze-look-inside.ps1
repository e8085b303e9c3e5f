<#
.SYNOPSIS
    Notebook 1, part 3: save and load, intermediate outputs, frozen layers.
.DESCRIPTION
    What it shows: the network 784-64-128-10 of the notebook; its outputs of every layer for one digit; saving it, loading it and going on; the summary before
    and after freezing; and that training leaves frozen layers alone. Ten seconds on 2 cores.
    What to see: 59,850 parameters; the loaded model predicts the same to the last bit; of two copies of an untrained network the free one
    learns, the wholly frozen one stays where it was, and the one with a free head is between.
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the model and the table.
.PARAMETER Quick
    Fewer digits and epochs.
.PARAMETER Full
    More of both.
.EXAMPLE
    ./N1c-02-save-freeze-look-inside.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N1c-02'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 1000 } elseif ($Full) { 10000 } else { 4000 }
$epochs = if ($Quick) { 3 } else { 8 }
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .8, .2 -Stratify -Seed 42

$network = New-Network 784 | Add-Layer Linear 64 -Name first -Activation ReLU | Add-Layer Linear 128 -Name second -Activation ReLU | Add-Layer Linear 10 -Name head
$network | Get-NetworkSummary | Out-Host

# Three copies of one start: all weights free, the head alone free, none free.
$copies = [ordered]@{
    'all free'  = $network
    'head free' = $network | Set-Layer first, second -Frozen
    'frozen'    = $network | Set-Layer * -Frozen
}
$before = $network | New-Model -Seed 42
$copies.Keys | ForEach-Object {
    $run = $copies[$_] | Invoke-Training $digits -Epochs $epochs -Seed 42
    $moved = foreach ($layer in 'first', 'second', 'head') {
        $old = ($before | Get-Weight "$layer.weight").Values
        $new = ($run | Get-Weight "$layer.weight").Values
        $same = $true
        for ($i = 0; $i -lt $old.Count; $i++) { if ($old[$i] -ne $new[$i]) { $same = $false; break } }
        if (-not $same) { $layer }
    }

    # Saved, loaded, and asked again.
    $file = Join-Path $Output "$($_ -replace ' ', '-').safetensors"
    $run | Export-Model $file -Force
    $first = $digits.Test | Invoke-Model $run
    $again = $digits.Test | Invoke-Model (Import-Model $file)
    $differ = 0
    for ($i = 0; $i -lt $first.Count; $i++) { if ($first[$i].Prediction -ne $again[$i].Prediction -or $first[$i].Probability -ne $again[$i].Probability) { $differ++ } }

    # What the layers put out for the first test digit.
    $inside = ($first = $digits.Test | Invoke-Model $run -Layer first_relu, second_relu, head | Select-Object -First 1).Layers
    [pscustomobject]@{
        Copy = $_; Trainable = [int]($copies[$_] | Get-NetworkSummary | Measure-Object Trainable -Sum).Sum; TestAccuracy = ($run | Measure-Model $digits.Test).Accuracy
        LayersMoved = $moved -join ', '; DifferentAfterLoading = $differ
        ActiveInFirst = @($inside['first_relu'].Values | Where-Object { $_ -gt 0 }).Count; ActiveInSecond = @($inside['second_relu'].Values | Where-Object { $_ -gt 0 }).Count
    }
} | Save-CourseTable $Output copies
