<#
.SYNOPSIS
    Notebook 3: optimizers and learning rates.
.DESCRIPTION
    What it shows: a multi-layer network (784-512-512-10, 669,706 parameters; -Quick takes 64 hidden units) trained with Adam at two rates, and with SGD, momentum, Nesterov's
    momentum, Adagrad, RMSprop and Adadelta at their usual rates. A minute on 2 cores.
    What to see: adaptive methods learn quickest without tuning; plain SGD is slowest at the same rate, and momentum makes up for it.
    On all of MNIST the notebook has 0.9816 (Adam, 0.001) against 0.9795 (0.003).
.PARAMETER Data
    A folder with MNIST's files in mnist; without it, generated digits.
.PARAMETER Output
    Folder for the table and the curves.
.PARAMETER Quick
    Fewer digits and epochs, a smaller network.
.PARAMETER Full
    All digits there are.
.EXAMPLE
    ./N3-01-optimizers-and-rates.ps1 | Sort-Object BestTestLoss
#>
param([string] $Data, [string] $Output = (Join-Path $PSScriptRoot '../output/N3-01'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 1200 } elseif ($Full) { 10000 } else { 4000 }
$width = if ($Quick) { 64 } else { 512 }
$digits = Get-CourseDigit $Data $count -Flatten | Split-Dataset .8, .2 -Stratify -Seed 42
$network = New-Network 784 | Add-Layer Linear $width -Activation ReLU | Add-Layer Linear $width -Activation ReLU | Add-Layer Linear 10

$settings = @(
    @{ Optimizer = 'Adam'; LearningRate = 1e-3 }
    @{ Optimizer = 'Adam'; LearningRate = 3e-3 }
    @{ Optimizer = 'SGD'; LearningRate = 1e-2 }
    @{ Optimizer = @{ Name = 'SGD'; Momentum = .9 }; LearningRate = 1e-2; Name = 'SGD, momentum' }
    @{ Optimizer = @{ Name = 'SGD'; Momentum = .9; Nesterov = $true }; LearningRate = 1e-2; Name = 'SGD, Nesterov' }
    @{ Optimizer = 'Adagrad'; LearningRate = 1e-2 }
    @{ Optimizer = 'RMSprop'; LearningRate = 1e-3 }
    @{ Optimizer = 'Adadelta'; LearningRate = 1 }
)
$runs = foreach ($setting in $settings) {
    $name = if ($setting.Name) { $setting.Name } else { $setting.Optimizer }
    $network | Invoke-Training $digits -Optimizer $setting.Optimizer -LearningRate $setting.LearningRate -BatchSize 100 -Epochs $(if ($Quick) { 4 } else { 10 }) -Seed 42 |
        Add-Member Setting "$name $($setting.LearningRate)" -PassThru
}
$runs | Export-Plot LearningCurve (Join-Path $Output training-loss.svg) -By Setting -Metric TrainingLoss -LogY -Title 'Training loss' -Force
$runs | Export-Plot LearningCurve (Join-Path $Output test-accuracy.svg) -By Setting -Metric ValidationAccuracy -Title 'Accuracy on the test digits' -Force
$runs | ForEach-Object {
    [pscustomobject]@{
        Setting = $_.Setting; LearningRate = $_.LearningRate; FirstTrainingLoss = $_.History[0].TrainingLoss; LastTrainingLoss = $_.FinalTrainingLoss
        BestTestLoss = $_.BestValidationLoss; TestAccuracy = $_.ValidationAccuracy; BestEpoch = $_.BestEpoch
    }
} | Save-CourseTable $Output optimizers
