BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    Set-Content $TestDrive/text.txt 'a good film a bad film a good film'
    Set-Content $TestDrive/vectors.txt 'good 1 2', 'bad -1 -2', 'film 0 1'
    $script:text = Import-Dataset $TestDrive/text.txt -Level Word -SequenceLength 2
}

Describe 'Import-WordVector' {
    It 'makes the weight of an Embedding' {
        $vectors = Import-WordVector $TestDrive/vectors.txt $text.Features[0].Vocabulary
        $vectors.Count, $vectors.Width, $vectors.FoundCount -join ',' | Should -Be '4,2,3'
        $vectors.MissingSymbols -join ',' | Should -Be 'a'
        $vectors | Out-String | Should -Match 'Coverage\s*: 75.0 %'
        $model = New-Network 2 | Add-Layer Embedding $vectors.Count $vectors.Width | Add-Layer Flatten | Add-Layer Linear 4 | New-Model -Dataset $text |
            Set-Weight embedding_1.weight $vectors.Values -PassThru
        ($model | Get-Weight embedding_1.weight).Values -join ',' | Should -Be '0,0,-1,-2,0,1,1,2'   # a, bad, film, good
    }
    It 'stays as it is when frozen' {
        $vectors = $text.Features[0] | Import-WordVector $TestDrive/vectors.txt -Unknown Random -Seed 5
        $start = New-Network 2 | Add-Layer Embedding 4 2 | Add-Layer Flatten | Add-Layer Linear 4 | Set-Layer embedding_1 -Frozen | New-Model -Dataset $text |
            Set-Weight embedding_1.weight $vectors.Values -PassThru
        $run = $start | Invoke-Training -Dataset $text -Loss CrossEntropy -Epochs 2
        ($run | Get-Weight embedding_1.weight).Values -join ',' | Should -Be ($vectors.Values -join ',')
    }
    It 'names what is wrong' {
        { Import-WordVector $TestDrive/none.txt $text.Features[0].Vocabulary } | Should -Throw -ErrorId 'FileNotFound,*'
        { Import-WordVector $TestDrive/text.txt $text.Features[0].Vocabulary } | Should -Throw -ErrorId 'NotWordVectors,*'
    }
}
