namespace DLExperiments.Data.Transforms;

/// <summary>The functions of a number that polynomials are made of.</summary>
public enum PolynomialBasis
{
    /// <summary>Legendre's polynomials, orthogonal on [-1,1]: gradient descent does not suffer from their likeness.</summary>
    Legendre,

    /// <summary>Powers: x, x², x³, ...</summary>
    Powers,
}
