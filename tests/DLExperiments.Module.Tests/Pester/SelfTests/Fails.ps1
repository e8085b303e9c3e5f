# Every test of this file fails, in the embedded runner and in Pester 5 alike; its name is a wildcard for its message.
Describe 'assertions' {
    It 'Expected 2, because of reasons, but got 3.' { 3 | Should -Be 2 -Because 'of reasons' }
    It 'Expected @(1, 3), but got @(1, 2).' { 1, 2 | Should -Be 1, 3 }
    It 'Expected strings to be the same, but they were different.*Expected length: 8*Actual length:   7*index 3.*''abcxefgh''*''abcdef\n''*-^' { "abcdef`n" | Should -Be 'abcxefgh' }
    It 'Expected strings to be the same, but they were different.*String lengths are both 1.*index 0.*''a''*''A''*' { 'A' | Should -BeExactly 'a' }
    It 'Expected 1, but got $null.' { $null | Should -Be 1 }
    It 'Expected $true, but got $false.' { $false | Should -Be $true }
    It 'Expected ''a'' to be different from the actual value, but got the same value.' { 'A' | Should -Not -Be 'a' }
    It 'Expected exactly 1, but got ''x''.' { 'x' | Should -BeExactly 1 }
    It 'Expected $null or empty, but got 1.' { 1 | Should -BeNullOrEmpty }
    It 'Expected a value, but got $null or empty.' { @() | Should -Not -BeNullOrEmpty }
    It 'Expected $true, but got 0.' { 0 | Should -BeTrue }
    It 'Expected $false, but got 1.' { 1 | Should -BeFalse }
    It 'Expected the actual value to be greater than 2, but got 1.' { 1 | Should -BeGreaterThan 2 }
    It 'Expected the actual value to be less than or equal to 2, but got 3.' { 3 | Should -Not -BeGreaterThan 2 }
    It 'Expected the actual value to be less than 2, but got 2.' { 1, 2 | Should -BeLessThan 2 }
    It 'Expected regular expression ''b'' to match ''a'', but it did not match.' { 'a' | Should -Match 'b' }
    It 'Expected like wildcard ''b'' to match ''a'', but it did not match.' { 'a' | Should -BeLike 'b' }
    It 'Expected collection @(''b'', ''c'') to contain ''a'', but it was not found.' { 'a' | Should -BeIn 'b', 'c' }
    It 'Expected ''a'' to be found in collection @(''b'', ''c''), but it was not found.' { 'b', 'c' | Should -Contain 'a' }
    It 'Expected a collection with size 3, but got collection with size 2 @(1, 2).' { 1, 2 | Should -HaveCount 3 }
    It 'Expected path ''/nope'' to exist, but it did not exist.' { '/nope' | Should -Exist }
    It 'Expected the value to have type ?string? or any of its subtypes, but got 1 with type ?int?.' { 1 | Should -BeOfType [string] }
    It '*Could not find type ?NoSuchType?.*' { 1 | Should -BeOfType NoSuchType }
    It 'Expected no exception to be thrown, but an exception "oh" was thrown*' { { throw 'oh' } | Should -Not -Throw }
    It 'Expected an exception with message like ''x?'' to be thrown, but no exception was thrown.' { { 1 } | Should -Throw 'x*' }
    It 'Expected an exception with message like ''x?'' to be thrown, because y, but the message was ''oh''.*' { { throw 'oh' } | Should -Throw 'x*' -Because 'y' }
    It 'Expected command Get-Command to have a parameter Nope, but the parameter is missing.' { Get-Command Get-Command | Should -HaveParameter Nope }
    It 'Expected ''y'' to be found in file *, but it was not found.' {
        [IO.File]::WriteAllText("$TestDrive/a.txt", 'x')
        "$TestDrive/a.txt" | Should -FileContentMatch 'y'
    }
    It '*Expected 2, but got 1.*Expected 4, but got 3.' {
        1 | Should -Be 2 -ErrorAction Continue
        3 | Should -Be 4 -ErrorAction Continue
    }
}
Describe 'errors' {
    It 'Expected 2, but got 1.' {
        1 | Should -Be 2
        throw 'not reached'
    }
    It '*plain' { throw 'plain' }
    It '*Cannot convert value "x" to type*' {
        [int]'x'
        throw 'not reached'
    }
    It '*no-such-command*not recognized*' {
        no-such-command
        throw 'not reached'
    }
    It '*ends here*' {
        Get-Command no-such-command -ErrorAction Stop -ErrorVariable failed
        throw 'not reached'
    } -ForEach @() # no case: a row that would pass nowhere must not appear
}
Describe 'set-up' {
    Context 'BeforeAll' {
        BeforeAll { throw 'setup broke' }
        It '*setup broke*' { 1 | Should -Be 1 }
        Context 'deeper' {
            It '*setup broke*' { 1 | Should -Be 1 }
        }
    }
    Context 'BeforeEach' {
        BeforeEach { throw 'each broke' }
        It '*each broke*' { 1 | Should -Be 1 }
    }
    Context 'AfterEach' {
        AfterEach { throw 'after broke' }
        It '*after broke*' { 1 | Should -Be 1 }
    }
    Context 'AfterAll' {
        AfterAll { throw 'late broke' }
        It '*late broke*' { 1 | Should -Be 1 }
    }
}
