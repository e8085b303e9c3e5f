<#
.SYNOPSIS
    Notebook 3: batch normalisation, layer normalisation, instance normalisation.
.DESCRIPTION
    What it shows: what the layers do to numbers between 0 and 1 (mean 0.5, variance 1/12): in evaluation after training, mean 0 and variance 1; then the notebook's sigmoid
    network 784-100-100-100-10 with none, with BatchNorm1d and with LayerNorm behind the first two layers. Half a minute on 2 cores.
    What to see: 99,710, 100,110 and 100,110 parameters; sigmoid units learn slowly by themselves, at once with either normalisation. On all of MNIST the notebook has .9709
    (none), .9772 (batch) and .9655 (its "instance", which is LayerNorm) after 10 epochs.
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table and the curves.
.PARAMETER Quick
    Fewer digits and epochs.
.PARAMETER Full
    All digits there are.
.EXAMPLE
    ./N3-06-normalisation.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-06'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force

# 1. Pictures of uniform noise through each layer. A few steps at rate 0 let the batch norm see them: it keeps running statistics for evaluation.
$random = [Random]::new(1)
$noise = 1..256 | ForEach-Object {
    $row = [ordered]@{}
    foreach ($i in 1..64) { $row["p$i"] = $random.NextDouble() }
    $row.y = 0
    [pscustomobject]$row
}
$pictures = $noise | ConvertTo-Dataset -Target y
$demos = foreach ($layer in 'BatchNorm2d', 'InstanceNorm2d', 'LayerNorm') {
    $run = New-Network 64 | Add-Layer Reshape 1, 8, 8 | Add-Layer $layer -Name norm | Add-Layer Flatten | Add-Layer Linear 1 |
        Invoke-Training $pictures -Loss MSE -Optimizer SGD -LearningRate 0 -BatchSize 0 -Epochs 100
    $values = $pictures | Invoke-Model $run -Layer norm | ForEach-Object { $_.Layers['norm'].Values } | Measure-Object -Average -StandardDeviation
    [pscustomobject]@{ What = "$layer of U[0,1)"; Parameters = $run.ParameterCount; Mean = $values.Average; Variance = $values.StandardDeviation * $values.StandardDeviation; TestLoss = $null; TestAccuracy = $null }
}

# 2. The comparison.
$count = if ($Quick) { 1200 } elseif ($Full) { 10000 } else { 4000 }
$epochs = if ($Quick) { 4 } else { 10 }
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .8, .2 -Stratify -Seed 42
$runs = foreach ($norm in 'none', 'BatchNorm1d', 'LayerNorm') {
    $network = New-Network 784
    foreach ($i in 1, 2) {
        $network = $network | Add-Layer Linear 100
        if ($norm -ne 'none') { $network = $network | Add-Layer $norm }
        $network = $network | Add-Layer Sigmoid
    }
    $network | Add-Layer Linear 100 -Activation Sigmoid | Add-Layer Linear 10 |
        Invoke-Training $digits -LearningRate 1e-3 -BatchSize 128 -Epochs $epochs -Seed 42 | Add-Member Norm $norm -PassThru
}
$runs | Export-Plot LearningCurve (Join-Path $Output accuracy.svg) -By Norm -Metric ValidationAccuracy -Title 'Sigmoid network, accuracy on the test digits' -Force
$runs | Export-Plot LearningCurve (Join-Path $Output loss.svg) -By Norm -Metric ValidationLoss -Title 'Sigmoid network, loss on the test digits' -Force
@($demos) + @($runs | ForEach-Object {
    [pscustomobject]@{ What = "sigmoid network, $($_.Norm)"; Parameters = $_.ParameterCount; Mean = $null; Variance = $null; TestLoss = $_.FinalValidationLoss; TestAccuracy = $_.ValidationAccuracy }
}) | Save-CourseTable $Output normalisation
