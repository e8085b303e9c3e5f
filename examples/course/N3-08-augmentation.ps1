<#
.SYNOPSIS
    Notebook 3: augmentation.
.DESCRIPTION
    What it shows: rows of digits under one augmentation each: rotation to 45 degrees, shifts of a fifth, scales from 0.8 to 1.2, horizontal and vertical flips; then the
    notebook's pipeline (rotation 15, shift 0.1, flip, standardisation with training statistics) in a training of the dense network beside one without. Half a minute
    on 2 cores.
    What to see: galleries; with augmentation the accuracy on training digits is below the one on validation digits, which are not augmented
    (the notebook on all of MNIST: 0.9456 and 0.9675).
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table, the galleries and the curves.
.PARAMETER Quick
    Fewer digits and epochs.
.PARAMETER Full
    All digits there are.
.EXAMPLE
    ./N3-08-augmentation.ps1 | Format-Table
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-08'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$digits = Get-CourseDigit $Data $(if ($Quick) { 900 } elseif ($Full) { 10000 } else { 4000 })
$augmentations = [ordered]@{
    'rotation' = { $_ | Add-Transform RandomRotation 45 }
    'shift'    = { $_ | Add-Transform RandomTranslation .2, .2 }
    'scale'    = { $_ | Add-Transform RandomScale .8, 1.2 }
    'flip'     = { $_ | Add-Transform RandomFlip }
    'vertical' = { $_ | Add-Transform RandomFlip -Vertical }
}
foreach ($name in $augmentations.Keys) {
    $digits | ForEach-Object $augmentations[$name] | Show-Dataset Augmentation (Join-Path $Output "$name.svg") -Count 5 -Variants 5 -Title $name -Force
}

$split = $digits | Split-Dataset .8, .2 -Stratify -Seed 42 | Add-Transform Normalize
$augmented = $split | Add-Transform RandomRotation 15 | Add-Transform RandomTranslation .1 | Add-Transform RandomFlip
$network = New-Network 1, 28, 28 | Add-Layer Flatten | Add-Layer Linear 128 -Activation ReLU | Add-Layer Linear 128 -Activation ReLU | Add-Layer Linear 10
$runs = foreach ($set in @{ Name = 'plain'; Data = $split }, @{ Name = 'augmented'; Data = $augmented }) {
    $network | Invoke-Training $set.Data -LearningRate 1e-3 -BatchSize 32 -Epochs $(if ($Quick) { 8 } else { 15 }) -Seed 42 | Add-Member Training $set.Name -PassThru
}
$runs | Export-Plot LearningCurve (Join-Path $Output curves.svg) -By Training -Metric Accuracy -Title 'With and without augmentation' -Force
$runs | ForEach-Object {
    [pscustomobject]@{ Training = $_.Training; Epochs = $_.EpochsCompleted; TrainingAccuracy = $_.TrainingAccuracy; ValidationAccuracy = $_.ValidationAccuracy; Gap = $_.TrainingAccuracy - $_.ValidationAccuracy; ValidationLoss = $_.FinalValidationLoss }
} | Save-CourseTable $Output augmentation
