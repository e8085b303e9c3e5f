# What the tests of sweeps have in common; dot-sourced in their BeforeAll.
. $PSScriptRoot/Shell.Setup.ps1
$script:moons = New-Dataset Moons -Count 200 | Split-Dataset .8, .2 -Seed 1
$script:net = { New-Network 2 | Add-Layer Linear $Units -Activation ReLU | Add-Layer Linear 2 }
$script:space = @{ LearningRate = 'log 1e-3..1e-1'; Units = 4, 16 }
function Get-Table($rows) { ($rows | Sort-Object Trial | ForEach-Object { "$($_.Trial) $($_.State) $($_.Parameters) $($_.Seed) $($_.Value) $($_.Epochs)" }) -join "`n" }

# A script that needs nothing of this session, so that any process can run it.
$script:trial = Join-Path $TestDrive trial.ps1
Set-Content $trial @"
param([double] `$LearningRate, [int] `$Units = 8)
Import-Module '$manifest'
`$data = New-Dataset Moons -Count 200 | Split-Dataset .8, .2 -Seed 1
New-Network 2 | Add-Layer Linear `$Units -Activation ReLU | Add-Layer Linear 2 |
    Invoke-Training `$data -LearningRate `$LearningRate -Epochs 8
"@
