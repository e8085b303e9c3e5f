using System.Collections;
using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>PowerShell's own comparison operators, asked for by name, so that conversions are the language's and not an imitation.</summary>
internal static class Operators
{
    [ThreadStatic]
    private static Dictionary<string, ScriptBlock>? t_blocks;

    public static bool IsTrue(string name, object? left, object? right)
    {
        t_blocks ??= [];
        if (!t_blocks.TryGetValue(name, out var block))
            t_blocks[name] = block = ScriptBlock.Create($"param($left, $right) [bool]($left {name} $right)");
        return LanguagePrimitives.IsTrue(block.InvokeReturnAsIs([left, right]));
    }

    /// <summary>Equality of -Be: arrays element by element, an empty array as $null, everything else by -eq or -ceq.</summary>
    public static bool AreEqual(object? actual, object? expected, bool exactly, int depth = 0)
    {
        if (depth > 100) throw new ArgumentException("The arrays to be compared are nested more than 100 deep: one of them may contain itself.");
        var first = Items(actual);
        var second = Items(expected);
        var firstEmpty = IsNothing(first);
        var secondEmpty = IsNothing(second);
        if (firstEmpty || secondEmpty) return firstEmpty && secondEmpty;
        if (first.Count != second.Count) return false;
        for (var i = 0; i < first.Count; i++)
        {
            if (Base(first[i]) is Array || Base(second[i]) is Array)
            {
                if (!AreEqual(first[i], second[i], exactly, depth + 1)) return false;
            }
            else if (!ScalarsAreEqual(first[i], second[i], exactly))
                return false;
        }
        return true;
    }

    public static object? Base(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>The value as a list: arrays and lists as they are, $null and scalars as one element.</summary>
    public static IList Items(object? value) => Base(value) is IList list ? list : new[] { value };

    private static bool ScalarsAreEqual(object? actual, object? expected, bool exactly)
    {
        // The common numbers and flags need no script: a data set has thousands of them.
        var (left, right) = (Base(actual), Base(expected));
        if (left is int or long or float or double or bool && right?.GetType() == left.GetType()) return left switch
        {
            double number => number == (double)right,
            float number => number == (float)right,
            _ => left.Equals(right),
        };
        return IsTrue(exactly ? "-ceq" : "-eq", expected, actual);
    }

    private static bool IsNothing(IList items) => items.Count == 0 || (items.Count == 1 && Base(items[0]) is null);
}
