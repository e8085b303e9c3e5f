using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DLExperiments.Training.Fused.Lanes;

/// <summary>128 bits.</summary>
internal readonly unsafe struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector128<T> value = value;

    public static int Count => Vector128<T>.Count;

    public static bool HasManyRegisters => AdvSimd.Arm64.IsSupported || Avx512F.VL.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Create(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c)
    {
        if (AdvSimd.Arm64.IsSupported)
            return typeof(T) == typeof(float)
                ? new(AdvSimd.FusedMultiplyAdd(c.value.AsSingle(), a.value.AsSingle(), b.value.AsSingle()).As<float, T>())
                : new(AdvSimd.Arm64.FusedMultiplyAdd(c.value.AsDouble(), a.value.AsDouble(), b.value.AsDouble()).As<double, T>());
        if (Fma.IsSupported)
            return typeof(T) == typeof(float)
                ? new(Fma.MultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>())
                : new(Fma.MultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>());
        return new((a.value * b.value) + c.value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> a) => new(Vector128.Sqrt(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> a) => new(Vector128.Abs(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Greater(Lanes128<T> a, Lanes128<T> b) => new(Vector128.GreaterThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> whereTrue, Lanes128<T> whereFalse) =>
        new(Vector128.ConditionalSelect(mask.value, whereTrue.value, whereFalse.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Where(Lanes128<T> mask, Lanes128<T> value) => new(Vector128.ConditionalSelect(mask.value, value.value, Vector128<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Power2(Lanes128<T> shifted) => typeof(T) == typeof(float)
        ? new((Vector128.ShiftLeft(shifted.value.AsInt32(), 23) + Vector128.Create(0x3F800000)).As<int, T>())
        : new((Vector128.ShiftLeft(shifted.value.AsInt64(), 52) + Vector128.Create(0x3FF0000000000000L)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> a) => Vector128.Sum(a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Largest(Lanes128<T> a)
    {
        if (typeof(T) == typeof(double)) return Larger(a.value, Vector128.Shuffle(a.value.AsDouble(), Vector128.Create(1L, 0L)).As<double, T>()).ToScalar();
        Vector128<float> half = Larger(a.value, Vector128.Shuffle(a.value.AsSingle(), Vector128.Create(2, 3, 0, 1)).As<float, T>()).AsSingle();
        return Larger(half.As<float, T>(), Vector128.Shuffle(half, Vector128.Create(1, 0, 3, 2)).As<float, T>()).ToScalar();
    }

    /// <summary>The larger one at each place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<T> Larger(Vector128<T> a, Vector128<T> b) => Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(T* to, Lanes128<T> a, Lanes128<T> b, Lanes128<T> c, Lanes128<T> d)
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            // A transposition by halves: four sums with three additions.
            Vector128<float> x = a.value.AsSingle(), y = b.value.AsSingle(), z = c.value.AsSingle(), w = d.value.AsSingle();
            Vector128<float> xy = Sse.UnpackLow(x, y) + Sse.UnpackHigh(x, y), zw = Sse.UnpackLow(z, w) + Sse.UnpackHigh(z, w);
            (Sse.MoveLowToHigh(xy, zw) + Sse.MoveHighToLow(zw, xy)).Store((float*)to);
            return;
        }
        to[0] = Sum(a);
        to[1] = Sum(b);
        to[2] = Sum(c);
        to[3] = Sum(d);
    }
}
