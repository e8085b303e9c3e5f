using System.Numerics;
using System.Runtime.CompilerServices;

namespace DLExperiments.Training.Fused.Lanes;

/// <summary>A single number: for processors without vectors, and to check the vectors against. A mask is 1 or 0.</summary>
internal readonly unsafe struct LanesOne<T>(T value) : ILanes<LanesOne<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T value = value;

    public static int Count => 1;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> Create(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> Load(T* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* to) => *to = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> operator +(LanesOne<T> a, LanesOne<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> operator -(LanesOne<T> a, LanesOne<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> operator *(LanesOne<T> a, LanesOne<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> operator /(LanesOne<T> a, LanesOne<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> MultiplyAdd(LanesOne<T> a, LanesOne<T> b, LanesOne<T> c) => new((a.value * b.value) + c.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> Sqrt(LanesOne<T> a) => new(T.Sqrt(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> Abs(LanesOne<T> a) => new(T.Abs(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> Greater(LanesOne<T> a, LanesOne<T> b) => new(a.value > b.value ? T.One : T.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> Select(LanesOne<T> mask, LanesOne<T> whereTrue, LanesOne<T> whereFalse) => mask.value != T.Zero ? whereTrue : whereFalse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> Where(LanesOne<T> mask, LanesOne<T> value) => mask.value != T.Zero ? value : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOne<T> Power2(LanesOne<T> shifted) => typeof(T) == typeof(float)
        ? new(T.CreateTruncating(BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(float.CreateTruncating(shifted.value)) << 23) + 0x3F800000)))
        : new(T.CreateTruncating(BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(double.CreateTruncating(shifted.value)) << 52) + 0x3FF0000000000000L)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(LanesOne<T> a) => a.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Largest(LanesOne<T> a) => a.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(T* to, LanesOne<T> a, LanesOne<T> b, LanesOne<T> c, LanesOne<T> d)
    {
        to[0] = a.value;
        to[1] = b.value;
        to[2] = c.value;
        to[3] = d.value;
    }
}
