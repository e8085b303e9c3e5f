using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

/// <summary>Against the closed forms of the polynomials.</summary>
public class PolynomialFeaturesTests
{
    private static readonly float[] Numbers = [-1, -0.3f, 0, 0.25f, 0.9f, 1];

    [Fact]
    public void Legendre_polynomials_have_their_closed_forms()
    {
        float[] values = Read(new PolynomialFeatures { Degree = 4 }, out Shape shape);
        Assert.Equal(new Shape(4), shape);
        for (int i = 0; i < Numbers.Length; i++)
        {
            double x = Numbers[i];
            double[] expected = [x, (3 * x * x - 1) / 2, (5 * x * x * x - 3 * x) / 2, (35 * x * x * x * x - 30 * x * x + 3) / 8];
            for (int q = 0; q < 4; q++) Assert.Equal(expected[q], values[4 * i + q], 1e-6); // rounding to 32 bits of values up to 1
        }
    }

    [Fact]
    public void Powers_of_each_number_stand_side_by_side()
    {
        var data = Dataset.Create("pairs", [new FloatColumn("x", new Shape(2), [2, 3, -1, 0.5f])], []);
        Dataset changed = new PolynomialFeatures { Degree = 3, Basis = PolynomialBasis.Powers }.AddTo(data);
        Assert.Equal(new Shape(6), changed.InputShape);
        float[] values = new float[12];
        changed.ReadFeature(0, [0, 1], values);
        Assert.Equal([2, 4, 8, 3, 9, 27, -1, 1, -1, 0.5f, 0.25f, 0.125f], values);
    }

    [Fact]
    public void A_degree_below_one_is_refused() =>
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => Catalogue<DataStep>.Default.Create("PolynomialFeatures", new Dictionary<string, object> { ["Degree"] = 0 })).ErrorId);

    private static float[] Read(PolynomialFeatures step, out Shape shape)
    {
        Dataset changed = step.AddTo(Dataset.Create("line", [new FloatColumn("x", new Shape(1), Numbers)], []));
        shape = changed.InputShape;
        float[] values = new float[changed.Count * shape.ElementCount];
        changed.ReadFeature(0, [.. Enumerable.Range(0, changed.Count)], values);
        return values;
    }
}
