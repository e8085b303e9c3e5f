using System.Text.RegularExpressions;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Text;

/// <summary>Looks for patterns in lines, and keeps the lines around what it finds. One file, or the pipeline, is one search.</summary>
internal sealed class LineSearch(string? path, int before, int after, bool withContext, Action<MatchInfo> found)
{
    private readonly Queue<string> earlier = new();
    private readonly List<(MatchInfo Match, List<string> After)> pending = [];
    private int number, shownUpTo;

    internal required Func<string, MatchInfo?> Find { get; init; }

    /// <summary>Takes the next line; true where it matched.</summary>
    internal bool Add(string line)
    {
        number++;
        var match = Find(line);
        foreach (var waiting in pending)
            waiting.After.Add(line);
        if (match is not null)
        {
            Note(match);
            if (!withContext || after == 0)
                Finish(match, []);
            else
                pending.Add((match, []));
        }
        Release(all: false);
        if (before > 0)
        {
            earlier.Enqueue(line);
            if (earlier.Count > before)
                earlier.Dequeue();
        }
        return match is not null;
    }

    /// <summary>Takes a line that is not searched, only shown after the match before it.</summary>
    internal void AddContext(string line)
    {
        foreach (var waiting in pending)
            waiting.After.Add(line);
        Release(all: false);
    }

    /// <summary>Gives out the matches that still wait for lines after them.</summary>
    internal void End() => Release(all: true);

    private void Note(MatchInfo match)
    {
        match.LineNumber = number;
        if (path is not null)
            match.Path = path;
        if (!withContext)
            return;
        string[] lines = [.. earlier];
        var unseen = Math.Clamp(number - 1 - shownUpTo, 0, lines.Length);
        match.Context = new MatchInfoContext { PreContext = lines, DisplayPreContext = lines[(lines.Length - unseen)..] };
        // The match before shows its following lines only up to this one.
        foreach (var (other, _) in pending)
            other.Context!.DisplayPostContext = new string[Math.Min(other.Context.DisplayPostContext.Length, Math.Max(0, number - 1 - other.LineNumber))];
        match.Context.DisplayPostContext = new string[after];
        shownUpTo = number + after;
    }

    private void Release(bool all)
    {
        while (pending.Count > 0 && (all || pending[0].After.Count == after))
        {
            Finish(pending[0].Match, pending[0].After);
            pending.RemoveAt(0);
        }
    }

    private void Finish(MatchInfo match, List<string> lines)
    {
        if (match.Context is { } context)
        {
            context.PostContext = [.. lines];
            context.DisplayPostContext = [.. lines.Take(context.DisplayPostContext.Length)];
        }
        found(match);
    }
}
