# Invoke-Training -Engine, Get-LossType, Get-OptimizerType.
Describe 'Invoke-Training -Engine' {
    BeforeAll {
        Import-Module $PSScriptRoot/../../module/DLExperiments
        $data = 0..29 | ForEach-Object { [pscustomobject]@{ x = $_ / 30; y = ($_ * 7 % 30) / 30; side = ('low', 'high')[[int]($_ -gt 14)] } } | ConvertTo-Dataset -Target side
        $net = New-Network 2 | Add-Layer Linear 4 -Activation Tanh | Add-Layer Linear 2
    }

    It 'takes Fused for a chain of dense layers, and both engines agree' {
        $auto = $net | Invoke-Training -Dataset $data -Epochs 5 -Seed 3
        $torch = $net | Invoke-Training -Dataset $data -Epochs 5 -Seed 3 -Engine Torch
        $auto.Engine | Should -Be 'Fused'
        $torch.Engine | Should -Be 'Torch'
        [math]::Abs($auto.FinalTrainingLoss - $torch.FinalTrainingLoss) | Should -BeLessThan 1e-5
    }
    It 'takes Torch for other networks, and says why' {
        $run = $net | Add-Layer LogSoftmax | Invoke-Training -Dataset $data -Epochs 1 -Loss NLL
        $run.Engine | Should -Be 'Torch'
        $run.EngineReason | Should -Match 'LogSoftmax'
    }
    It 'refuses Fused where it cannot compute the network' {
        $failed = try { $net | Add-Layer LogSoftmax | Invoke-Training -Dataset $data -Epochs 1 -Loss NLL -Engine Fused; $null } catch { $_ }
        $failed.FullyQualifiedErrorId | Should -Match '^EngineNotApplicable'
        $failed.Exception.Message | Should -Match 'LogSoftmax'
    }
}

Describe 'Get-LossType and Get-OptimizerType' {
    BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

    It 'list the losses of the course' {
        $names = (Get-LossType).Name
        foreach ($name in 'CrossEntropy', 'BCEWithLogits', 'MSE', 'MAE', 'Huber', 'BerHu', 'Logistic', 'MAPE', 'BCE', 'Focal', 'BinaryFocal',
            'Dice', 'BinaryDice', 'SSIM', 'MSSSIM', 'PSNR', 'L0') { $names | Should -Contain $name }
    }
    It 'list the optimizers with their defaults' {
        foreach ($name in 'AdamW', 'NAdam', 'RAdam', 'LBFGS') { (Get-OptimizerType).Name | Should -Contain $name }
        ((Get-OptimizerType Adam).Parameters | Where-Object Name -eq Beta2).DefaultValue | Should -Be 0.999
        ((Get-OptimizerType Adadelta).Parameters | Where-Object Name -eq LearningRate).DefaultValue | Should -Be 1
    }
    It 'complete names of losses and optimizers' {
        (TabExpansion2 'Invoke-Training -Loss Cr' 24).CompletionMatches.CompletionText | Should -Contain 'CrossEntropy'
        (TabExpansion2 'Invoke-Training -Optimizer Ada' 30).CompletionMatches.CompletionText | Should -Contain 'Adadelta'
    }
}
