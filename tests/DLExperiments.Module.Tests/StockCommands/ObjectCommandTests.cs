namespace DLExperiments.Module.Tests.StockCommands;

/// <summary>The commands that select, sort, group, measure and compare objects, as PowerShell's documentation has them.</summary>
public sealed class ObjectCommandTests(ScriptTable table) : IClassFixture<ScriptTable>
{
    [Theory]
    [InlineData("(1..5 | Select-Object -First 2) -join ','", "1,2")]
    [InlineData("(1..5 | Select-Object -Last 2) -join ','", "4,5")]
    [InlineData("(1..5 | Select-Object -Skip 1 -First 2) -join ','", "2,3")]
    [InlineData("(1..5 | Select-Object -Last 2 -Skip 1) -join ','", "3,4")]
    [InlineData("(1..3 | Select-Object -Last 2 -Skip 2) -join ','", "1")]
    [InlineData("(1..9 | Select-Object -First 2 -Last 3) -join ','", "1,2,7,8,9")]
    [InlineData("(1..3 | Select-Object -First 2 -Last 2) -join ','", "1,2,3")]
    [InlineData("(1..5 | Select-Object -SkipLast 2) -join ','", "1,2,3")]
    [InlineData("(1..5 | Select-Object -Skip 1 -SkipLast 2) -join ','", "2,3")]
    [InlineData("(1..5 | Select-Object -Index 0, 3) -join ','", "1,4")]
    [InlineData("(1..5 | Select-Object -SkipIndex 0, 3) -join ','", "2,3,5")]
    [InlineData("@(1..3 | Select-Object -First 0).Count", "0")]
    [InlineData("@(1..3 | Select-Object -Last 0).Count", "0")]
    [InlineData("('a', 'A', 'b', 'a' | Select-Object -Unique) -join ','", "a,A,b")]
    [InlineData("('a', 'A', 'b', 'a' | Select-Object -Unique -CaseInsensitive) -join ','", "a,b")]
    public void Select_takes_by_place(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("-First 3", "3")]
    [InlineData("-Index 1", "2")]
    [InlineData("-First 3 -Wait", "100")]
    [InlineData("-Last 1", "100")]
    public void Select_stops_the_commands_upstream(string arguments, string made) =>
        table.Check($"$made = 0; 1..100 | ForEach-Object {{ $made++; $_ }} | Select-Object {arguments} | Out-Null; $made", made);

    [Fact]
    public void Select_ends_the_commands_downstream() =>
        table.Check("1..9 | Select-Object -First 2 | ForEach-Object { $_ } -End { 'end' }; 'next'", "1\n2\nend\nnext");

    [Theory]
    [InlineData("[pscustomobject]@{ a = 1; b = 2 } | Select-Object b, @{ n = 'sum'; e = { $_.a + $_.b } }, none | ConvertTo-Json -Compress", """{"b":2,"sum":3,"none":null}""")]
    [InlineData("[pscustomobject]@{ ab = 1; ac = 2; b = 3 } | Select-Object a* -ExcludeProperty ac | ConvertTo-Json -Compress", """{"ab":1}""")]
    [InlineData("[pscustomobject]@{ ab = 1; b = 3 } | Select-Object -ExcludeProperty b | ConvertTo-Json -Compress", """{"ab":1}""")]
    [InlineData("([pscustomobject]@{ a = 1 } | Select-Object a).PSTypeNames[0]", "Selected.System.Management.Automation.PSCustomObject")]
    [InlineData("([pscustomobject]@{ a = 1 } | Select-Object { $_.a + 1 }).' $_.a + 1 '", "2")]
    [InlineData("@{ a = 1; b = 2 } | Select-Object a | ConvertTo-Json -Compress", """{"a":1}""")]
    [InlineData("[pscustomobject]@{ a = 1 } | Select-Object @{ Label = 'x'; Expression = 'a' } | ConvertTo-Json -Compress", """{"x":1}""")]
    [InlineData("([pscustomobject]@{ a = 1, 2, 3 } | Select-Object -ExpandProperty a) -join ','", "1,2,3")]
    [InlineData("[pscustomobject]@{ a = 1, 2; n = 'x' } | Select-Object n -ExpandProperty a | ForEach-Object { \"$_$($_.n)\" }", "1x\n2x")]
    [InlineData("1 | Select-Object -ExpandProperty none", "ERROR ExpandPropertyNotFound: Property \"none\" cannot be found.")]
    [InlineData("1 | Select-Object @{ Wrong = 1 }", "ERROR DictionaryKeyIllegal: The key 'Wrong' is not valid in a calculated property here. Valid keys: Name, Label, Expression.")]
    [InlineData("$x = [pscustomobject]@{ a = 1 } | Select-Object a, a", "ERROR AlreadyExistingUserSpecifiedPropertyNoExpand: The property cannot be processed because the property \"a\" already exists.")]
    [InlineData("$x = [pscustomobject]@{ a = 1 } | Select-Object @{ n = 'x'; e = { throw 'no' } }; $null -eq $x.x", "True")]
    public void Select_takes_properties(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("(3, 1, 2 | Sort-Object) -join ','", "1,2,3")]
    [InlineData("('b', 'A', 'a', 'C' | Sort-Object -Descending) -join ','", "C,b,A,a")]
    [InlineData("('10', '9', 'x' | Sort-Object { $_.Length }, { $_ }) -join ','", "9,x,10")]
    [InlineData("(1..6 | Sort-Object { $_ % 2 }) -join ','", "2,4,6,1,3,5")]
    [InlineData("(1..6 | Sort-Object { $_ % 2 } -Stable -Descending) -join ','", "1,3,5,2,4,6")]
    [InlineData("(1..6 | Sort-Object @{ Expression = { $_ % 3 }; Descending = $true }, @{ e = { $_ }; Ascending = $true }) -join ','", "2,5,1,4,3,6")]
    [InlineData("(1..6 | Sort-Object @{ Expression = { $_ % 3 } }, @{ e = { $_ }; Ascending = $true } -Descending) -join ','", "2,5,1,4,3,6")]
    [InlineData("(5, 3, 5, 1, 3 | Sort-Object -Unique) -join ','", "1,3,5")]
    [InlineData("('a', 'B', 'A' | Sort-Object -Unique) -join ','", "a,B")]
    [InlineData("(5, 3, 9, 1 | Sort-Object -Top 2) -join ','", "1,3")]
    [InlineData("(5, 3, 9, 1 | Sort-Object -Bottom 2) -join ','", "5,9")]
    [InlineData("([pscustomobject]@{ k = 2 }, [pscustomobject]@{ x = 1 }, [pscustomobject]@{ k = 1 } | Sort-Object k).k -join ','", "1,2,")]
    [InlineData("([pscustomobject]@{ k = 2 }, [pscustomobject]@{ x = 1 }, [pscustomobject]@{ k = 1 } | Sort-Object k -Descending).k -join ','", "2,1,")]
    [InlineData("(1e-4, 0.2, 3 | Sort-Object -Descending) -join ','", "3,0.2,0.0001")]
    [InlineData("([datetime]'2021-01-01', [datetime]'2020-01-01' | Sort-Object).Year -join ','", "2020,2021")]
    public void Sort_orders(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("(1..5 | Group-Object { $_ % 2 } | ForEach-Object { \"$($_.Name)=$($_.Count):$($_.Group -join '')\" }) -join ' '", "0=2:24 1=3:135")]
    [InlineData("('a', 'B', 'A' | Group-Object | ForEach-Object { \"$($_.Name)=$($_.Count)\" }) -join ' '", "a=2 B=1")]
    [InlineData("('a', 'B', 'a' | Group-Object -CaseSensitive | ForEach-Object Name) -join ' '", "B a")]
    [InlineData("$t = 1..5 | Group-Object { $_ % 2 } -AsHashTable; \"$($t[1] -join '')$($t[0].Count)\"", "1352")]
    [InlineData("$t = 1..5 | Group-Object { $_ % 2 } -AsHashTable -AsString; $t['1'] -join ''", "135")]
    [InlineData("([pscustomobject]@{ a = 1; b = 'x' }, [pscustomobject]@{ a = 1; b = 'y' } | Group-Object a, b).Name -join '|'", "1, x|1, y")]
    [InlineData("(2, 'x', 2, 'x' | Group-Object | ForEach-Object { \"$($_.Name)$($_.Count)\" }) -join ' '", "22 x2")]
    [InlineData("(1 | Group-Object).PSTypeNames[0]", "Microsoft.PowerShell.Commands.GroupInfo")]
    [InlineData("1 | Group-Object -AsString", "ERROR ArgumentException: The parameter -AsString is only valid with -AsHashTable.")]
    public void Group_collects(string script, string expected) => table.Check(script, expected);

    [Fact]
    public void Group_shows_count_name_and_members() => table.Check("'a', 'b', 'a' | Group-Object", """
        Count Name                      Group
        ----- ----                      -----
            2 a                         {a, a}
            1 b                         {b}
        """);

    [Theory]
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations sum to 32, so the sample deviation is sqrt(32/7).
    [InlineData("$m = 2, 4, 4, 4, 5, 5, 7, 9 | Measure-Object -AllStats; \"$($m.Count) $($m.Average) $($m.Sum) $($m.Minimum) $($m.Maximum) $([math]::Round($m.StandardDeviation, 12))\"", "8 5 40 2 9 2.138089935299")]
    [InlineData("(1..3 | Measure-Object).Count", "3")]
    [InlineData("@() | Measure-Object | ForEach-Object Count", "0")]
    [InlineData("$null -eq (1 | Measure-Object).Sum", "True")]
    [InlineData("('10', '9' | Measure-Object -Maximum).Maximum", "10")]
    [InlineData("('b', 'a' | Measure-Object -Minimum).Minimum", "a")]
    [InlineData("([datetime]'2020-01-01', [datetime]'2021-01-01' | Measure-Object -Maximum).Maximum.Year", "2021")]
    [InlineData("([pscustomobject]@{ x1 = 1; x2 = 3 }, [pscustomobject]@{ x1 = 3; x2 = 5 } | Measure-Object x* -Average | ForEach-Object { \"$($_.Property)=$($_.Average)\" }) -join ' '", "x1=2 x2=4")]
    [InlineData("(1..3 | Measure-Object { $_ * 2 } -Sum).Sum", "12")]
    [InlineData("$m = \"one two`nthree\", 'four' | Measure-Object -Line -Word -Character; \"$($m.Lines) $($m.Words) $($m.Characters)\"", "3 4 17")]
    [InlineData("('a b' | Measure-Object -Character -IgnoreWhiteSpace).Characters", "2")]
    [InlineData("$m = 'x' | Measure-Object -Sum; $null -eq $m.Sum", "True\nERROR NonNumericInputObject: Input object \"x\" is not numeric.")]
    [InlineData("1 | Measure-Object none -Sum", "")]
    [InlineData("Set-StrictMode -Version 2; 1 | Measure-Object none -Sum", "ERROR GenericMeasurePropertyNotFound: The property \"none\" cannot be found in the input for any objects.")]
    public void Measure_measures(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("(Compare-Object (1, 2, 3) (2, 3, 4) | ForEach-Object { \"$($_.InputObject)$($_.SideIndicator)\" }) -join ' '", "4=> 1<=")]
    [InlineData("(Compare-Object (1, 2) (2, 3) -IncludeEqual | ForEach-Object { \"$($_.InputObject)$($_.SideIndicator)\" }) -join ' '", "2== 3=> 1<=")]
    [InlineData("(Compare-Object (1, 2) (2, 3) -ExcludeDifferent | ForEach-Object { \"$($_.InputObject)$($_.SideIndicator)\" }) -join ' '", "2==")]
    [InlineData("@(Compare-Object a A).Count", "0")]
    [InlineData("@(Compare-Object a A -CaseSensitive).Count", "2")]
    [InlineData("Compare-Object ([pscustomobject]@{ a = 1; b = 2 }) ([pscustomobject]@{ a = 1; b = 3 }) -Property a, b | ConvertTo-Json -Compress", """[{"a":1,"b":3,"SideIndicator":"=>"},{"a":1,"b":2,"SideIndicator":"<="}]""")]
    [InlineData("(Compare-Object (1, 2) (2, 3) -PassThru) -join ','", "3,1")]
    [InlineData("$c = Compare-Object 1 2 -PassThru; $c.SideIndicator -join ' '; $null -eq (1).SideIndicator", "=> <=\nTrue")]
    public void Compare_tells_differences(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("1..3 | Tee-Object -Variable kept | ForEach-Object { $_ * 2 }; \"$kept\"", "2\n4\n6\n1 2 3")]
    [InlineData("(1, 2 | Tee-Object tee.txt) -join ','; 3 | Tee-Object tee.txt -Append | Out-Null; (Get-Content tee.txt) -join ','", "1,2\n1,2,3")]
    [InlineData("New-Object PSObject -Property ([ordered]@{ x = 1; y = 2 }) | ConvertTo-Json -Compress", """{"x":1,"y":2}""")]
    [InlineData("(New-Object DateTime 2020, 2, 3).ToString('yyyy-MM-dd')", "2020-02-03")]
    [InlineData("(New-Object System.Text.StringBuilder -ArgumentList 'abc' -Property @{ Capacity = 64 }).Capacity", "64")]
    [InlineData("(New-Object 'System.Collections.Generic.List[int]').GetType().Name", "List`1")]
    [InlineData("(New-Object int).GetType().Name", "Int32")]
    [InlineData("New-Object No.Such.Type", "ERROR TypeNotFound: Cannot find type [No.Such.Type]: verify that the assembly containing this type is loaded.")]
    [InlineData("$o = [pscustomobject]@{ a = 1 }; $o | Add-Member b 2; $o | Add-Member NoteProperty c 3; $o | Add-Member @{ d = 4 }; $o | Add-Member ScriptProperty e { $this.a + 1 }; $o | Add-Member AliasProperty f a; $o | ConvertTo-Json -Compress", """{"a":1,"b":2,"c":3,"d":4,"e":2,"f":1}""")]
    [InlineData("('x' | Add-Member ScriptMethod Twice { \"$this$this\" } -PassThru).Twice()", "xx")]
    [InlineData("$o = [pscustomobject]@{ a = 1 }; $o | Add-Member a 2 -Force; $o.a", "2")]
    [InlineData("[pscustomobject]@{ a = 1 } | Add-Member a 2", "ERROR MemberAlreadyExists: Cannot add a member with the name \"a\" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.")]
    [InlineData("([pscustomobject]@{ a = 1; b = 'x' } | Get-Member -MemberType NoteProperty).Definition -join '|'", "int a=1|string b=x")]
    [InlineData("('x' | Get-Member Len*).MemberType", "Property")]
    [InlineData("([math] | Get-Member -Static P[ow]*).Name -join ','", "Pow")]
    [InlineData("Get-Member -Name x", "ERROR NoObjectInGetMember: You must specify an object for the Get-Member cmdlet.")]
    [InlineData("(1, 1, 2, 1 | Get-Unique) -join ','", "1,2,1")]
    [InlineData("1..3 | Join-String -Separator ', ' -OutputPrefix '[' -OutputSuffix ']'", "[1, 2, 3]")]
    [InlineData("'a', 'bc' | Join-String Length -Separator '+'", "1+2")]
    [InlineData("'a', 'b' | Join-String -DoubleQuote -Separator ';'", "\"a\";\"b\"")]
    [InlineData("0.5, 0.25 | Join-String -FormatString '{0:P0}' -Separator ' '", "50 % 25 %")]
    public void Others_do_as_documented(string script, string expected) => table.Check(script, expected);
}
