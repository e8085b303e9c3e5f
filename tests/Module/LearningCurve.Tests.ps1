BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $data = New-Dataset Moons -Count 60 -Seed 1 | Split-Dataset .8, .2 -Seed 1
    $net = New-Network 2 | Add-Layer Linear 2
    $script:curve = Join-Path $TestDrive first.csv
    $script:run = $net | Invoke-Training $data -Epochs 3 -LearningRate .02 -LearningCurve $curve
}

Describe 'Export-LearningCurve and Import-LearningCurve' {
    It 'writes the file that the training wrote' {
        $file = $run | Export-LearningCurve (Join-Path $TestDrive second.csv) -PassThru
        Get-Content $file.FullName -Raw | Should -Be (Get-Content $curve -Raw)
    }

    It 'reads what it wrote, to the last digit' {
        $rows = Import-LearningCurve $curve
        $rows.Epoch | Should -Be 1, 2, 3
        $rows[2].TrainingLoss | Should -Be $run.History[2].TrainingLoss
        $rows[0].Run | Should -Be 'first'
        $rows | Export-LearningCurve (Join-Path $TestDrive third.csv)
        Get-Content (Join-Path $TestDrive third.csv) -Raw | Should -Be (Get-Content $curve -Raw)
    }

    It 'keeps numbers that are none apart from missing ones' {
        # The area under the curve is not defined where only one class is.
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; y = if ($_ -gt 10) { 'b' } else { 'a' } } }
        $set = $rows | ConvertTo-Dataset -Target y
        $only = $rows | Select-Object -First 5 | ConvertTo-Dataset -Target y
        $file, $again, $third = 'nan.csv', 'nan2.csv', 'nan3.csv' | ForEach-Object { Join-Path $TestDrive $_ }
        $measured = New-Network 1 | Add-Layer Linear 2 | Invoke-Training $set -ValidationDataset $only -Epochs 2 -Metric RocAuc -LearningCurve $file
        [double]::IsNaN($measured.History[0].ValidationRocAuc) | Should -BeTrue
        (Import-Csv $file)[0].ValidationRocAuc | Should -Be 'NaN'
        Import-LearningCurve $file | Export-LearningCurve $again
        Get-Content $again -Raw | Should -Be (Get-Content $file -Raw)
        Import-Csv $file | Export-LearningCurve $again -Force
        Get-Content $again -Raw | Should -Be (Get-Content $file -Raw)
        $measured.History | Export-Clixml (Join-Path $TestDrive nan.xml)
        Import-Clixml (Join-Path $TestDrive nan.xml) | Export-LearningCurve $third
        (Import-Csv $third)[1].ValidationRocAuc | Should -Be 'NaN'
        (Import-Csv $third)[1].TrainingRocAuc | Should -Be (Import-Csv $file)[1].TrainingRocAuc
    }

    It 'merges many runs by wildcard and plots them' {
        $rows = Import-LearningCurve (Join-Path $TestDrive *.csv)
        ($rows | Group-Object Run).Count | Should -BeGreaterThan 1
        $rows | Export-Plot LearningCurve (Join-Path $TestDrive merged.svg) -Metric Loss
        Get-Content (Join-Path $TestDrive merged.svg) -Raw | Should -Match '>second<'
    }

    It 'refuses several runs in one file' {
        { $run, $run | Export-LearningCurve (Join-Path $TestDrive both.csv) } | Should -Throw -ErrorId 'SeveralRuns*'
        Test-Path (Join-Path $TestDrive both.csv) | Should -BeFalse
    }

    It 'keeps an existing file unless told, and writes nothing with -WhatIf' {
        { $run | Export-LearningCurve $curve } | Should -Throw -ErrorId 'FileExists*'
        $run | Export-LearningCurve (Join-Path $TestDrive never.csv) -WhatIf
        Test-Path (Join-Path $TestDrive never.csv) | Should -BeFalse
    }
}
