Describe 'x' {
    It 'passes' { 1 | Should -Be 1 }
    It 'fails' { 1 | Should -Be 2 }
    It 'skipped' -Skip { 1 | Should -Be 2 }
}
