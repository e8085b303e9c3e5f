BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    function Complete([string] $Line) {
        @(TabExpansion2 $Line $Line.Length | ForEach-Object CompletionMatches | ForEach-Object CompletionText)
    }
}

Describe 'Import-Dataset, several files' {
    BeforeAll {
        $null = New-Item -ItemType Directory $TestDrive/many -Force
        Set-Content $TestDrive/many/1.csv 'a,b', '1,2'
        Set-Content $TestDrive/many/2.csv 'a,b', '1,2,3'
        Set-Content $TestDrive/many/3.csv 'a,b', '3,4'
    }
    It 'reports a bad one and reads the others' {
        $data = Import-Dataset $TestDrive/many/*.csv -ErrorAction SilentlyContinue -ErrorVariable failed
        $data.Name -join ',' | Should -Be '1,3'
        @($failed).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'RaggedRow,*'
        "$($failed[0])" | Should -BeLike '2.csv, line 2*'
    }
    It 'goes on from a missing one, also from the pipeline' {
        $data = "$TestDrive/many/1.csv", "$TestDrive/none.csv", "$TestDrive/many/3.csv" | Import-Dataset -ErrorAction SilentlyContinue -ErrorVariable failed
        $data.Count | Should -Be 2
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        (Import-Dataset $TestDrive/many/1.csv, $TestDrive/none.csv -ErrorAction SilentlyContinue).Name | Should -Be '1'
        { Import-Dataset $TestDrive/many/*.csv -ErrorAction Stop } | Should -Throw
    }
    It 'ends with the only one' {
        { Import-Dataset $TestDrive/many/2.csv } | Should -Throw -ErrorId 'RaggedRow,*'
    }
    It 'is so with models' {
        New-Network 2 | Add-Layer Linear 1 | New-Model | Export-Model $TestDrive/good.safetensors
        Set-Content $TestDrive/bad.safetensors 'no model'
        $models = Import-Model $TestDrive/*.safetensors -ErrorAction SilentlyContinue -ErrorVariable failed
        @($models).Count, @($failed).Count -join ',' | Should -Be '1,1'
        { Import-Model $TestDrive/bad.safetensors } | Should -Throw
    }
}

Describe 'Completion of columns' {
    BeforeAll {
        Set-Content $TestDrive/t.csv 'Sepal Width,Species,SepalLength', '1,a,2'
        Set-Content $TestDrive/s.txt 'x;y', '1;2'
        Set-Content $TestDrive/j.jsonl '{"alpha": 1, "beta": 2}'
    }
    It 'knows those of the file' {
        (Complete "Import-Dataset '$TestDrive/t.csv' -Target S") -join '|' | Should -Be "'Sepal Width'|Species|SepalLength"
        (Complete "Import-Dataset '$TestDrive/t.csv' -Target Species -Feature sepall") -join '|' | Should -Be 'SepalLength'
        (Complete "Import-Dataset '$TestDrive/j.jsonl' -Exclude ") -join '|' | Should -Be 'alpha|beta'
        (Complete "Import-Dataset '$TestDrive/s.txt' -Format Csv -Delimiter ';' -Target ") -join '|' | Should -Be 'x|y'
    }
    It 'knows those of the objects upstream' {
        (Complete "Import-Csv '$TestDrive/t.csv' | ConvertTo-Dataset -Target Sp") -join '|' | Should -Be 'Species'
        $global:dlxRows = [pscustomobject]@{ Left = 1; Right = 2 }, [pscustomobject]@{ Left = 3; Right = 4 }
        try { (Complete '$global:dlxRows | ConvertTo-Dataset -Target ') -join '|' | Should -Be 'Left|Right' }
        finally { Remove-Variable dlxRows -Scope Global }
    }
    It 'stays silent about a file that is not there' {
        Complete "Import-Dataset '$TestDrive/none.csv' -Target Sp" | Where-Object { $_ -eq 'Species' } | Should -BeNullOrEmpty
    }
}

Describe 'Texts' {
    It 'go raw to a model that learnt from a folder of them' {
        $i = 0
        foreach ($text in 'a good film', 'good fun', 'so good', 'a bad film', 'bad luck', 'so bad') {
            $kind = if ($text -like '*good*') { 'pos' } else { 'neg' }
            $null = New-Item -ItemType Directory $TestDrive/reviews/$kind -Force
            Set-Content $TestDrive/reviews/$kind/$((++$i)).txt $text
        }
        $data = Import-Dataset $TestDrive/reviews -SequenceLength 3
        $symbols = $data.Features[0].Vocabulary.Count
        $run = New-Network 3 | Add-Layer Embedding $symbols 4 | Add-Layer Flatten | Add-Layer Linear 2 | Invoke-Training -Dataset $data -Epochs 60 -LearningRate .05 -Optimizer Adam -Seed 1
        $run | Export-Model $TestDrive/reviews.safetensors
        $model = Import-Model $TestDrive/reviews.safetensors
        ('so good', 'so bad', 'a bad film, truly' | Invoke-Model $model).Prediction -join ',' | Should -Be 'pos,neg,neg'
        ([pscustomobject]@{ Id = 1; Text = 'good' } | Invoke-Model $model).Prediction | Should -Be 'pos'
        $model.Preprocessing.Text.Vocabulary.Count | Should -Be $symbols
    }
}

Describe 'A scaled series' {
    It 'is predicted in its own units' {
        Set-Content $TestDrive/s.csv (@('t,y') + (0..59 | ForEach-Object { "$_,$(1000 + 50 * $_)" }))
        $data = Import-Dataset $TestDrive/s.csv -Window 3 -Column y -TrainRatio .7 -Scale MinMax
        $run = New-Network 3, 1 | Add-Layer Flatten | Add-Layer Linear 1 | Invoke-Training -Dataset $data -Epochs 300 -LearningRate .02 -Optimizer Adam -Seed 1
        $run.History[-1].TrainLoss | Should -BeLessThan 1e-3
        $last = $data.Test | Invoke-Model $run | Select-Object -Last 1
        $last.Actual | Should -Be 3950
        [math]::Abs($last.Prediction - 3950) | Should -BeLessThan 100
        $errors = $data.Test | Invoke-Model $run | ForEach-Object { [math]::Abs($_.Prediction - $_.Actual) }
        $mean = ($errors | Measure-Object -Average).Average
        [math]::Abs(($run | Measure-Model -Dataset $data.Test).MAE - $mean) | Should -BeLessThan 1e-3
        { Import-Dataset $TestDrive/s.csv -Window 3 -Column y -Scale MinMax } | Should -Throw -ErrorId 'InvalidParameterValue,*'
        { Import-Dataset $TestDrive/s.csv -Window 3 -Column y -Target t } | Should -Throw -ErrorId 'UnknownParameter,*'
    }
}
