using System.Collections;
using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester;

/// <summary>What Describe, Context and It have in common: a name, a body and, with -ForEach, one value of the data.</summary>
internal abstract class TestNode(string name, ScriptBlock? body, TestBlock? parent)
{
    public string Name { get; } = name;

    public ScriptBlock? Body { get; } = body;

    public TestBlock? Parent { get; } = parent;

    public bool HasData { get; init; }

    public object? Data { get; init; }

    public bool Skip { get; init; }

    /// <summary>Name with its templates filled in: at discovery from -ForEach data alone, at run from every variable in scope.</summary>
    public string ExpandedName { get; set; } = name;

    /// <summary>Own or inherited -Skip.</summary>
    public bool IsSkipped => Skip || (Parent?.IsSkipped ?? false);

    public string ExpandedPath => Parent is null or { IsRoot: true } ? ExpandedName : $"{Parent.ExpandedPath}.{ExpandedName}";

    /// <summary>The variables that -ForEach gives: $_ always, and each key of a dictionary under its own name.</summary>
    public Dictionary<string, object?> Variables()
    {
        var variables = Arguments();
        if (HasData) variables.TryAdd("_", Data);
        return variables;
    }

    /// <summary>The keys of a dictionary of -ForEach: they are also passed as named arguments, for bodies that have a param block.</summary>
    public Dictionary<string, object?> Arguments()
    {
        var arguments = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if ((Data is PSObject wrapped ? wrapped.BaseObject : Data) is IDictionary dictionary)
            foreach (DictionaryEntry entry in dictionary)
                arguments[entry.Key.ToString()!] = entry.Value;
        return arguments;
    }
}

/// <summary>One Describe or Context, or the file itself (the root), with its set-up and tear-down.</summary>
internal sealed class TestBlock(string name, ScriptBlock? body, TestBlock? parent) : TestNode(name, body, parent)
{
    public bool IsRoot => Parent is null;

    /// <summary>Blocks and tests in the order of the file.</summary>
    public List<TestNode> Items { get; } = [];

    public ScriptBlock? BeforeAll { get; set; }

    public ScriptBlock? AfterAll { get; set; }

    public ScriptBlock? BeforeEach { get; set; }

    public ScriptBlock? AfterEach { get; set; }

    public IEnumerable<TestCase> Tests =>
        Items.SelectMany(item => item is TestBlock block ? block.Tests : [(TestCase)item]);
}

/// <summary>One It, or one row of an It with -ForEach.</summary>
internal sealed class TestCase(string name, ScriptBlock body, TestBlock parent, int index) : TestNode(name, body, parent)
{
    /// <summary>Position among the tests of the file, from 0: what ties a discovered test to its result.</summary>
    public int Index { get; } = index;
}
