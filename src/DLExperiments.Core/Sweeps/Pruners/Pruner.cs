using DLExperiments.Catalogues;

namespace DLExperiments.Sweeps.Pruners;

/// <summary>Gives up trials that do not promise anything, after an epoch: a pure function of the trial's curve and those of trials before it.</summary>
[Catalogue("pruner")]
public abstract class Pruner
{
    /// <summary>Whether it looks at other trials.</summary>
    public virtual bool Compares => true;

    /// <summary>Whether the trial is to end now.</summary>
    /// <param name="view">The trial after an epoch, and the others.</param>
    public abstract bool GivesUp(PrunerView view);
}
