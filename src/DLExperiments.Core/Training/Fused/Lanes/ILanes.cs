using System.Numerics;

namespace DLExperiments.Training.Fused.Lanes;

/// <summary>
/// Several numbers that are computed with at once. Kernels are written once against it and compiled for each vector width and number type.
/// A comparison gives a mask, which only <see cref="Select"/> and <see cref="Where"/> may read.
/// </summary>
internal unsafe interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many numbers.</summary>
    static abstract int Count { get; }

    /// <summary>Whether there are 32 registers of this width, so that kernels may hold more sums.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract TSelf Create(T value);

    static abstract TSelf Load(T* from);

    void Store(T* to);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c, rounded once where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf a);

    static abstract TSelf Abs(TSelf a);

    static abstract TSelf Greater(TSelf a, TSelf b);

    static abstract TSelf Select(TSelf mask, TSelf whereTrue, TSelf whereFalse);

    /// <summary>The value where the mask holds, else 0.</summary>
    static abstract TSelf Where(TSelf mask, TSelf value);

    /// <summary>2 to the power of whole numbers given as n + <see cref="VectorMath{TVec,T}.Magic"/>.</summary>
    static abstract TSelf Power2(TSelf shifted);

    static abstract T Sum(TSelf a);

    /// <summary>The largest one; none may be NaN.</summary>
    static abstract T Largest(TSelf a);

    /// <summary>Stores the sums of four, one after the other.</summary>
    static abstract void StoreSums(T* to, TSelf a, TSelf b, TSelf c, TSelf d);
}
