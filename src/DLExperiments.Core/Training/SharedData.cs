using System.Collections.Concurrent;
using DLExperiments.Data;

namespace DLExperiments.Training;

/// <summary>What trainings side by side read from the same data sets, made once and freed together.</summary>
public sealed class SharedData : IDisposable
{
    private readonly HashSet<Dataset> covered = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<object, Lazy<IDisposable>> made = new();

    /// <summary>Shares what is made of data sets and their pieces; of others nothing is kept.</summary>
    /// <param name="data">The data sets.</param>
    public SharedData(IEnumerable<Dataset> data)
    {
        foreach (Dataset set in data)
            foreach (Dataset? piece in new[] { set, set.Train, set.Validation, set.Test })
                if (piece is not null) covered.Add(piece);
    }

    /// <summary>Whether a data set is one of those, or a piece of one.</summary>
    /// <param name="data">The data set.</param>
    internal bool Covers(Dataset data) => covered.Contains(data);

    /// <summary>The thing of a key; the first who asks makes it, others wait for him.</summary>
    internal T Get<T>(object key, Func<T> make)
        where T : IDisposable => (T)made.GetOrAdd(key, _ => new Lazy<IDisposable>(() => make())).Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<IDisposable> thing in made.Values.Where(t => t.IsValueCreated)) thing.Value.Dispose();
        made.Clear();
    }
}
