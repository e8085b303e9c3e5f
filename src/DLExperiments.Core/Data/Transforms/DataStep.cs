using DLExperiments.Catalogues;

namespace DLExperiments.Data.Transforms;

/// <summary>
/// Something done to a data set: a change of its columns at once, a fitted step of the preprocessing (<see cref="Transform"/>), or an
/// augmentation of the training rows. Its properties are its settings.
/// </summary>
[Catalogue("transform")]
public abstract class DataStep
{
    /// <summary>The data set with this step; its pieces get it too.</summary>
    /// <param name="data">The data set; it stays as it is.</param>
    public abstract Dataset AddTo(Dataset data);
}
