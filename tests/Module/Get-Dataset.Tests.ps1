BeforeAll {
    Import-Module $PSScriptRoot/../../module/DLExperiments

    # The real bytes of a set are not in the repository; of the iris table beside it, where it is there.
    $script:real = "$PSScriptRoot/../../../shared/data/tables/iris.csv"
    $script:nobody = 'http://127.0.0.1:9'   # the port 'discard', on which nothing listens
    $script:once = @{ MaximumRetryCount = 0; RetryIntervalSec = 0; TimeoutSec = 2 }
}

Describe 'Get-Dataset' {
    It 'lists all sets' {
        $all = Get-Dataset
        'MNIST', 'FashionMNIST', 'EMNIST', 'CIFAR10', 'CIFAR100', 'TinyImageNet', 'IMDB', 'CaliforniaHousing', 'AirlinePassengers', 'TinyShakespeare', 'Iris' |
            Where-Object { $_ -notin $all.Name } | Should -BeNullOrEmpty
        (Get-Dataset cifar*).Name -join ',' | Should -Be 'CIFAR10,CIFAR100'
        Get-Dataset *MNIST | Out-String -Width 200 | Should -Match 'FashionMNIST\s+70,000\s+30.9'
    }
    It 'tells what is known of one, and whether it is in the cache' {
        $info = Get-Dataset EMNIST -ListAvailable -Root $TestDrive/none
        $info.IsCached | Should -BeFalse
        $info.Folder | Should -Be (Join-Path $TestDrive 'none' 'EMNIST')
        $info.Parameters.Name | Should -Contain 'Split'
        $info | Export-Csv $TestDrive/info.csv
        (Import-Csv $TestDrive/info.csv).DownloadBytes | Should -Be 561753746
        Test-Path $TestDrive/none | Should -BeFalse
    }
    It 'has the settings of the set as parameters' {
        { Get-Dataset EMNIST Letters -WhatIf -Root $TestDrive/none } | Should -Not -Throw
        { Get-Dataset EMNIST Nothing -WhatIf -Root $TestDrive/none } | Should -Throw
        { Get-Dataset MNIST -Coarse } | Should -Throw
    }
    It 'does nothing with -WhatIf' {
        Get-Dataset MNIST -Root $TestDrive/what -Mirror $nobody -WhatIf | Should -BeNullOrEmpty
        Test-Path $TestDrive/what | Should -BeFalse
    }
    It 'says what to do without a connection' {
        { Get-Dataset Iris -Root $TestDrive/off -Mirror $nobody @once } |
            Should -Throw -ErrorId 'DatasetUnavailable,*' -ExpectedMessage "*fetch https://*iris.csv elsewhere and put it into '*Iris'*"
    }
    It 'goes on with the other sets when one is not to be had' {
        $found = Get-Dataset Iris, NoSuchSet, MNIST -Root $TestDrive/off -Mirror $nobody @once -ErrorAction SilentlyContinue -ErrorVariable failed
        $found | Should -BeNullOrEmpty
        ($failed.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] }) -join ' ' | Should -Be 'DatasetUnavailable UnknownDataset DatasetUnavailable'
        { Get-Dataset Irsi } | Should -Throw -ErrorId 'UnknownDataset,*' -ExpectedMessage "*'Iris'*"
    }
    It 'loads a set from a mirror and then from the cache' -Skip:(-not (Test-Path "$PSScriptRoot/../../../shared/data/tables/iris.csv")) {
        $null = New-Item -ItemType Directory $TestDrive/mirror/Iris -Force
        Copy-Item $real $TestDrive/mirror/Iris
        $iris = Get-Dataset Iris -Root $TestDrive/cache -Mirror $TestDrive/mirror -Scale Standardize
        $iris.Count | Should -Be 150
        $iris.Transforms.Count | Should -Be 1
        (Get-Dataset Iris -Root $TestDrive/cache -Mirror $nobody @once).ClassNames -join ',' | Should -Be 'Iris-setosa,Iris-versicolor,Iris-virginica'
        { Get-Dataset Iris -Root $TestDrive/cache -Mirror $nobody @once -Force } | Should -Throw -ErrorId 'DatasetUnavailable,*'
    }
    It 'refuses a file that is not the one' {
        $null = New-Item -ItemType Directory $TestDrive/hand/Iris -Force
        Set-Content $TestDrive/hand/Iris/iris.csv '1,2,3,4,rose'
        { Get-Dataset Iris -Root $TestDrive/hand } | Should -Throw -ErrorId 'ChecksumMismatch,*' -ExpectedMessage '*iris.csv*-Force*'
    }
    It 'takes root and mirror from the environment' {
        $before = $env:DLEXPERIMENTS_DATA, $env:DLEXPERIMENTS_MIRROR
        try {
            $env:DLEXPERIMENTS_DATA = Join-Path $TestDrive 'env'
            $env:DLEXPERIMENTS_MIRROR = "$nobody/one;$nobody/two"
            (Get-Dataset Iris -ListAvailable).Folder | Should -Be (Join-Path $TestDrive 'env' 'Iris')
            { Get-Dataset Iris @once } | Should -Throw -ExpectedMessage '*127.0.0.1:9/one/Iris/iris.csv*127.0.0.1:9/two/Iris/iris.csv*'
        }
        finally { $env:DLEXPERIMENTS_DATA, $env:DLEXPERIMENTS_MIRROR = $before }
    }
}

Describe 'Get-FormatType and Get-GeneratorType' {
    It 'list what there is' {
        (Get-FormatType).Name | Should -Contain 'Csv'
        (Get-FormatType Tsv).Name | Should -Be 'Csv'
        (Get-FormatType Audio).Parameters.Name | Should -Contain 'MelBands'
        (Get-GeneratorType Spir*).Name | Should -Be 'Spirals'
        { Get-GeneratorType Spirls -ErrorAction Stop } | Should -Throw -ExpectedMessage "*'Spirals'*"
    }
}
