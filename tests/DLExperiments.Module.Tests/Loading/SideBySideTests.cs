namespace DLExperiments.Module.Tests.Loading;

/// <summary>Another module that carries its own version of a library that this one carries too: both must work, whoever comes first.</summary>
public class SideBySideTests
{
    /// <summary>Reads CSV with the CsvHelper of this module, in the context that it lives in.</summary>
    private const string ReadWithOurs = """
        $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([DLExperiments.Native.ComputeDevice].Assembly)
        $csvHelper = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('CsvHelper'))
        $reader = [Activator]::CreateInstance($csvHelper.GetType('CsvHelper.CsvReader'),
            @([System.IO.StringReader]::new("a,b`n5,6`n"), [cultureinfo]::InvariantCulture, $false))
        $null = $reader.Read(); $null = $reader.ReadHeader(); $null = $reader.Read()
        "ours $($csvHelper.GetName().Version.Major) $($context.Name) $($reader.GetField('b'))"
        """;

    /// <summary>The interface up to version 33.</summary>
    private const string ReadWith30 = """
        $reader = [CsvHelper.CsvReader]::new([System.IO.StringReader]::new("x,y`n1,2`n"), [cultureinfo]::InvariantCulture, $false)
        $null = $reader.Read(); $null = $reader.ReadHeader(); $null = $reader.Read()
        $value = $reader.GetField('y')
        """;

    /// <summary>Version 34 has none of that: bound to the wrong version, neither module could work.</summary>
    private const string ReadWith34 = """
        $reader = [CsvHelper.CsvReader]::FromText("x,y`n1,2`n", $null)
        $null = $reader.Read()
        $value = $reader.GetString('y')
        """;

    [Theory]
    [InlineData("30.0.1", "net6.0", ReadWith30, true)]
    [InlineData("30.0.1", "net6.0", ReadWith30, false)]
    [InlineData("34.0.0", "net8.0", ReadWith34, true)]
    [InlineData("34.0.0", "net8.0", ReadWith34, false)]
    public void Module_with_another_CsvHelper_works_beside_this_one(string version, string framework, string read, bool otherFirst)
    {
        string library = Path.Combine(ShellProcess.PackageFolder, "csvhelper", version, "lib", framework, "CsvHelper.dll");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dlx-other-");
        try
        {
            string other = Path.Combine(folder.FullName, "OtherCsv.psm1");
            File.WriteAllText(other, $$"""
                $assembly = [System.Reflection.Assembly]::LoadFrom('{{library}}')
                function Read-OtherCsv {
                {{read}}
                    "other $([CsvHelper.CsvReader].Assembly.GetName().Version.Major) $value"
                }
                Export-ModuleMember -Function Read-OtherCsv
                """);
            string importOther = $"Import-Module '{other}'\nRead-OtherCsv\n", importOurs = $"Import-Module DLExperiments\n{ReadWithOurs}\n";
            string[] lines = ShellProcess.Run((otherFirst ? importOther + importOurs : importOurs + importOther)
                + "Read-OtherCsv\n(Get-ComputeDevice cpu).Name\n");

            string ours = "ours 33 DLExperiments 6", others = $"other {version[..2]} 2";
            Assert.Equal(otherFirst ? [others, ours, others, "cpu"] : [ours, others, others, "cpu"], lines);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
