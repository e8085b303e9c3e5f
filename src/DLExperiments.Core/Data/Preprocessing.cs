using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Text;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>
/// What turns raw data into what a network sees, and its answers back: the table's encoding or the text's, fitted steps for the first feature,
/// and fitted scales of the target. Part of a model.
/// </summary>
public sealed class Preprocessing
{
    /// <summary>No preprocessing.</summary>
    public static readonly Preprocessing None = new(null, []);

    /// <summary>Gathers the parts.</summary>
    /// <param name="schema">How table rows become numbers, or null when the data is not a table.</param>
    /// <param name="transforms">Fitted steps, in order; those on the target among them.</param>
    /// <param name="text">How texts become rows of symbols, or null when the data is no text.</param>
    public Preprocessing(TableSchema? schema, IEnumerable<Transform> transforms, TextCoding? text = null)
    {
        Schema = schema;
        Text = text;
        Transform[] all = [.. transforms];
        Transforms = [.. all.Where(t => !IsOnTarget(t))];
        TargetTransforms = [.. all.Where(IsOnTarget)];
    }

    /// <summary>How table rows become numbers, or null when the data is not a table.</summary>
    public TableSchema? Schema { get; }

    /// <summary>How texts become rows of symbols, or null when the data is no text.</summary>
    public TextCoding? Text { get; }

    /// <summary>Fitted steps for the first feature, in order.</summary>
    public ImmutableArray<Transform> Transforms { get; }

    /// <summary>Fitted scales of the target, in order; predictions are taken back through them.</summary>
    public ImmutableArray<Transform> TargetTransforms { get; }

    /// <summary>Fits a data set's steps on its training part.</summary>
    /// <param name="train">The training part.</param>
    public static Preprocessing Fit(Dataset train)
    {
        var fitted = new List<Transform>();
        foreach (Transform transform in train.Transforms)
        {
            bool onTarget = IsOnTarget(transform);
            fitted.Add(transform.Fit(new FeatureReader(onTarget ? train.Targets[0] : train.Features[0], train.Rows, [.. fitted.Where(f => IsOnTarget(f) == onTarget)])));
        }
        return new Preprocessing(train.Schema, fitted, (train.Features[0] as SequenceColumn)?.Coding);
    }

    /// <summary>These parts where they are known, else those of the data, to train a model further.</summary>
    /// <param name="train">The training part.</param>
    internal Preprocessing OrOf(Dataset train) => Transforms.IsEmpty && TargetTransforms.IsEmpty && Text is null
        ? Fit(train)
        : new Preprocessing(Schema ?? train.Schema, [.. Transforms, .. TargetTransforms], Text);

    /// <summary>Stops text that is numbered by another vocabulary than the model's.</summary>
    /// <param name="data">Data for the model.</param>
    /// <exception cref="ExperimentException">VocabularyMismatch.</exception>
    internal void VerifyVocabulary(Dataset data)
    {
        if (Text is not { } known || data.Features[0] is not SequenceColumn column || ReferenceEquals(column.Vocabulary, known.Vocabulary)) return;
        int odd = Enumerable.Range(0, Math.Max(known.Vocabulary.Count, column.Vocabulary.Count))
            .FirstOrDefault(i => known.Vocabulary.Tokens.ElementAtOrDefault(i) != column.Vocabulary.Tokens.ElementAtOrDefault(i), -1);
        if (odd >= 0)
            throw new ExperimentException("VocabularyMismatch", ErrorKind.InvalidData,
                $"'{data.Name}' numbers its symbols otherwise than the model does: {odd} is '{column.Vocabulary.Tokens.ElementAtOrDefault(odd)}' there and '{known.Vocabulary.Tokens.ElementAtOrDefault(odd)}' here. "
                + "Read it with the model's own: -Vocabulary $model.Preprocessing.Text.Vocabulary.", data.Name);
    }

    /// <summary>Scales targets as the network is to learn them.</summary>
    /// <param name="values">Targets, row-major.</param>
    /// <param name="itemShape">The shape of one row's target.</param>
    internal void ApplyToTarget(Span<float> values, Shape itemShape)
    {
        foreach (Transform transform in TargetTransforms) transform.Apply(values, itemShape);
    }

    /// <summary>Takes what the network gives, or learnt from, back to the target's own units.</summary>
    /// <param name="values">Outputs or targets, row-major.</param>
    /// <param name="itemShape">The shape of one row's.</param>
    internal void InvertTarget(Span<float> values, Shape itemShape)
    {
        for (int i = TargetTransforms.Length - 1; i >= 0; i--) TargetTransforms[i].Invert(values, itemShape);
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
        ["transforms"] = new JsonArray([.. Transforms.Concat(TargetTransforms).Select(t => (JsonNode)Catalogue<DataStep>.Default.ToJson(t))]),
        ["text"] = Text?.ToJson(),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    public static Preprocessing FromJson(JsonNode json) => new(
        json["schema"] is { } schema ? TableSchema.FromJson(schema) : null,
        (json["transforms"] as JsonArray ?? []).Select(t => (Transform)Catalogue<DataStep>.Default.FromJson(t!)),
        json["text"] is { } text ? TextCoding.FromJson(text) : null);

    private static bool IsOnTarget(Transform transform) => transform is ScalingTransform { OnTarget: true };
}
