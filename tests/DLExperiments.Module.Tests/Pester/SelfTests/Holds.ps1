# Every test of this file passes, in the embedded runner and in Pester 5 alike: it states what files may rely on.
$discoveryOnly = 'seen at discovery'
BeforeDiscovery { $rows = @{ A = 1; B = 2; Sum = 3 }, @{ A = 2; B = 2; Sum = 4 } }
BeforeAll {
    $top = 'top'
    function Get-Top { "f-$top" }
    $script:counter = 0
    $folder = $PSScriptRoot
    $file = $PSCommandPath
}
Describe 'scopes' {
    BeforeAll {
        $block = 'outer'
        $list = [System.Collections.Generic.List[string]]::new()
    }
    BeforeEach {
        $each = "each-$block"
        $script:counter++
        $list.Add('before')
    }
    AfterEach { $list.Add('after') }
    It 'sees what BeforeAll of the file sets' {
        $top | Should -Be 'top'
        Get-Top | Should -Be 'f-top'
    }
    It 'does not see variables of discovery' {
        $discoveryOnly | Should -BeNullOrEmpty
        $rows | Should -BeNullOrEmpty
    }
    It 'shares the scope with BeforeEach' {
        $each | Should -Be 'each-outer'
        $list.Count | Should -Be 5
        $each = 'changed'
        $leak = 1
    }
    It 'leaks nothing into the next test' {
        $leak | Should -BeNullOrEmpty
        $each | Should -Be 'each-outer'
    }
    It 'knows its file' {
        $folder | Should -Be $PSScriptRoot
        $file | Should -Be $PSCommandPath
        $PSCommandPath | Should -BeLike '*.Tests.ps1'
        $PSScriptRoot | Should -Exist
    }
    It 'keeps script variables' {
        $script:counter | Should -Be 6
        $counter | Should -Be 6
    }
    Context 'nested' {
        BeforeAll {
            $block = 'inner'
            $nested = "$top-n"
        }
        It 'overrides the outer block' {
            $block | Should -Be 'inner'
            $each | Should -Be 'each-inner'
            $nested | Should -Be 'top-n'
        }
    }
    It 'is back in the outer block' {
        $block | Should -Be 'outer'
        $nested | Should -BeNullOrEmpty
    }
}
Describe 'block <A>+<B>' -ForEach $rows {
    BeforeAll { $total = $A + $B }
    It 'gives <Sum>' {
        $total | Should -Be $Sum
        $_.A | Should -Be $A
    }
    Context 'inner <_>' -ForEach 'p', 'q' {
        It '<_> <A> <unknown> `<plain`> $x "q"' {
            $_ | Should -BeIn 'p', 'q'
            $A | Should -BeIn 1, 2
        }
    }
}
Describe 'one dictionary <A>' -ForEach @{ A = 1; B = 2 } {
    It 'is one block' { $A + $B | Should -Be 3 }
}
Describe 'keys <_>' -ForEach @{ K = 1 }.Keys {
    It 'are enumerated' { $_ | Should -BeExactly 'K' }
}
Describe 'cases' {
    BeforeAll { $late = 'LATE' }
    It 'param block <A> and <B>' -TestCases @(@{ A = 1; B = 'b' }, @{ A = 2; B = 'b' }) {
        param($A, $B)
        $B | Should -Be 'b'
        $A | Should -BeGreaterThan 0
    }
    It 'object <_.Name> <_.Inner.V>' -ForEach @([pscustomobject]@{ Name = 'one'; Inner = [pscustomobject]@{ V = 5 } }) {
        $_.Inner.V | Should -Be 5
    }
    It 'null' -ForEach @($null) { $_ | Should -BeNullOrEmpty }
    It 'none' -ForEach @() { throw 'there is no case' }
    It 'late name <late>' { $late | Should -Be 'LATE' }
}
Describe 'assertions' {
    It 'compares arrays element by element' {
        @() | Should -Be @()
        1, 2 | Should -Be 1, 2
        @(1, @(2, 3)) | Should -Be @(1, @(2, 3))
        1, 2 | Should -Not -Be 1, 3
        1, 2 | Should -Not -Be 1
        Should -ActualValue 1 -Be 1
        Should -ActualValue @(1, 2) -Not -Be @(1, 2) -Because 'an array as an argument is one element'
        @() | Should -Be $null
    }
    It 'converts as -eq with the expected value on the left' {
        1 | Should -Be '1'
        '1' | Should -Be 1
        1.0 | Should -Be 1
        'A' | Should -Be 'a'
        'A' | Should -Not -BeExactly 'a'
        'x' | Should -Be $true
        $true | Should -Not -Be 'x'
        5 | Should -Not -Be '5.5'
        $null | Should -Be $null
        [DayOfWeek]::Monday | Should -Be 'Monday'
        [double]::NaN | Should -Not -Be ([double]::NaN)
        0 | Should -Not -Be $null
    }
    It 'knows what is null or empty' {
        $null | Should -BeNullOrEmpty
        '' | Should -BeNullOrEmpty
        @() | Should -BeNullOrEmpty
        @{} | Should -BeNullOrEmpty
        0 | Should -Not -BeNullOrEmpty
        @('', '') | Should -Not -BeNullOrEmpty
        ' ' | Should -Not -BeNullOrEmpty
    }
    It 'knows what is true' {
        1 | Should -BeTrue
        0 | Should -BeFalse
        '' | Should -BeFalse
        $null | Should -BeFalse
        'False' | Should -BeTrue
        1 | Should -Not -BeFalse
    }
    It 'orders' {
        2 | Should -BeGreaterThan 1
        2 | Should -BeGreaterOrEqual 2
        1 | Should -BeLessThan 2
        2 | Should -BeLessOrEqual 2
        2 | Should -Not -BeLessThan 2
        1, 2 | Should -BeLessThan 3
        -1 | Should -BeLessThan -0.5
        2 | Should -GT 1
    }
    It 'judges types' {
        1 | Should -BeOfType [int]
        1 | Should -BeOfType int
        'a' | Should -BeOfType ([string])
        1, 2 | Should -BeOfType [int]
        1 | Should -Not -BeOfType [double]
        [datetime]::Now | Should -HaveType datetime
        [pscustomobject]@{ a = 1 } | Should -BeOfType [pscustomobject]
        [IO.FileInfo]::new('/x') | Should -BeOfType System.IO.FileSystemInfo
    }
    It 'judges membership and counts' {
        1 | Should -BeIn 1, 2
        1, 2 | Should -Contain 2
        'A' | Should -BeIn 'a'
        1, 2 | Should -Not -Contain 3
        1, 2 | Should -HaveCount 2
        @() | Should -HaveCount 0
        $null | Should -HaveCount 1
        'a' | Should -HaveCount 1
        @{ a = 1; b = 2 } | Should -HaveCount 1
    }
    It 'judges text' {
        'abc' | Should -Match 'B'
        'abc' | Should -Not -MatchExactly 'B'
        'abc' | Should -BeLike 'A*'
        'abc' | Should -Not -BeLikeExactly 'A*'
        'abc' | Should -MatchExactly '^a'
    }
    It 'judges files' {
        [IO.File]::WriteAllText("$TestDrive/a.txt", "one`nTwo 2`nthree")
        'TestDrive:/a.txt' | Should -Exist
        "$TestDrive/none" | Should -Not -Exist
        "$TestDrive/a.txt" | Should -FileContentMatch 'two'
        "$TestDrive/a.txt" | Should -Not -FileContentMatchExactly 'two'
        "$TestDrive/a.txt" | Should -FileContentMatchMultiline 'Two 2\nthree$'
        "$TestDrive/a.txt" | Should -Not -FileContentMatch 'one\ntwo'
    }
    It 'judges exceptions' {
        { throw 'boom here' } | Should -Throw
        { throw 'boom here' } | Should -Throw '*here'
        { 1 } | Should -Not -Throw
        { throw [ArgumentException]::new('bad') } | Should -Throw -ExceptionType ([ArgumentException]) -ExpectedMessage 'bad'
        { Import-Module nowhere-at-all -ErrorAction Stop } | Should -Throw -ErrorId 'Modules_ModuleNotFound*'
        $thrown = { throw 'passed' } | Should -Throw -PassThru
        $thrown.Exception.Message | Should -Be 'passed'
        { 5 | Should -Be 6 } | Should -Throw '*6*5*'
        { Get-Command no-such-command } | Should -Not -Throw
        { [int]'x' } | Should -Throw
        $outside = 1
        { $outside = 2 } | Should -Not -Throw
        $outside | Should -Be 1
    }
    It 'judges parameters' {
        function Get-Sample {
            [CmdletBinding()]
            param([Parameter(Mandatory)][Alias('nn')][int]$Number, [string]$Word = 'dog', [ArgumentCompleter({ 'a' })]$Completed)
        }
        $command = Get-Command Get-Sample
        $command | Should -HaveParameter Number -Type int -Mandatory
        $command | Should -HaveParameter Word -DefaultValue 'dog' -Type [string]
        $command | Should -HaveParameter Completed -HasArgumentCompleter
        $command | Should -HaveParameter Number -Alias nn
        $command | Should -Not -HaveParameter Nope
        $command | Should -HaveParameter Word -Not -Mandatory
    }
    It 'goes on after an error that does not terminate' {
        Get-Command no-such-command
        $reached = 1
        $reached | Should -Be 1
        $ErrorActionPreference | Should -Be 'Continue'
    }
    It 'can be caught' {
        try { 1 | Should -Be 2 }
        catch { $id = $_.FullyQualifiedErrorId }
        $id | Should -BeLike 'PesterAssertionFailed*'
    }
    It 'works inside a pipeline' { 1..3 | ForEach-Object { $_ | Should -BeGreaterThan 0 } }
}
Describe 'the test drive' {
    BeforeAll { [IO.File]::WriteAllText("$TestDrive/keep.txt", 'k') }
    It 'is clean for each block' {
        "$TestDrive/a.txt" | Should -Not -Exist
        'TestDrive:/keep.txt' | Should -Exist
    }
    Context 'inside' {
        It 'takes files and folders' {
            $null = [IO.Directory]::CreateDirectory("$TestDrive/d/e")
            [IO.File]::WriteAllText("$TestDrive/d/e/f.txt", 'k')
            "$TestDrive/d/e/f.txt" | Should -Exist
        }
    }
    It 'loses what an inner block made' {
        "$TestDrive/d" | Should -Not -Exist
        'TestDrive:/keep.txt' | Should -Exist
    }
}
