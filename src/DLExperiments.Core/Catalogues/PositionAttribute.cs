namespace DLExperiments.Catalogues;

/// <summary>Lets a parameter be given without its name, after the entry's own name: <c>Add-Layer Conv2d 16 3</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PositionAttribute : Attribute
{
    /// <summary>Sets the place.</summary>
    /// <param name="index">0 for the first value after the entry's name.</param>
    public PositionAttribute(int index) => Index = index;

    /// <summary>0 for the first value after the entry's name.</summary>
    public int Index { get; }
}
