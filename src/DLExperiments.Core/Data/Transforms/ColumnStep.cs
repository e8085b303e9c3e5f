using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Data.Transforms;

/// <summary>A step that is taken at once, for all rows, and may change shapes and types. New data for a model needs the same step.</summary>
public abstract class ColumnStep : DataStep
{
    /// <summary>The step's name in messages.</summary>
    private protected string Name => Catalogue<DataStep>.Default.EntryOf(this).Name;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">TransformOrder: a fitted step stands before it. TransformShapeMismatch: the data is not of a shape that it knows.</exception>
    public sealed override Dataset AddTo(Dataset data)
    {
        if (ChangesFeature && !data.Transforms.IsEmpty)
            throw new ExperimentException("TransformOrder", ErrorKind.InvalidOperation,
                $"{Name} changes the data at once, but {Catalogue<DataStep>.Default.EntryOf(data.Transforms[^1]).Name} before it waits for the training part; add {Name} first.", data.Name);
        return Change(data);
    }

    /// <summary>Whether it changes the first feature, on which fitted steps work.</summary>
    private protected virtual bool ChangesFeature => true;

    /// <summary>The changed data set.</summary>
    private protected abstract Dataset Change(Dataset data);

    /// <summary>The first target as classes.</summary>
    private protected ClassColumn ClassesOf(Dataset data) => data.Targets.FirstOrDefault() as ClassColumn
        ?? throw new ExperimentException("NotAClass", ErrorKind.InvalidOperation, $"{Name} needs a class as the first target of '{data.Name}'; if it holds class numbers, read it with -TargetType Class.", data.Name);

    /// <summary>The error of a feature whose shape does not fit.</summary>
    private protected ExperimentException WrongShape(DataColumn column, string wanted) =>
        new("TransformShapeMismatch", ErrorKind.InvalidOperation, $"{Name} wants items of {wanted}, but '{column.Name}' has {column.ItemShape}.", column.Name);

    /// <summary>All values of a column.</summary>
    private protected static float[] ReadAll(DataColumn column)
    {
        float[] values = new float[column.Count * column.ItemShape.ElementCount];
        column.Read([.. Enumerable.Range(0, column.Count)], values);
        return values;
    }
}
