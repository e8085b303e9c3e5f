<#
.SYNOPSIS
    Lecture 1, slide S8: support vector machines, linear and with a kernel, beside a network.
.DESCRIPTION
    What it shows: a linear SVM is one linear layer with the hinge loss and an L2 penalty. With a kernel, h(x) = sum of a_i k(x, x_i) + b over the training
    points x_i: one linear layer again, on the kernel values, with the penalty lambda a'Ka, which is Tikhonov's with the Cholesky factor of K (Schoelkopf,
    Smola 2002). k(x, z) = exp(-|x - z|^2 / (2 s^2)). Two rings, two moons. Ten seconds on 2 cores.
    What to see: no line parts the rings; kernel and network do; a part of the points has margin 1 or less: the support vectors.
.PARAMETER Output
    Folder for the table and the pictures.
.PARAMETER Quick
    Fewer points.
.PARAMETER Full
    More points.
.EXAMPLE
    ./L1-12-support-vector-machine.ps1 | Format-Table
#>
param([string] $Output = (Join-Path $PSScriptRoot '../output/L1-12'), [switch] $Quick, [switch] $Full)

. $PSScriptRoot/Course.ps1
$null = New-Item -ItemType Directory -Path $Output -Force
$count = if ($Quick) { 80 } elseif ($Full) { 300 } else { 150 }
$width = .5
$lambda = 1e-3

# Rows as arrays with labels of -1 and 1.
function Get-Point($Set) {
    $rows = $Set | ConvertFrom-Dataset
    [pscustomobject]@{
        X = @(foreach ($row in $rows) { , [double[]]($row.X1, $row.X2) })
        Y = @(foreach ($row in $rows) { if ("$($row.Class)" -eq '0') { -1 } else { 1 } })
    }
}
function Get-Kernel($A, $B) {
    foreach ($x in $A) {
        , [double[]]@(foreach ($z in $B) { [Math]::Exp(-(($x[0] - $z[0]) * ($x[0] - $z[0]) + ($x[1] - $z[1]) * ($x[1] - $z[1])) / (2 * $width * $width)) })
    }
}
# The upper factor R with R'R = K, of K with a little on the diagonal.
function Get-Cholesky($K) {
    $n = $K.Count
    $r = foreach ($i in 1..$n) { , [double[]]::new($n) }
    for ($i = 0; $i -lt $n; $i++) {
        $ri = $r[$i]
        for ($j = $i; $j -lt $n; $j++) {
            $sum = $K[$i][$j]
            if ($i -eq $j) { $sum += 1e-6 }
            for ($m = 0; $m -lt $i; $m++) { $rm = $r[$m]; $sum -= $rm[$i] * $rm[$j] }
            $ri[$j] = if ($i -eq $j) { [Math]::Sqrt($sum) } else { $sum / $ri[$i] }
        }
    }
    $r
}
function Get-SignSet($X, $Y) {
    $rows = for ($i = 0; $i -lt $Y.Count; $i++) {
        $row = [ordered]@{}
        for ($j = 0; $j -lt $X[$i].Count; $j++) { $row["x$j"] = $X[$i][$j] }
        $row.y = if ($Y[$i] -gt 0) { 'yes' } else { 'no' }
        [pscustomobject]$row
    }
    $rows | ConvertTo-Dataset -Target y
}
# The share of points on the right side, and of those within the margin.
function Get-Score($Run, $X, $Y) {
    $last = $Run.Model.Network.Layers[-1].Name
    $scores = $X | ForEach-Object { , $_ } | Invoke-Model $Run -Layer $last | ForEach-Object { $_.Layers[$last].Values[0] }
    $right = 0; $near = 0
    for ($i = 0; $i -lt $Y.Count; $i++) { if ($scores[$i] * $Y[$i] -gt 0) { $right++ }; if ($scores[$i] * $Y[$i] -le 1.001) { $near++ } }
    [pscustomobject]@{ Accuracy = $right / $Y.Count; WithinMargin = $near / $Y.Count }
}

'Circles', 'Moons' | ForEach-Object {
    $name = $_
    $set = New-Dataset $name -Count $count -Noise .1 -Seed 1 | Split-Dataset .6, .4 -Stratify -Seed 1
    $train = Get-Point $set.Train
    $test = Get-Point $set.Test
    $options = @{ Loss = 'Hinge'; BatchSize = 0; Seed = 1 }

    $linear = New-Network 2 | Add-Layer Linear 1 |
        Invoke-Training (Get-SignSet $train.X $train.Y) @options -LearningRate .05 -Epochs 500 -Regulariser L2 -Lambda $lambda
    $kernelTrain = Get-Kernel $train.X $train.X
    $kernelTest = Get-Kernel $test.X $train.X
    $kernel = New-Network $train.Y.Count | Add-Layer Linear 1 |
        Invoke-Training (Get-SignSet $kernelTrain $train.Y) @options -Initialiser Zeros -LearningRate .02 -Epochs 1000 -Regulariser @{ Name = 'Tikhonov'; Lambda = $lambda; Matrix = @(Get-Cholesky $kernelTrain) }
    $network = New-Network 2 | Add-Layer Linear 16 -Activation ReLU | Add-Layer Linear 1 |
        Invoke-Training (Get-SignSet $train.X $train.Y) @options -LearningRate .02 -Epochs 1000

    foreach ($machine in 'linear SVM', 'kernel SVM', 'network') {
        $run = switch ($machine) { 'linear SVM' { $linear } 'kernel SVM' { $kernel } 'network' { $network } }
        $on = if ($machine -eq 'kernel SVM') { $kernelTrain, $kernelTest } else { $train.X, $test.X }
        $fit = Get-Score $run $on[0] $train.Y
        [pscustomobject]@{
            Set = $name; Machine = $machine; TrainingAccuracy = $fit.Accuracy; TestAccuracy = (Get-Score $run $on[1] $test.Y).Accuracy; WithinMargin = $fit.WithinMargin
        }
    }
    # The line of the machines that see the plane itself, from classifiers of the same form.
    $classifier = New-Network 2 | Add-Layer Linear 16 -Activation ReLU | Add-Layer Linear 2 | Invoke-Training $set -Epochs 150 -BatchSize 16 -LearningRate .01
    $classifier | Export-Plot DecisionBoundary (Join-Path $Output "$name.svg") -Dataset $set.Train -Title "$name, network" -Force
} | Save-CourseTable $Output machines
