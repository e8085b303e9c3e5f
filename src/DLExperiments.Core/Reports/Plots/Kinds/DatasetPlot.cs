using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>A picture of one data set.</summary>
public abstract class DatasetPlot : Plot
{
    private protected sealed override Figure Draw(PlotData data) => data.Items is [Dataset set] ? Draw(set)
        : throw new ExperimentException("NotADataset", ErrorKind.InvalidArgument, $"{Kind} draws one data set; pipe in what New-, Import- or ConvertTo-Dataset gives.", data.Items[0]);

    private protected abstract Figure Draw(Dataset data);
}
