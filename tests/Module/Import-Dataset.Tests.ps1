BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments

    function Write-Csv([string] $Name, [string] $Text) {
        $path = Join-Path $TestDrive $Name
        [System.IO.File]::WriteAllText($path, $Text)
        $path
    }

    # An IDX file of bytes by hand: magic, sizes, data.
    function Write-Idx([string] $Name, [int[]] $Sizes, [byte[]] $Data) {
        $bytes = [System.Collections.Generic.List[byte]]::new([byte[]] (0, 0, 8, $Sizes.Count))
        foreach ($size in $Sizes) { foreach ($shift in 24, 16, 8, 0) { $bytes.Add(($size -shr $shift) -band 255) } }
        $bytes.AddRange($Data)
        $path = Join-Path $TestDrive $Name
        [System.IO.File]::WriteAllBytes($path, $bytes.ToArray())
        $path
    }
}

Describe 'Import-Dataset' {
    Context 'tables' {
        It 'reads CSV with a target by name or place' {
            $path = Write-Csv 'a.csv' "x,y,kind`n1,2,a`n3,4,b`n"
            (Import-Dataset $path -Target kind).ClassNames -join ',' | Should -Be 'a,b'
            (Import-Dataset $path -Target -1).ClassNames -join ',' | Should -Be 'a,b'
            (Import-Dataset $path).Targets.Count | Should -Be 0
            (Import-Dataset $path).Name | Should -Be 'a'
        }
        It 'takes files from the pipeline and wildcards' {
            $null = Write-Csv 'p1.csv' "x`n1`n"
            $null = Write-Csv 'p2.csv' "x`n1`n2`n"
            (Import-Dataset (Join-Path $TestDrive 'p?.csv') | Measure-Object -Property Count -Sum).Sum | Should -Be 3
            (Get-ChildItem $TestDrive -Filter 'p?.csv' | Import-Dataset | Measure-Object).Count | Should -Be 2
            (Import-Dataset -LiteralPath (Join-Path $TestDrive 'p2.csv')).Count | Should -Be 2
        }
        It 'takes the settings of the format' {
            $path = Write-Csv 's.txt' "note`n1;a`n2;b`nsum;3`n"
            $data = Import-Dataset $path -Format Csv -SkipHeader 1 -SkipFooter 1 -Header Value, Kind -Target Kind -Delimiter ';'
            $data.Count | Should -Be 2
            $data.Schema.Features.Name | Should -Be 'Value'
        }
        It 'fills in and scales' {
            $path = Write-Csv 'm.csv' "x,y`n1,a`nNA,b`n3,a`n"
            (Import-Dataset $path -Target y -Missing Median -MissingValue NA -Scale MinMax).Transforms.Count | Should -Be 2
        }
        It 'reads iris' -Skip:(-not (Test-Path "$PSScriptRoot/../../../shared/data/tables/iris.csv")) {
            $iris = Import-Dataset "$PSScriptRoot/../../../shared/data/tables/iris.csv" -Target -1
            $iris.Count | Should -Be 150
            $iris.ClassNames.Count | Should -Be 3
        }
    }

    Context 'images' {
        BeforeAll {
            $images = Write-Idx 'x-images-idx3-ubyte' (2, 2, 2) (0, 255, 0, 255, 1, 2, 3, 4)
            $labels = Write-Idx 'x-labels-idx1-ubyte' (, 2) (1, 0)
        }
        It 'reads IDX with the labels beside it' {
            $data = Import-Dataset $images
            "$($data.InputShape)" | Should -Be "[1,2,2]"
            $data.ClassNames -join ',' | Should -Be '0,1'
            ($data | ConvertFrom-Dataset | ForEach-Object Label) -join ',' | Should -Be '1,0'
        }
        It 'flattens and finds labels by path' {
            "$((Import-Dataset $images -Flatten -LabelPath $labels).InputShape)" | Should -Be "[4]"
        }
        It 'reads MNIST' -Skip:(-not (Test-Path "$PSScriptRoot/../../../shared/data/mnist")) {
            (Import-Dataset "$PSScriptRoot/../../../shared/data/mnist/t10k-images-idx3-ubyte.gz").Count | Should -Be 10000
        }
        It 'names <ErrorId>' -ForEach @(
            @{ ErrorId = 'TruncatedIdx'; Sizes = 2, 2, 2; Data = 1, 2, 3 }
            @{ ErrorId = 'IdxTooLong'; Sizes = 1, 1, 2; Data = 1, 2, 3 }
            @{ ErrorId = 'IdxNotImages'; Sizes = , 3; Data = 1, 2, 3 }
        ) {
            $path = Write-Idx 'bad.idx' $Sizes $Data
            { Import-Dataset $path } | Should -Throw -ErrorId "$ErrorId,*" -ExpectedMessage '*bad.idx*'
        }
        It 'names swapped and foreign label files' {
            { Import-Dataset $images -LabelPath $images } | Should -Throw -ErrorId 'IdxNotLabels,*'
            $other = Write-Idx 'three' (, 3) (1, 2, 3)
            { Import-Dataset $images -LabelPath $other } | Should -Throw -ErrorId 'IdxCountMismatch,*'
        }
        It 'refuses column parameters' {
            { Import-Dataset $images -Target Label } | Should -Throw -ErrorId 'UnknownParameter,*' -ExpectedMessage '*-Target*'
            { Import-Dataset $images -Delimiter ',' } | Should -Throw -ErrorId 'UnknownParameter,*' -ExpectedMessage '*-Delimiter*'
        }
    }

    Context 'bad tables' {
        It 'names <ErrorId>' -ForEach @(
            @{ ErrorId = 'EmptyFile'; Text = ''; Message = '*bad.csv*' }
            @{ ErrorId = 'EmptyDataset'; Text = "a,b`n"; Message = '*only a header*' }
            @{ ErrorId = 'RaggedRow'; Text = "a,b`n1,2`n3`n"; Message = '*line 3*1 cell*2*' }
            @{ ErrorId = 'NonNumericCell'; Text = "a,b`n1,2`n3,4`n5,six`n"; Message = "*line 4, column 'b': 'six'*" }
            @{ ErrorId = 'MissingValue'; Text = "a,b`n1,2`n,4`n"; Message = "*line 3, column 'a'*" }
            @{ ErrorId = 'DuplicateColumn'; Text = "a,a`n1,2`n"; Message = "*'a'*" }
        ) {
            $path = Write-Csv 'bad.csv' $Text
            { Import-Dataset $path } | Should -Throw -ErrorId "$ErrorId,*" -ExpectedMessage $Message
        }
        It 'names a file that is not there' {
            { Import-Dataset (Join-Path $TestDrive 'none.csv') } | Should -Throw -ErrorId 'FileNotFound,*' -ExpectedMessage '*none.csv*'
            { Import-Dataset (Join-Path $TestDrive 'none*.csv') } | Should -Throw -ErrorId 'FileNotFound,*'
        }
        It 'suggests a format' {
            $path = Write-Csv 'f.csv' "a`n1`n"
            { Import-Dataset $path -Format Cvs } | Should -Throw -ErrorId 'UnknownFormat,*' -ExpectedMessage "*'Csv'*"
        }
    }
}
