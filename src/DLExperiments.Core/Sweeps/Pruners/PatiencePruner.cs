using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Sweeps.Pruners;

/// <summary>Gives up a trial that has not improved for some epochs, whatever the others do.</summary>
[CatalogueEntry("Patience")]
public sealed class PatiencePruner : Pruner
{
    /// <summary>How many epochs in a row may pass without improvement.</summary>
    [Range(1, int.MaxValue)]
    public int Patience { get; set; } = 5;

    /// <summary>By how much a cost must be below the best to be an improvement.</summary>
    [Range(0.0, double.MaxValue)]
    public double MinDelta { get; set; }

    /// <inheritdoc/>
    public override bool Compares => false;

    /// <inheritdoc/>
    public override bool GivesUp(PrunerView view)
    {
        double best = double.PositiveInfinity;
        int since = 0;
        foreach (double cost in view.Costs)
        {
            if (cost < best - MinDelta) (best, since) = (cost, 0);
            else since++;
        }
        return since > Patience;
    }
}
