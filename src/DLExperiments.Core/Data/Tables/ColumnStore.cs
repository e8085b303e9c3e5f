using System.Collections.Immutable;

namespace DLExperiments.Data.Tables;

/// <summary>
/// One column while a table is read: its numbers and, as long as it may turn out to be categories, a code for each distinct text.
/// Eight bytes a cell whatever the texts, so that long files need bounded memory.
/// </summary>
internal sealed class ColumnStore
{
    private readonly int limit;
    private readonly List<float> numbers = [];
    private Dictionary<string, int>? pool;
    private List<int>? codes;
    private long present, numeric;
    private string firstText = "";
    private long firstTextPlace = -1;

    internal ColumnStore(string name, bool isTarget, bool? asNumber, int limit)
    {
        Name = name;
        IsTarget = isTarget;
        AsNumber = asNumber;
        this.limit = limit;
        if (asNumber == true) return;
        pool = new Dictionary<string, int>(StringComparer.Ordinal);
        codes = [];
    }

    internal string Name { get; }

    internal bool IsTarget { get; }

    /// <summary>True when forced to numbers, false when forced to categories, null when the values decide.</summary>
    internal bool? AsNumber { get; }

    internal int Count => numbers.Count;

    internal void Append(in Cell cell, long place, Func<long, string> where)
    {
        switch (cell.Kind)
        {
            case Cell.Kinds.Missing:
                numbers.Add(float.NaN);
                codes?.Add(-1);
                return;
            case Cell.Kinds.Number:
                numeric++;
                numbers.Add((float)cell.Number);
                break;
            default:
                if (AsNumber == true)
                    throw TableErrors.NonNumeric(where(place), Name, cell.Text,
                        $"Correct the cell, or count the text as missing (-MissingValue '{TableErrors.Shorten(cell.Text)}' with a choice of -Missing).");
                if (firstTextPlace < 0) (firstText, firstTextPlace) = (cell.Text, place);
                numbers.Add(float.NaN);
                break;
        }
        present++;
        if (codes is not null) AddCode(cell.Text, where);
    }

    /// <summary>Decides what the column is, now that all of it is known.</summary>
    /// <param name="numbersAsClasses">Whether a column of numbers is to be categories.</param>
    /// <param name="where">How a place is called in messages.</param>
    /// <returns>True for numbers, false for categories.</returns>
    internal bool IsNumber(bool numbersAsClasses, Func<long, string> where)
    {
        if (present == 0)
            throw new Errors.ExperimentException("EmptyColumn", Errors.ErrorKind.InvalidData,
                $"Column '{Name}' has no value in any row: leave it out (-Exclude '{Name}').", Name);
        if (AsNumber is { } forced) return forced;
        if (numeric == present && !numbersAsClasses) return true;
        if (numeric * 2 > present && !numbersAsClasses) throw TableErrors.MostlyNumeric(where(firstTextPlace), Name, firstText, numeric, present);
        return codes is not null ? false : throw TooMany();
    }

    internal ReadOnlySpan<float> Numbers => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(numbers);

    /// <summary>The categories in their order, and the category of every row; -1 where the value is missing.</summary>
    internal (ImmutableArray<string> Categories, int[] Codes) Categorize()
    {
        ImmutableArray<string> categories = [.. pool!.Keys.Order(NaturalOrder.Instance)];
        int[] rank = new int[categories.Length];
        for (int i = 0; i < categories.Length; i++) rank[pool[categories[i]]] = i;
        return (categories, [.. codes!.Select(c => c < 0 ? -1 : rank[c])]);
    }

    private void AddCode(string text, Func<long, string> where)
    {
        if (pool!.TryGetValue(text, out int code))
        {
            codes!.Add(code);
            return;
        }
        if (pool.Count < limit)
        {
            codes!.Add(pool.Count);
            pool.Add(text, pool.Count);
            return;
        }
        // Too many to be categories: a column of numbers needs no codes, a mixed one is a mistake, the rest cannot be used.
        if (AsNumber == false) throw TooMany();
        if (numeric < present)
            throw numeric * 2 > present ? TableErrors.MostlyNumeric(where(firstTextPlace), Name, firstText, numeric, present) : TooMany();
        pool = null;
        codes = null;
    }

    private Errors.ExperimentException TooMany() => TableErrors.TooMany(Name, limit, IsTarget
        ? "If it is a quantity, use -TargetType Number."
        : $"Leave it out (-Exclude '{Name}'){(limit < TableBuilder.LabelLimit ? ", or give each text a number with -TextEncoding Label" : "")}.");
}
