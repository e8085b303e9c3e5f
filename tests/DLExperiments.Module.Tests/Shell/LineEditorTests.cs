using DLExperiments.Shell.Hosting.Editing;

namespace DLExperiments.Module.Tests.Shell;

/// <summary>Editing, without a terminal.</summary>
public sealed class LineEditorTests
{
    private static readonly ConsoleKeyInfo Enter = Key(ConsoleKey.Enter, '\r');

    [Fact]
    public void Keys_edit_the_line()
    {
        Assert.Equal("abc", Read([.. Text("abX"), Key(ConsoleKey.Backspace), .. Text("c"), Enter]));
        Assert.Equal("xab", Read([.. Text("ab"), Key(ConsoleKey.Home), .. Text("x"), Enter]));
        Assert.Equal("one ", Read([.. Text("one two"), Control(ConsoleKey.W), Enter]));
        Assert.Equal("two one", Read([.. Text("one"), Control(ConsoleKey.U), .. Text("two "), Control(ConsoleKey.Y), Enter]));
        Assert.Equal("a", Read([.. Text("abc"), Control(ConsoleKey.A), Key(ConsoleKey.RightArrow), Control(ConsoleKey.K), Enter]));
    }

    [Fact]
    public void Control_C_cancels_and_control_D_leaves_an_empty_line_only()
    {
        Assert.Equal("", Read([.. Text("abc"), Control(ConsoleKey.C)]));
        Assert.Null(Read([Control(ConsoleKey.D)]));
        Assert.Equal("a", Read([.. Text("ab"), Key(ConsoleKey.LeftArrow), Control(ConsoleKey.D), Enter]));
        Assert.Null(Read([.. Text("ab")]));
    }

    [Fact]
    public void Unfinished_text_goes_on_in_the_next_line() =>
        Assert.Equal("if {\n}", Read([.. Text("if {"), Enter, .. Text("}"), Enter], isIncomplete: t => !t.Contains('}', StringComparison.Ordinal)));

    [Fact]
    public void Arrows_walk_the_history_by_what_was_typed()
    {
        var history = new CommandHistory();
        foreach (var command in new[] { "get one", "set two", "get three" })
            history.Add(command);
        var up = Key(ConsoleKey.UpArrow);
        var down = Key(ConsoleKey.DownArrow);
        Assert.Equal("set two", Read([up, up, Enter], history));
        Assert.Equal("get one", Read([.. Text("get"), up, up, Enter], history));
        Assert.Equal("mine", Read([.. Text("mine"), up, down, Enter], history));
        Assert.Equal("get three", Read([up, up, down, Enter], history));
        Assert.Equal("set two", Read([Control(ConsoleKey.R), .. Text("wo"), Enter], history));
        Assert.Equal("get one", Read([Control(ConsoleKey.R), .. Text("get"), Control(ConsoleKey.R), Enter], history));
    }

    [Fact]
    public void Tab_completes_the_common_part_and_then_cycles()
    {
        Candidates? Complete(string text, int cursor) =>
            new(0, cursor, [.. new[] { "Get-Item", "Get-ItemProperty" }.Select(t => (t, t))]);
        var tab = Key(ConsoleKey.Tab, '\t');
        Assert.Equal("Get-Item", Read([.. Text("get-i"), tab, Enter], complete: Complete));
        Assert.Equal("Get-ItemProperty", Read([.. Text("get-i"), tab, tab, tab, Enter], complete: Complete));
        Assert.Equal("Get-ItemProperty", Read([.. Text("get-i"), tab, Key(ConsoleKey.Tab, '\t', ConsoleModifiers.Shift), Enter], complete: Complete));
        Assert.Equal("get-i", Read([.. Text("get-i"), tab, Enter], complete: (_, _) => null));
    }

    [Fact]
    public void Lines_of_a_command_are_walked_before_the_history()
    {
        var buffer = new LineBuffer();
        buffer.Set("abc\nde");
        Assert.True(buffer.MoveLine(down: false));
        Assert.Equal(2, buffer.Cursor);
        Assert.False(buffer.MoveLine(down: false));
        Assert.True(buffer.MoveLineEdge(forward: true));
        Assert.True(buffer.MoveLine(down: true));
        Assert.Equal(6, buffer.Cursor);
    }

    [Fact]
    public void Surrogate_pair_is_one_character()
    {
        var buffer = new LineBuffer();
        buffer.Set("a😀");
        Assert.True(buffer.DeleteCharacter(forward: false));
        Assert.Equal("a", buffer.Text);
    }

    [Fact]
    public void Drawing_puts_the_cursor_where_it_belongs_in_wrapped_text()
    {
        var written = "";
        var screen = new LineScreen(t => written += t, () => 10);
        screen.Begin();
        // 2 of prompt and 12 of text: 10 on the first row, 4 on the second; the cursor at 3 is in row 0, column 5.
        screen.Draw("\e[31m> \e[0m", "abcdefghijkl", 3);
        Assert.EndsWith("\e[1A\r\e[5C\e[?25h", written, StringComparison.Ordinal);
        written = "";
        screen.Draw("> ", "a界b", 2);
        Assert.EndsWith("\r\e[5C\e[?25h", written, StringComparison.Ordinal);
    }

    [Fact]
    public void History_survives_in_its_file_without_secrets()
    {
        var folder = Directory.CreateTempSubdirectory("dlx-history-");
        try
        {
            var path = Path.Combine(folder.FullName, "new", "history.txt");
            var history = new CommandHistory(path);
            foreach (var command in new[] { "one", "one", "  ", "if {\n1`\n}", "$password = 'x'" })
                history.Add(command);
            Assert.Equal(["one", "if {\n1`\n}", "$password = 'x'"], history.Entries);
            Assert.Equal("one", new CommandHistory(path).Entries[0]);
            Assert.DoesNotContain("password", File.ReadAllText(path), StringComparison.Ordinal);
            File.WriteAllLines(path, Enumerable.Range(0, (2 * CommandHistory.Capacity) + 1).Select(i => $"c{i}"));
            Assert.Equal(CommandHistory.Capacity, new CommandHistory(path).Entries.Count);
            Assert.Equal(CommandHistory.Capacity, File.ReadLines(path).Count());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Read(
        ConsoleKeyInfo[] keys, CommandHistory? history = null, Func<string, int, Candidates?>? complete = null, Func<string, bool>? isIncomplete = null)
    {
        var queue = new Queue<ConsoleKeyInfo>(keys);
        var screen = new LineScreen(_ => { }, () => 80);
        return new LineEditor(
            () => queue.TryDequeue(out var key) ? key : null, screen, history ?? new CommandHistory(), complete ?? ((_, _) => null), isIncomplete ?? (_ => false)).Read("> ", 80);
    }

    private static IEnumerable<ConsoleKeyInfo> Text(string text) => text.Select(c => new ConsoleKeyInfo(c, ConsoleKey.None, false, false, false));

    private static ConsoleKeyInfo Key(ConsoleKey key, char character = '\0', ConsoleModifiers modifiers = 0) =>
        new(character, key, modifiers.HasFlag(ConsoleModifiers.Shift), modifiers.HasFlag(ConsoleModifiers.Alt), modifiers.HasFlag(ConsoleModifiers.Control));

    private static ConsoleKeyInfo Control(ConsoleKey key) => Key(key, modifiers: ConsoleModifiers.Control);
}
