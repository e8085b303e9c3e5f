BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'Get-ComputeDevice' {
    BeforeAll {
        $devices = @(Get-ComputeDevice)
        $cpu = Get-ComputeDevice cpu
    }

    It 'writes the processor first' {
        $devices[0].Name | Should -BeExactly 'cpu'
        $devices[0].Type | Should -BeExactly 'CPU'
        $devices[0].IsAvailable | Should -BeTrue
        $devices[0].Reason | Should -BeNullOrEmpty
    }
    It 'knows the processor: <_>' -ForEach 'Description', 'TorchSharpVersion', 'LibTorchVersion', 'Runtime', 'OperatingSystem', 'InstructionSets' {
        $cpu.$_ | Should -Not -BeNullOrEmpty
    }
    It 'counts the cores that the process may use' {
        $cpu.Cores | Should -Be ([Environment]::ProcessorCount)
    }
    It 'spreads an operation over at least one thread and at most one a core' -Skip:($null -ne $env:OMP_NUM_THREADS -or $null -ne $env:MKL_NUM_THREADS) {
        $cpu.Threads | Should -BeGreaterOrEqual 1
        $cpu.Threads | Should -BeLessOrEqual $cpu.Cores
    }
    It 'tells the memory in bytes' {
        $cpu.Memory | Should -BeGreaterThan 256MB
        $cpu.Memory | Should -BeOfType [long]
    }
    It 'names instruction sets that fit the vector width' {
        $cpu.VectorWidth | Should -BeIn 128, 256, 512
        if ($cpu.VectorWidth -ge 256) { $cpu.InstructionSets | Should -Contain 'AVX2' }
        if ($cpu.VectorWidth -eq 512) { $cpu.InstructionSets | Should -Contain 'AVX512F' }
    }
    It 'agrees with libtorch about the threads once it is loaded' {
        $before = (Get-ComputeDevice cpu).Threads
        [DLExperiments.Native.TorchLibrary]::EnsureLoaded()
        (Get-ComputeDevice cpu).Threads | Should -Be $before
    }
    It 'says of a GPU that is off why it is' {
        $cuda = @($devices | Where-Object Type -EQ CUDA)
        $cuda.Count | Should -BeGreaterThan 0
        foreach ($device in $cuda) {
            if ($device.IsAvailable) { $device.Reason | Should -BeNullOrEmpty }
            else { $device.Reason | Should -Match 'CPU build|driver|GPU|macOS' }
        }
    }

    It 'finds by wildcard: <Pattern>' -ForEach @(@{ Pattern = 'c*u'; Names = 'cpu' }, @{ Pattern = 'CPU'; Names = 'cpu' }, @{ Pattern = '[x]*'; Names = @() }) {
        @((Get-ComputeDevice -Name $Pattern).Name | Where-Object { $_ }) -join ' ' | Should -BeExactly ($Names -join ' ')
    }
    It 'takes names from the pipeline' {
        ('cpu', 'cp?' | Get-ComputeDevice).Name | Should -Be 'cpu', 'cpu'
    }
    It 'takes its own objects from the pipeline' {
        ($cpu | Get-ComputeDevice).Name | Should -Be 'cpu'
    }
    It 'reports an unknown name and goes on with the others' {
        $found = Get-ComputeDevice nosuch, cpu -ErrorAction SilentlyContinue -ErrorVariable problems
        $found.Name | Should -Be 'cpu'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'DeviceNotFound,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be 'nosuch'
    }
    It 'says nothing about a pattern that matches nothing' {
        Get-ComputeDevice no* -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.Count | Should -Be 0
    }

    It 'completes names' {
        $line = 'Get-ComputeDevice -Name c'
        $matches = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
        $matches.CompletionText | Should -Contain 'cpu'
        ($matches | Where-Object CompletionText -EQ cpu).ToolTip | Should -Be $cpu.Description
    }
    It 'shows the rounded memory in the table only' {
        $text = $devices | Out-String
        $text | Should -Match 'Memory\(GiB\)'
        $text | Should -Match ([regex]::Escape(('{0:N1}' -f ($cpu.Memory / 1GB))))
    }
    It 'keeps its values through serialisation' {
        $again = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($cpu))
        foreach ($name in 'Name', 'Type', 'IsAvailable', 'Description', 'Memory', 'Threads', 'Cores', 'VectorWidth') {
            $again.$name | Should -Be $cpu.$name
        }
        $again.InstructionSets -join ' ' | Should -Be ($cpu.InstructionSets -join ' ')
    }
}
