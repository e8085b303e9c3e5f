namespace DLExperiments.Module.Tests.StockCommands;

/// <summary>CSV, JSON, CLIXML and data files.</summary>
public sealed class DataCommandTests(ScriptTable table) : IClassFixture<ScriptTable>
{
    [Theory]
    [InlineData("[pscustomobject]@{ a = 1; b = 'x \"q\", y'; c = $null; d = '' }, [pscustomobject]@{ a = 2; e = 5 } | ConvertTo-Csv", "\"a\",\"b\",\"c\",\"d\"\n\"1\",\"x \"\"q\"\", y\",,\"\"\n\"2\",,,")]
    [InlineData("[pscustomobject]@{ a = 1; b = 'p;q'; c = 'r,s' } | ConvertTo-Csv -Delimiter ';' -UseQuotes AsNeeded", "a;b;c\n1;\"p;q\";r,s")]
    [InlineData("[pscustomobject]@{ a = 1; b = 'p,q' } | ConvertTo-Csv -UseQuotes Never", "a,b\n1,p,q")]
    [InlineData("[pscustomobject]@{ a = 1; b = 2 } | ConvertTo-Csv -QuoteFields b -NoHeader", "1,\"2\"")]
    [InlineData("[pscustomobject]@{ a = 1 } | ConvertTo-Csv -IncludeTypeInformation", "#TYPE System.Management.Automation.PSCustomObject\n\"a\"\n\"1\"")]
    [InlineData("[ordered]@{ a = 1; b = 0.5 } | ConvertTo-Csv", "\"a\",\"b\"\n\"1\",\"0.5\"")]
    [InlineData("1 | ConvertTo-Csv -UseQuotes Always -QuoteFields a", "ERROR CannotSpecifyQuoteFieldsAndUseQuotes: You must specify either the -UseQuotes or -QuoteFields parameters, but not both.")]
    public void Csv_is_written(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("\"a,b`n1,`\"x`n, `\"`\"y`\"`\"`\"`n2, z \" | ConvertFrom-Csv | ForEach-Object { \"[$($_.a)] [$($_.b)]\" }", "[1] [x\n, \"y\"]\n[2] [z ]")]
    [InlineData("'a;b', '1;2' | ConvertFrom-Csv -Delimiter ';' | ConvertTo-Json -Compress", """{"a":"1","b":"2"}""")]
    [InlineData("'1,2', '', '3' | ConvertFrom-Csv -Header x, y | ConvertTo-Json -Compress", """[{"x":"1","y":"2"},{"x":"3","y":null}]""")]
    [InlineData("'a,b', '1,2,3' | ConvertFrom-Csv | ConvertTo-Json -Compress", """{"a":"1","b":"2"}""")]
    [InlineData("'a,b', '1,' | ConvertFrom-Csv | ConvertTo-Json -Compress", """{"a":"1","b":""}""")]
    [InlineData("'a,,c', '1,2,3' | ConvertFrom-Csv | ConvertTo-Json -Compress", "{\"a\":\"1\",\"H1\":\"2\",\"c\":\"3\"}\nWARNING One or more headers were not specified. Default names starting with \"H\" have been used in place of any missing headers.")]
    [InlineData("'a,A', '1,2' | ConvertFrom-Csv", "ERROR AlreadyPresentPSMemberInfoInternalCollectionAdd: The member \"A\" is already present.")]
    [InlineData("('#TYPE Some.Type', 'a', '1' | ConvertFrom-Csv).PSTypeNames[0]", "CSV:Some.Type")]
    [InlineData("\"a`tb`n1`t2\" | ConvertFrom-Csv -Delimiter \"`t\" | ConvertTo-Json -Compress", """{"a":"1","b":"2"}""")]
    [InlineData("\"a,b`r`n`\"1`\" ,2`r`n\" | ConvertFrom-Csv | ConvertTo-Json -Compress", """{"a":"1","b":"2"}""")]
    [InlineData("@('a,b' | ConvertFrom-Csv).Count", "0")]
    public void Csv_is_read(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("1..3 | ForEach-Object { [pscustomobject]@{ i = $_; sq = $_ * $_ } } | Export-Csv x.csv; (Import-Csv x.csv).sq -join ','", "1,4,9")]
    [InlineData("[pscustomobject]@{ i = 1; j = 2 } | Export-Csv y.csv; [pscustomobject]@{ j = 4; i = 3; more = 5 } | Export-Csv y.csv -Append; Get-Content y.csv", "\"i\",\"j\"\n\"1\",\"2\"\n\"3\",\"4\"")]
    [InlineData("[pscustomobject]@{ i = 1; j = 2 } | Export-Csv z.csv; [pscustomobject]@{ j = 4 } | Export-Csv z.csv -Append -Force; Get-Content z.csv", "\"i\",\"j\"\n\"1\",\"2\"\n,\"4\"")]
    [InlineData("Set-Content t.csv \"i`n1\" -NoNewline; [pscustomobject]@{ i = 2 } | Export-Csv t.csv -Append; (Import-Csv t.csv).i -join ','", "1,2")]
    [InlineData("Set-Content u.csv 'é;b', '1;2'; (Import-Csv u.csv ';').'é'", "1")]
    [InlineData("Set-Content v1.csv 'a', '1'; Set-Content v2.csv 'a', '2'; (Import-Csv v?.csv | Sort-Object a).a -join ','", "1,2")]
    [InlineData("Set-Content v1.csv 'a', '1'; Get-Item v1.csv | Import-Csv | ConvertTo-Json -Compress", """{"a":"1"}""")]
    [InlineData("@() | Export-Csv empty.csv; (Get-Item empty.csv).Length", "0")]
    public void Csv_files(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("[pscustomobject]@{ i = 1 } | Export-Csv a.csv; [pscustomobject]@{ z = 1 } | Export-Csv a.csv -Append", "ERROR CannotAppendCsvWithMismatchedPropertyNames: ")]
    [InlineData("[pscustomobject]@{ i = 1 } | Export-Csv b.csv; [pscustomobject]@{ i = 2 } | Export-Csv b.csv -NoClobber", "ERROR NoClobber: ")]
    [InlineData("Import-Csv none.csv", "ERROR FileOpenFailure: Could not find file")]
    [InlineData("1 | Export-Csv no/such/folder.csv", "ERROR FileOpenFailure: Could not find a part of the path")]
    public void Csv_errors(string script, string start) => Assert.StartsWith(start, table.Run(script));

    [Theory]
    [InlineData("1, 'a', $null, $true, 1.0, 1e20, 0.1 | ConvertTo-Json -Compress", """[1,"a",null,true,1.0,1E+20,0.1]""")]
    [InlineData("1 | ConvertTo-Json -AsArray -Compress", "[1]")]
    [InlineData("ConvertTo-Json @(1) -Compress", "[1]")]
    [InlineData("@(1) | ConvertTo-Json -Compress", "1")]
    [InlineData("ConvertTo-Json @() -Compress", "[]")]
    [InlineData("ConvertTo-Json ([ordered]@{ a = @(); b = @{}; c = 'x\"\\é<' }) -Compress", """{"a":[],"b":{},"c":"x\"\\é<"}""")]
    [InlineData("ConvertTo-Json ([ordered]@{ a = 1; b = 1, 2 })", "{\n  \"a\": 1,\n  \"b\": [\n    1,\n    2\n  ]\n}")]
    [InlineData("ConvertTo-Json @{ a = @{ b = @{ c = @{ d = 1 } } } } -Compress", "{\"a\":{\"b\":{\"c\":\"System.Collections.Hashtable\"}}}\nWARNING Resulting JSON is truncated as serialization has exceeded the set depth of 2.")]
    [InlineData("ConvertTo-Json @{ a = @{ b = @{ c = @{ d = 1 } } } } -Compress -Depth 3", """{"a":{"b":{"c":{"d":1}}}}""")]
    [InlineData("ConvertTo-Json ([pscustomobject]@{ a = [pscustomobject]@{ b = [pscustomobject]@{ c = 1 } } }) -Depth 1 -Compress -WarningAction SilentlyContinue", """{"a":{"b":"@{c=1}"}}""")]
    [InlineData("[DayOfWeek]::Monday | ConvertTo-Json; [DayOfWeek]::Monday | ConvertTo-Json -EnumsAsStrings", "1\n\"Monday\"")]
    [InlineData("[datetime]::SpecifyKind([datetime]'2020-01-02T03:04:05', 'Utc') | ConvertTo-Json", "\"2020-01-02T03:04:05Z\"")]
    [InlineData("'é<' | ConvertTo-Json -EscapeHandling EscapeNonAscii", "\"\\u00e9<\"")]
    [InlineData("'x' | Add-Member n 1 -PassThru | ConvertTo-Json -Compress; 5.5 | Add-Member n 1 -PassThru | ConvertTo-Json -Compress", "\"x\"\n{\"value\":5.5,\"n\":1}")]
    [InlineData("[double]::NaN | ConvertTo-Json", "\"NaN\"")]
    [InlineData("@{ 1 = 2 } | ConvertTo-Json", "ERROR NonStringKeyInDictionary: The type 'System.Collections.Hashtable' is not supported for serialization or deserialization of a dictionary. Keys must be strings.")]
    public void Json_is_written(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("$o = '{\"a\":1,\"b\":[1,2.5],\"d\":\"2020-01-02T03:04:05Z\"}' | ConvertFrom-Json; $o.a.GetType().Name; $o.b[1].GetType().Name; $o.d.Kind", "Int64\nDouble\nUtc")]
    [InlineData("('[1,2]' | ConvertFrom-Json | Measure-Object).Count; ('[1,2]' | ConvertFrom-Json -NoEnumerate | Measure-Object).Count", "2\n1")]
    [InlineData("('{', '\"a\": 3', '}' | ConvertFrom-Json).a; ('{\"a\":1}', '{\"a\":2}' | ConvertFrom-Json).a -join ','", "3\n1,2")]
    [InlineData("('{\"z\":1,\"\":2,\"Z\":3}' | ConvertFrom-Json -AsHashtable).Keys -join ','", "z,,Z")]
    [InlineData("'{\"A\":1,\"a\":2}' | ConvertFrom-Json", "ERROR KeysWithDifferentCasingInJsonString: Cannot convert the JSON string because it contains keys with different casing. Please use the -AsHashTable switch instead. The key that was attempted to be added to the existing key 'A' was 'a'.")]
    [InlineData("'{\"\":1}' | ConvertFrom-Json", "ERROR EmptyKeyInJsonString: The provided JSON includes a property whose name is an empty string, this is only supported using the -AsHashTable switch.")]
    [InlineData("'12345678901234567890123' | ConvertFrom-Json | ForEach-Object { $_.GetType().Name }", "BigInteger")]
    [InlineData("$null -eq ('null' | ConvertFrom-Json)", "True")]
    [InlineData("('{\"d\":\"2020-01-02T03:04:05Z\"}' | ConvertFrom-Json -DateKind String).d", "2020-01-02T03:04:05Z")]
    public void Json_is_read(string script, string expected) => table.Check(script, expected);

    [Fact]
    public void Bad_json_is_a_terminating_error() =>
        Assert.StartsWith("caught Conversion from JSON failed with error:", table.Run("try { '{x' | ConvertFrom-Json } catch { \"caught $_\" }"));

    [Theory]
    [InlineData("[pscustomobject]@{ a = 1; d = [datetime]'2020-01-01'; n = $null }, 2, $null | Export-Clixml x.xml; $r = Import-Clixml x.xml; $r.Count; $r[0].d.Year; $r[0].PSTypeNames[0]; $r[1].GetType().Name", "3\n2020\nDeserialized.System.Management.Automation.PSCustomObject\nInt32")]
    [InlineData("1..5 | Export-Clixml p.xml; (Import-Clixml p.xml -Skip 1 -First 2) -join ','", "2,3")]
    [InlineData("Set-Content d.psd1 '@{ a = 1; b = @(\"x\", 2); c = @{ d = $true } }'; $d = Import-PowerShellDataFile d.psd1; $d.a; $d.b.Count; $d.c.d", "1\n2\nTrue")]
    [InlineData("$d = \"a = 1`n# no`nb = x\\ty=z\" | ConvertFrom-StringData; $d.Count; $d.b", "2\nx\ty=z")]
    [InlineData("$r = [pscustomobject]@{ a = 1 }, 2 | ConvertTo-CliXml | ConvertFrom-CliXml; $r.Count; $r[0].a", "2\n1")]
    [InlineData("[pscustomobject]@{ a = 1; b = '<x>' } | ConvertTo-Html -Fragment", "<table>\n<colgroup><col/><col/></colgroup>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>&lt;x&gt;</td></tr>\n</table>")]
    [InlineData("1, 2 | ForEach-Object { [pscustomobject]@{ a = $_; b = 0 } } | ConvertTo-Html a -As List -Fragment", "<table>\n<tr><td>a:</td><td>1</td></tr>\n<tr><td><hr></td></tr>\n<tr><td>a:</td><td>2</td></tr>\n</table>")]
    [InlineData("(1 | ConvertTo-Html -Title T)[1..4]", "<html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<title>T</title>\n</head><body>")]
    [InlineData("('<r><x n=\"1\"/><x n=\"2\"/></r>' | Select-Xml '//x/@n').Node.Value -join ','", "1,2")]
    [InlineData("Select-Xml -Content '<r>' -XPath '//x' -ErrorAction SilentlyContinue; $Error[0].FullyQualifiedErrorId.Split(',')[0]", "ProcessingFile")]
    public void Other_data(string script, string expected) => table.Check(script, expected);

    [Fact]
    public void Data_files_run_nothing() =>
        Assert.StartsWith("ERROR CouldNotParseAsPowerShellDataFile: ", table.Run("Set-Content e.psd1 '@{ a = (Get-Date) }'; Import-PowerShellDataFile e.psd1"));
}
