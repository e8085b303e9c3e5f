# What the tests of trainings have in common; dot-sourced in their BeforeAll.
Import-Module $PSScriptRoot/../../module/DLExperiments
$script:rows = foreach ($i in 0..59) {
    $side = $i % 2
    [pscustomobject]@{ x = 2 * $side + ($i * 7 % 10) / 5; y = 2 * $side + ($i * 3 % 10) / 5; side = ('low', 'high')[$side] }
}
$script:data = $rows | ConvertTo-Dataset -Target side | Split-Dataset -Ratio .7, .3 -Stratify -Seed 1
$script:net = New-Network 2 | Add-Layer Linear 8 -Activation ReLU | Add-Layer Linear 2

function Get-TrainingError([scriptblock]$script) {
    try { & $script | Out-Null; $null } catch { $_ }
}
