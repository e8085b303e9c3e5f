using DLExperiments.Shell.Hosting;

namespace DLExperiments.Module.Tests.Shell;

/// <summary>The command line.</summary>
public sealed class OptionParserTests
{
    [Fact]
    public void First_word_without_a_dash_is_the_script_and_the_rest_is_its_own()
    {
        var options = ShellOptionParser.Parse(["-nop", "-NonInteractive", "a.ps1", "-NoExit", "x"]);
        Assert.Equal((StartMode.File, "a.ps1", true, true, false), (options.Mode, options.FilePath, options.NoProfile, options.NonInteractive, options.NoExit));
        Assert.Equal(["-NoExit", "x"], options.Arguments);
    }

    [Theory]
    [InlineData("-c", "1 + 2", "-c", "1", "+", "2")]
    [InlineData("-Command", "-", "-")]
    [InlineData("--command", "a -b", "--Command", "a", "-b")]
    [InlineData("-e", "1", "-EncodedCommand", "MQA=")]
    public void Command_takes_all_words(string name, string expected, params string[] words)
    {
        var options = ShellOptionParser.Parse(words);
        Assert.True(options.Mode == StartMode.Command, name);
        Assert.Equal(expected, options.CommandText);
    }

    [Theory]
    [InlineData("-Nope")]
    [InlineData("-n")]
    [InlineData("-Command")]
    [InlineData("-File")]
    [InlineData("-wd")]
    [InlineData("-ec", "no base64!")]
    [InlineData("-c", "-", "x")]
    public void What_cannot_be_meant_is_refused(params string[] words) =>
        Assert.Throws<ShellUsageException>(() => ShellOptionParser.Parse(words));

    [Fact]
    public void Hand_over_keeps_every_word_and_no_words_mean_the_prompt()
    {
        Assert.Equal(["-NoProfile", "-File", "x"], ShellOptionParser.Parse(["-Pwsh", "-NoProfile", "-File", "x"]).Arguments);
        Assert.Equal(StartMode.Interactive, ShellOptionParser.Parse([]).Mode);
        Assert.Equal(StartMode.Help, ShellOptionParser.Parse(["-?"]).Mode);
    }

    [Fact]
    public void Script_arguments_become_parameters()
    {
        var parameters = ScriptArguments.Parse(["-Epochs", "3", "-Flag:$false", "-Rate:", "1e-3", "-5", "-.5", "-", "--x"]).ToArray();
        Assert.Equal(["-Epochs", null, "-Flag", "-Rate", null, null, null, "--x"], parameters.Select(p => p.Name));
        Assert.Equal([null, "3", false, "1e-3", "-5", "-.5", "-", null], parameters.Select(p => p.Value));
    }

    [Theory]
    [InlineData("Sort-Objct", "Sort-Object")]
    [InlineData("sort-obejct", "Sort-Object")]
    [InlineData("Zebra", null)]
    public void Near_names_are_found(string word, string? expected) =>
        Assert.Equal(expected, NearMatch.Find(word, ["Sort-Object", "Select-Object", "Get-Job"]).FirstOrDefault());

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("Same", "sAME", 0)]
    public void Distance_counts_edits(string a, string b, int expected) => Assert.Equal(expected, NearMatch.Distance(a, b));
}
