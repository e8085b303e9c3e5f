# A layer of an assembly of one's own: tests/SampleExtension, one class.
BeforeDiscovery {
    $script:path = Resolve-Path "$PSScriptRoot/../SampleExtension/bin/*/net8.0/SampleExtension.dll" -ErrorAction SilentlyContinue | Select-Object -First 1
}

Describe 'A layer of an assembly of one''s own' -Skip:(-not $path) {
    BeforeAll {
        Import-Module $PSScriptRoot/../../module/DLExperiments
        $path = Resolve-Path "$PSScriptRoot/../SampleExtension/bin/*/net8.0/SampleExtension.dll" | Select-Object -First 1
        $null = [DLExperiments.Catalogues.CatalogueIndex]::Load($path)
        function Complete([string]$Text) { [System.Management.Automation.CommandCompletion]::CompleteInput($Text, $Text.Length, $null).CompletionMatches }
    }
    It 'is listed with its help' {
        $cube = Get-LayerType Cube
        $cube.Description | Should -BeLike 'The sum of a value and a portion of its cube*'
        $cube.Parameters[0].Description | Should -Be 'How much of the cube is added.'
    }
    It 'is completed, and so are its settings' {
        (Complete 'Add-Layer Cub').CompletionText | Should -Be 'Cube'
        (Complete 'Add-Layer Cub')[0].ToolTip | Should -BeLike 'The sum of a value*'
        (Complete 'Add-Layer Cube -Por').CompletionText | Should -Be '-Portion'
    }
    It 'is added, with settings by position that are checked' {
        $network = New-Network 2 | Add-Layer Cube 0.25
        "$($network.OutputShape)" | Should -Be '[2]'
        (, (2, -1) | Invoke-Model ($network | New-Model)).Values | Should -Be @(4, -1.25)
        { New-Network 2 | Add-Layer Cube 3 } | Should -Throw '*Portion is 3*at most 1*'
    }
    It 'is in the summary and in files' {
        $network = New-Network 2 | Add-Layer Cube 0.25 -Name bend
        ($network | Get-NetworkSummary).Type | Should -Be 'Cube'
        $network | Export-Network "$TestDrive/cube.psd1"
        Get-Content "$TestDrive/cube.psd1" -Raw | Should -BeLike "*Type = 'Cube'; Name = 'bend'; Portion = 0.25*"
        (Import-Network "$TestDrive/cube.psd1").Layers[0].Layer.Portion | Should -Be 0.25
    }
    It 'is trained through' {
        $data = New-Dataset Blobs -Count 60 -Seed 1
        (New-Network 2 | Add-Layer Linear 4 | Add-Layer Cube | Add-Layer Linear 3 | Invoke-Training $data -Epochs 2 -Seed 1).FinalTrainingLoss | Should -BeGreaterThan 0
    }
    It 'is registered once' {
        [DLExperiments.Catalogues.CatalogueIndex]::Load($path) | Should -BeNullOrEmpty
    }
}
