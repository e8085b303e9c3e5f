using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Transforms;

namespace DLExperiments.Data;

/// <summary>What turns raw data into what a network sees: the table's encoding, and fitted steps for the first feature. Part of a model.</summary>
public sealed class Preprocessing
{
    /// <summary>No preprocessing.</summary>
    public static readonly Preprocessing None = new(null, []);

    /// <summary>Gathers the parts.</summary>
    /// <param name="schema">How table rows become numbers, or null when the data is not a table.</param>
    /// <param name="transforms">Fitted steps, in order.</param>
    public Preprocessing(TableSchema? schema, IEnumerable<Transform> transforms)
    {
        Schema = schema;
        Transforms = [.. transforms];
    }

    /// <summary>How table rows become numbers, or null when the data is not a table.</summary>
    public TableSchema? Schema { get; }

    /// <summary>Fitted steps, in order.</summary>
    public ImmutableArray<Transform> Transforms { get; }

    /// <summary>Fits a data set's steps on its training part.</summary>
    /// <param name="train">The training part.</param>
    public static Preprocessing Fit(Dataset train)
    {
        var fitted = new List<Transform>();
        foreach (Transform transform in train.Transforms)
            fitted.Add(transform.Fit(new FeatureReader(train.Features[0], train.Rows, fitted)));
        return new Preprocessing(train.Schema, fitted);
    }

    /// <summary>Reads rows of a data set's features as the network sees them.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="feature">Which feature.</param>
    /// <param name="rows">Rows of the data set, from 0 to its count - 1.</param>
    /// <param name="destination">Room for the rows, row-major.</param>
    public void Read(Dataset data, int feature, ReadOnlySpan<int> rows, Span<float> destination)
    {
        DataColumn column = data.Features[feature];
        data.ReadFeature(feature, rows, destination);
        if (feature == 0)
            foreach (Transform transform in Transforms) transform.Apply(destination, column.ItemShape);
    }

    /// <summary>Reads the part of a feature that is an input of its own, as the network sees it.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="source">Which part.</param>
    /// <param name="rows">Rows of the data set.</param>
    /// <param name="destination">Room for the rows, row-major.</param>
    internal void ReadPart(Dataset data, FeatureSource source, ReadOnlySpan<int> rows, Span<float> destination)
    {
        float[] whole = new float[rows.Length * data.Features[source.Feature].ItemShape.ElementCount];
        Read(data, source.Feature, rows, whole);
        Cut(whole, rows.Length, source, destination);
    }

    /// <summary>Takes an input's numbers out of whole rows of a feature.</summary>
    internal static void Cut(ReadOnlySpan<float> whole, int rows, FeatureSource source, Span<float> destination)
    {
        int size = whole.Length / rows, width = source.Input.Shape.ElementCount;
        for (int i = 0; i < rows; i++) whole.Slice(i * size + source.Offset, width).CopyTo(destination[(i * width)..]);
    }

    /// <summary>The parts as JSON, for the model file.</summary>
    public JsonObject ToJson() => new()
    {
        ["schema"] = Schema?.ToJson(),
        ["transforms"] = new JsonArray([.. Transforms.Select(t => (JsonNode)Catalogue<DataStep>.Default.ToJson(t))]),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    public static Preprocessing FromJson(JsonNode json) => new(
        json["schema"] is { } schema ? TableSchema.FromJson(schema) : null,
        (json["transforms"] as JsonArray ?? []).Select(t => (Transform)Catalogue<DataStep>.Default.FromJson(t!)));
}
