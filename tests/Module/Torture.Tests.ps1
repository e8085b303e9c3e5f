$discoveryOnly = 'seen at discovery'
BeforeDiscovery { $rows = @{ A = 1; B = 2; Sum = 3 }, @{ A = 2; B = 2; Sum = 4 }; $objects = [pscustomobject]@{ Name = 'one'; Inner = [pscustomobject]@{ V = 5 } }; $words = 'x', 'y' }
BeforeAll { $top = 'top'; function Get-Top { "f-$top" }; $here = $PSScriptRoot; $me = $PSCommandPath; $script:counter = 0 }
Describe 'scoping' {
    BeforeAll { $block = 'outer'; $list = [System.Collections.Generic.List[string]]::new() }
    BeforeEach { $each = "each-$block"; $script:counter++; $list.Add('before') }
    AfterEach { $list.Add('after') }
    It 'sees top BeforeAll' { $top | Should -Be 'top'; Get-Top | Should -Be 'f-top' }
    It 'does not see discovery variables' { $discoveryOnly | Should -BeNullOrEmpty; $rows | Should -BeNullOrEmpty }
    It 'BeforeEach shares scope' { $each | Should -Be 'each-outer'; $list.Count | Should -Be 5; $each = 'changed'; $leak = 1 }
    It 'no leak' { $leak | Should -BeNullOrEmpty; $each | Should -Be 'each-outer' }
    It 'paths' { $here | Should -Be $PSScriptRoot; $me | Should -Be $PSCommandPath; $PSCommandPath | Should -BeLike '*Torture.Tests.ps1'; $PSScriptRoot | Should -Exist }
    It 'script scope' { $script:counter | Should -Be 6; $counter | Should -Be 6 }
    Context 'nested' {
        BeforeAll { $block = 'inner'; $nested = $top + '-n' }
        It 'overrides' { $block | Should -Be 'inner'; $each | Should -Be 'each-inner'; $nested | Should -Be 'top-n' }
    }
    It 'is back' { $block | Should -Be 'outer'; $nested | Should -BeNullOrEmpty }
}
Describe 'foreach <A>+<B>' -ForEach $rows {
    It 'sum <Sum> of <a>' { $A + $B | Should -Be $Sum; $_.A | Should -Be $A }
    Context 'inner <_>' -ForEach 'p', 'q' {
        It '<_> <A> <unknown> `<esc`> $x "q"' { $_ | Should -BeIn 'p', 'q'; $A | Should -BeIn 1, 2 }
    }
}
Describe 'cases' {
    It 'param block <A> and <B>' -TestCases @(@{ A = 1; B = 'b' }, @{ A = 2; B = 'b' }) { param($A, $B) $B | Should -Be 'b'; $A | Should -BeGreaterThan 0 }
    It 'object <_.Name> <_.Inner.V>' -ForEach @([pscustomobject]@{ Name = 'one'; Inner = [pscustomobject]@{ V = 5 } }) { $_.Inner.V | Should -Be 5 }
    It 'null case' -ForEach @($null) { $_ | Should -BeNullOrEmpty }
    It 'none' -ForEach @() { 1 | Should -Be 2 }
    It 'late name <late>' { 1 | Should -Be 1 }
    BeforeAll { $late = 'LATE' }
}
Describe 'assertions that hold' {
    It 'arrays' { @() | Should -Be @(); 1, 2 | Should -Be 1, 2; @(1, @(2, 3)) | Should -Be @(1, @(2, 3)); 1, 2 | Should -Not -Be 1, 3; Should -ActualValue @(1, 2) -Be @(1, 2); , @(1, 2) | Should -Not -Be 5 }
    It 'eq casts' { 1 | Should -Be '1'; '1' | Should -Be 1; 1.0 | Should -Be 1; 'A' | Should -Be 'a'; 'A' | Should -Not -BeExactly 'a'; $true | Should -Be 'x'; 5 | Should -Not -Be '5.5'; $null | Should -Be $null; @() | Should -Be $null; [DayOfWeek]::Monday | Should -Be 'Monday'; [double]::NaN | Should -Not -Be ([double]::NaN) }
    It 'null or empty' { $null | Should -BeNullOrEmpty; '' | Should -BeNullOrEmpty; @() | Should -BeNullOrEmpty; @{} | Should -BeNullOrEmpty; 0 | Should -Not -BeNullOrEmpty; @('', '') | Should -Not -BeNullOrEmpty; ' ' | Should -Not -BeNullOrEmpty }
    It 'truth' { 1 | Should -BeTrue; 0 | Should -BeFalse; '' | Should -BeFalse; $null | Should -BeFalse; 'False' | Should -BeTrue; 1 | Should -Not -BeFalse }
    It 'order' { 2 | Should -BeGreaterThan 1; 2 | Should -BeGreaterOrEqual 2; 1 | Should -BeLessThan 2; 2 | Should -BeLessOrEqual 2; 2 | Should -Not -BeLessThan 2; 1, 2 | Should -BeLessThan 3; -1 | Should -BeLessThan -0.5; 2 | Should -GT 1 }
    It 'type' { 1 | Should -BeOfType [int]; 1 | Should -BeOfType int; 'a' | Should -BeOfType ([string]); 1, 2 | Should -BeOfType [int]; 1 | Should -Not -BeOfType [double]; (Get-Date) | Should -HaveType datetime; [pscustomobject]@{ a = 1 } | Should -BeOfType [pscustomobject]; [IO.FileInfo]::new('/x') | Should -BeOfType System.IO.FileSystemInfo }
    It 'membership' { 1 | Should -BeIn 1, 2; 1, 2 | Should -Contain 2; 'A' | Should -BeIn 'a'; 1, 2 | Should -Not -Contain 3; 1, 2 | Should -HaveCount 2; @() | Should -HaveCount 0; $null | Should -HaveCount 1; 'a' | Should -HaveCount 1 }
    It 'text' { 'abc' | Should -Match 'B'; 'abc' | Should -Not -MatchExactly 'B'; 'abc' | Should -BeLike 'A*'; 'abc' | Should -Not -BeLikeExactly 'A*'; 'abc' | Should -MatchExactly '^a' }
    It 'files' {
        [IO.File]::WriteAllText("$TestDrive/a.txt", "one`nTwo 2`nthree"); 'TestDrive:/a.txt' | Should -Exist; "$TestDrive/none" | Should -Not -Exist
        'TestDrive:/a.txt' | Should -FileContentMatch 'two'; 'TestDrive:/a.txt' | Should -Not -FileContentMatchExactly 'two'; "$TestDrive/a.txt" | Should -FileContentMatchMultiline 'Two 2\nthree$'; "$TestDrive/a.txt" | Should -Not -FileContentMatch 'one\ntwo'
    }
    It 'throws' {
        { throw 'boom here' } | Should -Throw; { throw 'boom here' } | Should -Throw '*here'; { throw 'boom here' } | Should -Not -BeNullOrEmpty; { 1 } | Should -Not -Throw
        { throw [ArgumentException]::new('bad') } | Should -Throw -ExceptionType ([ArgumentException]) -ExpectedMessage 'bad'
        { Get-Item /nowhere-at-all -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,*'
        { Import-Module nowhere-at-all -ErrorAction Stop } | Should -Throw -ErrorId 'Modules_ModuleNotFound*'
        $e = { throw 'pass' } | Should -Throw -PassThru; $e.Exception.Message | Should -Be 'pass'
        { $x = 5; $x | Should -Be 6 } | Should -Throw '*6*5*'
        { Import-Module nowhere-at-all } | Should -Not -Throw
        { [int]'x' } | Should -Throw
        { Get-Command -Nope } | Should -Throw
    }
    It 'parameters' {
        function f { [CmdletBinding()] param([Parameter(Mandatory)][Alias('nn')][int]$Number, [string]$Word = 'dog', [ArgumentCompleter({ 'a' })]$C) }
        Get-Command f | Should -HaveParameter Number -Type int -Mandatory; Get-Command f | Should -HaveParameter Word -DefaultValue 'dog' -Type [string]
        Get-Command f | Should -HaveParameter C -HasArgumentCompleter; Get-Command f | Should -HaveParameter Number -Alias nn
        Get-Command f | Should -Not -HaveParameter Nope; Get-Command f | Should -HaveParameter Word -Not -Mandatory
    }
    It 'non-terminating errors go on' { Get-Command no-such-command-at-all; $reached = 1; $reached | Should -Be 1; $ErrorActionPreference | Should -Be 'Continue' }
    It 'inside try' { try { 1 | Should -Be 2 } catch { $_.FullyQualifiedErrorId | Should -BeLike 'PesterAssertionFailed*'; $caught = 1 }; $caught | Should -Be 1 }
    It 'mid-pipeline' { 1..3 | ForEach-Object { $_ | Should -BeGreaterThan 0 } }
}
Describe 'drive' {
    BeforeAll { [IO.File]::WriteAllText("$TestDrive/keep.txt", 'k') }
    It 'gone' { "$TestDrive/a.txt" | Should -Not -Exist; 'TestDrive:/keep.txt' | Should -Exist }
    Context 'in' { It 'makes' { [IO.Directory]::CreateDirectory("$TestDrive/d/e"); [IO.File]::WriteAllText("$TestDrive/d/e/f.txt", 'k') } }
    It 'in gone' { "$TestDrive/d" | Should -Not -Exist; 'TestDrive:/keep.txt' | Should -Exist }
}
Describe 'skips' {
    It 'flag' -Skip { 1 | Should -Be 2 }
    It 'pending' -Pending { 1 | Should -Be 2 }
    It 'result' { Set-ItResult -Skipped -Because 'no data'; 1 | Should -Be 2 }
    It 'inconclusive' { Set-ItResult -Inconclusive -Because 'unsure' }
    Context 'block' -Skip { BeforeAll { throw 'must not run' }; It 'a' { 1 | Should -Be 2 } }
}
Describe 'fails' {
    AfterAll { $null = 1 }
    It 'be' { 3 | Should -Be 2 -Because 'of reasons' }
    It 'array' { 1, 2 | Should -Be 1, 3 }
    It 'string' { "abcdef`n" | Should -Be 'abcxefgh' }
    It 'stops' { 1 | Should -Be 2; throw 'not reached' }
    It 'throw' { throw 'plain' }
    It 'terminating' { [int]'x'; throw 'no' }
    It 'command' { Get-Command -Nope; throw 'no' }
    It 'unknown' { no-such-command-at-all; throw 'no' }
    It 'Null' { $null | Should -Be 1 }
    It 'notthrow' { { throw 'oh' } | Should -Not -Throw }
    It 'throw none' { { 1 } | Should -Throw 'x*' }
    It 'throw other' { { throw 'oh' } | Should -Throw 'x*' -Because 'y' }
    It 'type' { 1 | Should -BeOfType [string] }
    It 'count' { 1, 2 | Should -HaveCount 3 }
    It 'empty' { 1 | Should -BeNullOrEmpty }
    It 'not be' { 'a' | Should -Not -Be 'A' }
    It 'not empty' { @() | Should -Not -BeNullOrEmpty }
    It 'gt' { 1 | Should -BeGreaterThan 2 }
    It 'not gt' { 3 | Should -Not -BeGreaterThan 2 }
    It 'match' { 'a' | Should -Match 'b' }
    It 'like' { 'a' | Should -BeLike 'b' }
    It 'in' { 'a' | Should -BeIn 'b', 'c' }
    It 'contain' { 'b', 'c' | Should -Contain 'a' }
    It 'exist' { '/nope' | Should -Exist }
    It 'true' { $false | Should -BeTrue }
    It 'false' { 1 | Should -BeFalse }
    It 'exactly' { 'A' | Should -BeExactly 'a' }
    It 'param' { Get-Command Get-Command | Should -HaveParameter Nope }
    It 'param type' { Get-Command Get-Command | Should -HaveParameter Name -Type int -Mandatory }
    It 'soft' { 1 | Should -Be 2 -ErrorAction Continue; 3 | Should -Be 4 -ErrorAction Continue }
    It 'content' { [IO.File]::WriteAllText("$TestDrive/a.txt", 'x'); "$TestDrive/a.txt" | Should -FileContentMatch 'y' }
    It 'notype' { 1 | Should -BeOfType NoSuchType }
    It 'list' { [System.Collections.Generic.List[int]]::new() | Should -Be 1 }
    It 'bad name <$(throw "x")>' { 1 | Should -Be 1 }
    It 'break' { break }
}
Describe 'setup fails' {
    BeforeAll { throw 'setup broke' }
    It 'one' { 1 | Should -Be 1 }
    Context 'deeper' { It 'two' { 1 | Should -Be 1 } }
}
Describe 'each fails' {
    BeforeEach { throw 'each broke' }
    AfterEach { $null = 2 }
    It 'one' { 1 | Should -Be 1 }
}
Describe 'aftereach fails' {
    AfterEach { throw 'after broke' }
    It 'one' { 1 | Should -Be 1 }
}
