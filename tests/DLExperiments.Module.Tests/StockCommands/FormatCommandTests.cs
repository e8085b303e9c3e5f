namespace DLExperiments.Module.Tests.StockCommands;

/// <summary>The commands that format objects, and the files that say how.</summary>
public sealed class FormatCommandTests(ScriptTable table) : IClassFixture<ScriptTable>
{
    private const string Gap = "                          ";

    private const string Rows = "$rows = [pscustomobject]@{ g = 'p'; n = 1; v = 0.12345 }, [pscustomobject]@{ g = 'p'; n = 22; v = 2.0 }, [pscustomobject]@{ g = 'q'; n = 3; v = 3.0 }; ";

    [Fact]
    public void Table_aligns_numbers_right_and_text_left() => table.Check(Rows + "$rows | Format-Table", """
        g  n    v
        -  -    -
        p  1 0.12
        p 22 2.00
        q  3 3.00
        """);

    [Fact]
    public void Table_takes_calculated_columns() => Assert.Equal(
        "n         Value\n-         -----\n1         0.247\n22        4.000\n3         6.000",
        table.Run(Rows + "$rows | Format-Table @{ e = 'n'; Width = 5; Alignment = 'Left' }, @{ Label = 'Value'; Expression = { $_.v * 2 }; FormatString = 'F3'; Width = 9; Alignment = 'Right' }"));

    [Fact]
    public void Table_without_headers() => table.Check(Rows + "$rows | Format-Table g, n -HideTableHeaders", """
        p  1
        p 22
        q  3
        """);

    [Fact]
    public void Table_in_groups() => table.Check(Rows + "$rows | Format-Table n -GroupBy g", """
           g: p

         n
         -
         1
        22

           g: q

        n
        -
        3
        """.TrimStart('\n'));

    [Theory]
    [InlineData("-AutoSize", "1 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…")]
    [InlineData("-Wrap", "1 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n  xxxxxxxxxxxxxxxxxxxxxx")]
    public void Table_cuts_or_wraps_long_text(string arguments, string row) =>
        table.Check($"[pscustomobject]@{{ a = 1; b = 'x' * 100 }} | Format-Table {arguments}", "a b\n- -\n" + row);

    [Fact]
    public void Objects_with_more_than_four_properties_become_a_list() =>
        table.Check("[pscustomobject]@{ a = 1; b = 2; c = 3; d = 4; long = 5 }", "a    : 1\nb    : 2\nc    : 3\nd    : 4\nlong : 5");

    [Theory]
    [InlineData("[pscustomobject]@{ a = 1; bc = 'x' } | Format-List", "a  : 1\nbc : x")]
    [InlineData("[pscustomobject]@{ a = 1; bc = 'x' } | Format-List b*, @{ n = 'sq'; e = { $_.a * 4 }; f = 'F1' }", "bc : x\nsq : 4.0")]
    // Three columns of (80 - 2) / 3 = 26 and a blank between them.
    [InlineData("1, 2, 3 | ForEach-Object { [pscustomobject]@{ n = $_ } } | Format-Wide n -Column 3", "1" + Gap + "2" + Gap + "3")]
    [InlineData("[pscustomobject]@{ a = 1; b = [pscustomobject]@{ c = 2 } } | Format-Custom", "class PSCustomObject\n{\n  a = 1\n  b =\n    class PSCustomObject\n    {\n      c = 2\n    }\n}")]
    [InlineData("@{ a = 1 }", "Name                           Value\n----                           -----\na                              1")]
    [InlineData("1 | Format-Wide -AutoSize -Column 2", "ERROR FormatCannotSpecifyAutosizeAndColumns: The AutoSize and Column parameters cannot be given together.")]
    [InlineData("([pscustomobject]@{ a = 1 } | Format-Table)[0].GetType().Name", "FormatStartData")]
    public void Other_shapes(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("(1, 2 | Out-String) -replace \"`n\", '|'", "1|2|")]
    [InlineData("(1, 2 | Out-String -NoNewline)", "12")]
    [InlineData("(1, 2 | Out-String -Stream).Count", "2")]
    [InlineData("([pscustomobject]@{ a = 'x' * 50 } | Format-Table | Out-String -Width 20 -Stream)[3]", "xxxxxxxxxxxxxxxxxxx…")]
    [InlineData("([pscustomobject]@{ a = 1 } | Out-String) -replace \"`n\", '|'", "|a|-|1||")]
    [InlineData("'abc' > r.txt; 'd' >> r.txt; (Get-Content r.txt) -join ','", "abc,d")]
    [InlineData("1, 2 | Out-File o.txt -NoNewline; Get-Content o.txt -Raw", "12")]
    [InlineData("'é' | Out-File o.txt -Encoding utf8BOM; ([IO.File]::ReadAllBytes(\"$PWD/o.txt\") | ForEach-Object { '{0:x2}' -f $_ }) -join ' '", "ef bb bf c3 a9 0a")]
    [InlineData("'é' | Out-File o.txt; ([IO.File]::ReadAllBytes(\"$PWD/o.txt\") | ForEach-Object { '{0:x2}' -f $_ }) -join ' '", "c3 a9 0a")]
    public void Text_and_files(string script, string expected) => table.Check(script, expected);

    [Fact]
    public void Out_file_without_clobber_keeps_the_file() =>
        Assert.StartsWith("one\nERROR NoClobber: The file", table.Run("'one' | Out-File keep.txt; 'two' | Out-File keep.txt -NoClobber; Get-Content keep.txt"));

    [Fact]
    public void Format_files_of_modules_are_used()
    {
        var module = Directory.CreateDirectory(Path.Combine(table.Folder, "Shown"));
        File.WriteAllText(Path.Combine(module.FullName, "Shown.psd1"), "@{ ModuleVersion = '1.0'; FormatsToProcess = 'Shown.format.ps1xml'; TypesToProcess = 'Shown.types.ps1xml' }");
        File.WriteAllText(Path.Combine(module.FullName, "Shown.types.ps1xml"), """
            <Types><Type><Name>Shown.Row</Name><Members>
              <ScriptProperty><Name>Twice</Name><GetScriptBlock>$this.Value * 2</GetScriptBlock></ScriptProperty>
            </Members></Type></Types>
            """);
        File.WriteAllText(Path.Combine(module.FullName, "Shown.format.ps1xml"), """
            <Configuration><ViewDefinitions><View><Name>row</Name>
              <ViewSelectedBy><TypeName>Shown.Row</TypeName></ViewSelectedBy>
              <TableControl>
                <TableHeaders>
                  <TableColumnHeader><Label>Val</Label><Width>8</Width><Alignment>Right</Alignment></TableColumnHeader>
                  <TableColumnHeader><Label>Two</Label></TableColumnHeader>
                </TableHeaders>
                <TableRowEntries><TableRowEntry><TableColumnItems>
                  <TableColumnItem><PropertyName>Value</PropertyName><FormatString>{0:F3}</FormatString></TableColumnItem>
                  <TableColumnItem><ScriptBlock>"x$($_.Twice)"</ScriptBlock></TableColumnItem>
                </TableColumnItems></TableRowEntry></TableRowEntries>
              </TableControl>
            </View></ViewDefinitions></Configuration>
            """);
        const string Expected = "     Val Two\n     --- ---\n   1.500 x3";
        const string Make = "[pscustomobject]@{ PSTypeName = 'Shown.Row'; Value = 1.5; Other = 2 }";
        // The width of the first column is kept, so only blank lines may be trimmed.
        Assert.Equal(Expected, table.Run($"Import-Module ./Shown; {Make}"));
        Assert.Equal(Expected, table.Run($"{Make} | Format-Table"));
        table.Check($"{Make} | Format-Table Other", "Other\n-----\n    2");
    }

    [Fact]
    public void Type_data_can_be_changed() => table.Check("""
        Update-TypeData -TypeName Own.T -MemberType ScriptProperty -MemberName Double -Value { $this.x * 2 }
        Update-TypeData -TypeName Own.T -DefaultDisplayPropertySet x, Double
        [pscustomobject]@{ PSTypeName = 'Own.T'; x = 4; y = 1 }
        (Get-TypeData Own.T).Members.Keys
        Update-TypeData -TypeName Own.T -MemberType NoteProperty -MemberName Double -Value 1
        Remove-TypeData -TypeName Own.T
        @(Get-TypeData Own.T).Count
        """, """
        x Double
        - ------
        4      8
        Double
        0
        ERROR TypesDynamicUpdateException: Error in TypeData "Own.T": The member Double is already present.
        """);
}
