BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments
    $flowers = @'
Length,Width,Colour,Species
5.1,3.5,red,setosa
4.9,3.0,blue,setosa
6.2,2.9,red,versicolor
5.9,3.0,blue,versicolor
'@ | ConvertFrom-Csv
}

Describe 'ConvertTo-Dataset' {
    It 'makes numbers, one-hot categories and classes of Import-Csv rows' {
        $data = $flowers | ConvertTo-Dataset -Target Species -Name Flowers
        $data.Count | Should -Be 4
        $data.Name | Should -Be 'Flowers'
        "$($data.InputShape)" | Should -Be "[4]"
        $data.ClassNames -join ',' | Should -Be 'setosa,versicolor'
        ($data.ClassCounts | ForEach-Object Count) -join ',' | Should -Be '2,2'
        $data.Schema.Features.Name -join ',' | Should -Be 'Length,Width,Colour'
    }

    It 'takes hashtables and other objects' {
        (@{ A = 1; B = 2 }, @{ B = 4; A = 3 } | ConvertTo-Dataset -Target B).Schema.Features.Name | Should -Be 'A'
        ([version]'1.2.3.4', [version]'2.3.4.5' | ConvertTo-Dataset -Target Major -Feature Minor, B*).Schema.Features.Name -join ',' | Should -Be 'Minor,Build'
        (1..3 | ForEach-Object { [ordered]@{ Z = $_; A = $_ * 2 } } | ConvertTo-Dataset).Schema.Features.Name -join ',' | Should -Be 'Z,A'
    }

    It 'chooses columns by <Case>' -ForEach @(
        @{ Case = 'wildcards'; Parameters = @{ Feature = '*th' }; Expected = 'Length,Width' }
        @{ Case = 'exclusion'; Parameters = @{ Exclude = 'Col*' }; Expected = 'Length,Width' }
        @{ Case = 'place'; Parameters = @{ Feature = 0, -2 }; Expected = 'Length,Colour' }
    ) {
        ($flowers | ConvertTo-Dataset -Target Species @Parameters).Schema.Features.Name -join ',' | Should -Be $Expected
    }

    It 'labels text on demand' {
        "$(($flowers | ConvertTo-Dataset -Target Species -TextEncoding Label).InputShape)" | Should -Be "[3]"
    }

    It 'makes classes of numbers only with -TargetType Class' {
        $rows = 1..4 | ForEach-Object { [pscustomobject]@{ X = $_ / 2; Y = $_ % 2 } }
        ($rows | ConvertTo-Dataset -Target Y).ClassNames | Should -BeNullOrEmpty
        ($rows | ConvertTo-Dataset -Target Y -TargetType Class).ClassNames -join ',' | Should -Be '0,1'
    }

    It 'encodes later rows by the schema of earlier ones' {
        $first = $flowers | ConvertTo-Dataset -Target Species
        $later = $flowers | Select-Object -Last 1 | ConvertTo-Dataset -Schema $first.Schema
        $later.ClassNames -join ',' | Should -Be 'setosa,versicolor'
        "$($later.InputShape)" | Should -Be "[4]"
        { $flowers | ConvertTo-Dataset -Schema $first.Schema -Target Species } | Should -Throw -ErrorId 'SchemaConflict,*'
    }

    It 'gives the rows back' {
        $back = @($flowers | ConvertTo-Dataset -Target Species | ConvertFrom-Dataset)
        $back.Count | Should -Be 4
        $back[2].Species | Should -Be 'versicolor'
        $back[2].Colour | Should -Be 'red'
        [math]::Round($back[2].Length, 4) | Should -Be 6.2
    }

    It 'keeps the unfitted step for the training part' {
        ($flowers | ConvertTo-Dataset -Target Species -Scale Standardize).Transforms.Count | Should -Be 1
        ($flowers | ConvertTo-Dataset -Target Species).Transforms.Count | Should -Be 0
    }

    Context 'missing values' {
        BeforeAll { $gaps = "A,B,C`n1,2,x`n,4,y`n5,?,x" | ConvertFrom-Csv }

        It 'are refused by row and column' {
            { $gaps | ConvertTo-Dataset -Target C } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage "*Row 2, column 'A'*"
        }
        It 'are filled in by choice' {
            $data = $gaps | ConvertTo-Dataset -Target C -Missing Mean -MissingValue '?'
            $data.Count | Should -Be 3
            $data.Transforms[0].Strategy | Should -Be 'Mean'
        }
        It 'are dropped by choice, with a warning' {
            ($gaps | ConvertTo-Dataset -Target C -Missing Drop -MissingValue '?' -WarningVariable told -WarningAction SilentlyContinue).Count | Should -Be 1
            "$told" | Should -BeLike '2 of 3 rows*'
        }
    }

    Context 'bad input' {
        It 'names the cell that is no number' {
            { "A,B`n1,x`n2,y`nthree,x" | ConvertFrom-Csv | ConvertTo-Dataset -Target B } |
                Should -Throw -ErrorId 'NonNumericCell,*' -ExpectedMessage "*Row 3, column 'A': 'three'*"
        }
        It 'names the row with other columns' {
            { [pscustomobject]@{ A = 1; B = 2 }, [pscustomobject]@{ A = 1; C = 3 } | ConvertTo-Dataset } |
                Should -Throw -ErrorId 'RaggedRow,*' -ExpectedMessage "*Row 2*lacks 'B'*'C'*"
            { @{ A = 1 }, @{ A = 1; C = 3 } | ConvertTo-Dataset } | Should -Throw -ErrorId 'RaggedRow,*'
        }
        It 'suggests near column names' {
            { $flowers | ConvertTo-Dataset -Target Specis } | Should -Throw -ErrorId 'UnknownColumn,*' -ExpectedMessage "*'Species'*"
            { $flowers | ConvertTo-Dataset -Target Species -Feature 'Q*' } | Should -Throw -ErrorId 'UnknownColumn,*'
        }
        It 'refuses what is no row' {
            { 1, 2 | ConvertTo-Dataset } | Should -Throw -ErrorId 'NotARow,*'
            { 'a' | ConvertTo-Dataset } | Should -Throw -ErrorId 'NotARow,*'
        }
        It 'refuses an empty pipeline' {
            { @() | ConvertTo-Dataset } | Should -Throw -ErrorId 'EmptyDataset,*'
        }
        It 'refuses lists in cells' {
            { [pscustomobject]@{ A = 1, 2 } | ConvertTo-Dataset } | Should -Throw -ErrorId 'NonScalarCell,*'
        }
    }
}
