using DLExperiments.Errors;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Types;

/// <summary>
/// Methods of tensors whose native functions end the process when their arguments do not fit, because TorchSharp 0.107 lets libtorch's exception through
/// (<c>THSTensor_matmul</c>, <c>_cummax</c>, <c>_cummin</c>). Scripts get these in their place: PowerShell prefers what a types file adds to a type.
/// </summary>
public static class TensorMembers
{
    /// <summary>The names of the methods.</summary>
    public static readonly IReadOnlyList<string> Names = ["cummax", "cummin", "matmul"];

    /// <summary>The matrix product with broadcasting, after a look at the shapes.</summary>
    /// <param name="left">The first factor, of one dimension or more.</param>
    /// <param name="right">The second factor, of one dimension or more.</param>
    /// <exception cref="ExperimentException">TensorMismatch: shapes, numbers or devices do not fit.</exception>
    public static torch.Tensor MatMul(torch.Tensor left, torch.Tensor right)
    {
        long[] a = left.shape, b = right.shape;
        string? why =
            left.dtype != right.dtype ? $"both must be of one type, not {left.dtype} and {right.dtype}"
            : left.device.ToString() != right.device.ToString() ? $"both must be on one device, not {left.device} and {right.device}"
            : a.Length == 0 || b.Length == 0 ? "both need at least one dimension"
            : a[^1] != b[Math.Max(0, b.Length - 2)] ? $"the last dimension of the first, {a[^1]}, must be the {(b.Length > 1 ? "next to last" : "only")} one of the second, {b[Math.Max(0, b.Length - 2)]}"
            : !Broadcast(a.SkipLast(2), b.SkipLast(2)) ? "the dimensions before the last two must be equal, or one of each pair must be 1"
            : null;
        return why is null ? left.matmul(right)
            : throw new ExperimentException("TensorMismatch", ErrorKind.InvalidOperation, $"matmul of {Show(a)} and {Show(b)}: {why}.", left);
    }

    /// <summary>The largest values so far along a dimension, and their places.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="dimension">The dimension, negative ones from the end.</param>
    /// <exception cref="ExperimentException">TensorMismatch: there is no such dimension.</exception>
    public static (torch.Tensor Values, torch.Tensor Indexes) CumMax(torch.Tensor tensor, long dimension)
    {
        RequireDimension("cummax", tensor, dimension);
        return tensor.cummax(dimension);
    }

    /// <summary>The smallest values so far along a dimension, and their places.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="dimension">The dimension, negative ones from the end.</param>
    /// <exception cref="ExperimentException">TensorMismatch: there is no such dimension.</exception>
    public static (torch.Tensor Values, torch.Tensor Indexes) CumMin(torch.Tensor tensor, long dimension)
    {
        RequireDimension("cummin", tensor, dimension);
        return tensor.cummin(dimension);
    }

    private static void RequireDimension(string method, torch.Tensor tensor, long dimension)
    {
        long count = Math.Max(1, tensor.dim());
        if (dimension < -count || dimension >= count)
            throw new ExperimentException("TensorMismatch", ErrorKind.InvalidArgument, $"{method} of {Show(tensor.shape)}: there is no dimension {dimension}.", tensor);
    }

    private static bool Broadcast(IEnumerable<long> a, IEnumerable<long> b) => a.Reverse().Zip(b.Reverse()).All(p => p.First == p.Second || p.First == 1 || p.Second == 1);

    private static string Show(long[] sizes) => $"[{string.Join(",", sizes)}]";
}
