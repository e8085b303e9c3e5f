namespace DLExperiments.Networks.Torch;

/// <summary>The order in which a batch of images lies in memory. Results differ by rounding only.</summary>
public enum MemoryFormat
{
    /// <summary>Channels last where the network has 2-d convolutions for which that is faster, on the CPU; else contiguous.</summary>
    Auto,

    /// <summary>[N,C,H,W] as it is written: one plane after the other.</summary>
    Contiguous,

    /// <summary>All channels of a point together, as [N,H,W,C] lies; shapes stay [N,C,H,W].</summary>
    ChannelsLast,
}
