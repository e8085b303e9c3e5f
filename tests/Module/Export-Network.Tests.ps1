BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $network = New-Network 2, 6, 6 -Name small |
        Add-Layer Conv2d 3 3 -Padding same -Name a -Activation @{ Name = 'LeakyReLU'; NegativeSlope = 0.2 } |
        Add-Layer Conv2d 3 1 -Name b -From input -Frozen | Add-Layer Add -From a_leakyrelu, b |
        Add-Layer Flatten | Add-Layer Linear 2 -WeightInitialiser @{ Name = 'Normal'; Std = 0.05 }
}

Describe 'Export-Network and Import-Network' {
    It 'bring a network to a file and back' {
        $path = "$TestDrive/network.json"
        $network | Export-Network $path | Should -BeNullOrEmpty
        $read = Import-Network $path
        $read.Name | Should -Be 'small'
        ($read | Get-NetworkSummary | Out-String) | Should -Be ($network | Get-NetworkSummary | Out-String)
        $read.Layers[1].Layer.NegativeSlope | Should -Be 0.2
        $read.Layers[5].Layer.WeightInitialiser.Std | Should -Be 0.05
        $read | Export-Network "$TestDrive/again.json"
        Get-Content "$TestDrive/again.json" -Raw | Should -BeExactly (Get-Content $path -Raw)
    }
    It 'writes JSON that ConvertFrom-Json reads' {
        $network | Export-Network "$TestDrive/plain.json"
        $json = Get-Content "$TestDrive/plain.json" -Raw | ConvertFrom-Json
        $json.version | Should -Be 1
        $json.layers.type | Should -Be @('Conv2d', 'LeakyReLU', 'Conv2d', 'Add', 'Flatten', 'Linear')
        $json.layers[2].from | Should -Be 'input'
        $json.layers[2].frozen | Should -BeTrue
    }
    It 'give the file back with -PassThru' {
        ($network | Export-Network "$TestDrive/passed.json" -PassThru).Name | Should -Be 'passed.json'
    }
    It 'write nothing with -WhatIf' {
        $network | Export-Network "$TestDrive/never.json" -WhatIf
        "$TestDrive/never.json" | Should -Not -Exist
    }
    It 'overwrite with -Force only' {
        $path = "$TestDrive/old.json"
        Set-Content $path 'precious'
        $failure = { $network | Export-Network $path } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'FileExists,DLExperiments.Commands.Networks.ExportNetworkCommand'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content $path | Should -Be 'precious'
        $network | Export-Network $path -Force
        (Import-Network $path).Name | Should -Be 'small'
    }
    It 'refuse a folder that does not exist' {
        $failure = { $network | Export-Network "$TestDrive/nowhere/n.json" } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'FolderNotFound,DLExperiments.Commands.Networks.ExportNetworkCommand'
    }
    It 'read several files by wildcard' {
        1, 2 | ForEach-Object { New-Network $_ -Name "n$_" | Export-Network "$TestDrive/many$_.json" }
        (Import-Network "$TestDrive/many*.json").Name | Should -Be @('n1', 'n2')
    }
    It 'take a literal path with brackets' {
        New-Network 3 -Name odd | Export-Network -LiteralPath "$TestDrive/a[1].json"
        (Import-Network -LiteralPath "$TestDrive/a[1].json").Name | Should -Be 'odd'
    }
}

Describe 'What Import-Network refuses' {
    It '<Why>' -ForEach @(
        @{ Why = 'a file that is not there'; Content = $null; Id = 'FileNotFound'; Text = '*no file*' }
        @{ Why = 'a file that is not JSON'; Content = 'Layer,Size'; Id = 'InvalidNetworkJson'; Text = '*not JSON*' }
        @{ Why = 'other JSON'; Content = '{ "layers": [] }'; Id = 'InvalidNetworkJson'; Text = '*format*' }
        @{ Why = 'a later format'; Content = '{ "format": "DLExperiments.Network", "version": 7 }'; Id = 'NetworkTooNew'; Text = '*version 7*' }
        @{ Why = 'an unknown layer'; Content = '{ "format": "DLExperiments.Network", "version": 1, "inputs": [{ "name": "input", "shape": [4] }], "layers": [{ "name": "x", "type": "Quantum" }] }'; Id = 'UnknownLayer'; Text = "*'x'*'Quantum'*" }
    ) {
        $path = "$TestDrive/bad.json"
        if (Test-Path $path) { Remove-Item $path }
        if ($null -ne $Content) { Set-Content $path $Content }
        $failure = { Import-Network $path -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be "$Id,DLExperiments.Commands.Networks.ImportNetworkCommand"
        "$failure" | Should -BeLike $Text
        "$failure" | Should -BeLike '*bad.json*'
    }
    It 'one of several and goes on with the others' {
        New-Network 3 -Name good | Export-Network "$TestDrive/good.json"
        $read = Import-Network "$TestDrive/absent.json", "$TestDrive/good.json" -ErrorAction SilentlyContinue -ErrorVariable failures
        $read.Name | Should -Be 'good'
        $failures.Count | Should -Be 1
    }
}

Describe 'What carries a network' {
    BeforeAll {
        $network = New-Network 2 -Name carried | Add-Layer Linear 2
        $run = $network | Invoke-Training (New-Dataset Moons -Count 20) -Epochs 1
    }
    It 'stands for it: <_>' -ForEach 'network', 'model', 'result' {
        $kind = $_
        $carrier = switch ($kind) { network { $network } model { $run.Model } result { $run } }
        ($carrier | Get-NetworkSummary -Total).Title | Should -Be 'carried'
        $file = Join-Path $TestDrive "$kind.json"
        $carrier | Export-Network $file
        (Import-Network $file).ParameterCount | Should -Be $network.ParameterCount
    }
    It 'is not just anything' {
        { Get-NetworkSummary 5 } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }
}

Describe 'Paths of the Import cmdlets' {
    It 'Import-<Noun> takes them from the pipeline, from files and from properties' -ForEach @(
        @{ Noun = 'Network'; Make = { New-Network 2 | Add-Layer Linear 2 | Export-Network $args[0] } }
        @{ Noun = 'Model'; Make = { New-Network 2 | Add-Layer Linear 2 | New-Model | Export-Model $args[0] } }
        @{ Noun = 'Dataset'; Make = { New-Dataset Moons 20 | ConvertFrom-Dataset | Export-Csv $args[0] } }
    ) {
        $file = Join-Path $TestDrive "$Noun.file"
        & $Make $file
        $options = if ($Noun -eq 'Dataset') { @{ Format = 'Csv' } } else { @{} }
        $sources = $file, (Get-Item $file), [IO.FileInfo]::new($file), [pscustomobject]@{ Path = $file }, [pscustomobject]@{ FullName = $file }
        foreach ($source in $sources) { @($source | & "Import-$Noun" @options).Count | Should -Be 1 }
    }
}
