namespace DLExperiments.Reports.Plots.Surfaces;

/// <summary>Values between the points of a grid, and lines of equal value through it.</summary>
internal static class Contours
{
    /// <summary>The value at a place between grid points, by bilinear interpolation.</summary>
    /// <param name="grid">Values by row and column.</param>
    /// <param name="row">The row, 0 to the last.</param>
    /// <param name="column">The column.</param>
    internal static double Between(double[][] grid, double row, double column)
    {
        int r = Math.Min((int)row, grid.Length - 2), c = Math.Min((int)column, grid[0].Length - 2);
        double t = row - r, s = column - c;
        return (1 - t) * ((1 - s) * grid[r][c] + s * grid[r][c + 1]) + t * ((1 - s) * grid[r + 1][c] + s * grid[r + 1][c + 1]);
    }

    /// <summary>
    /// Segments of the line on which the scaled value has a level (marching squares: where it crosses the sides of each cell), in the plane's units; NaN
    /// between segments.
    /// </summary>
    internal static (double[] X, double[] Y) At(double[][] grid, WeightPlane plane, Func<double, double> scale, double level)
    {
        List<double> x = [], y = [];
        int rows = grid.Length, columns = grid[0].Length;
        double[][] scaled = [.. grid.Select(g => g.Select(v => double.IsFinite(v) ? scale(v) : double.NaN).ToArray())];
        for (int r = 0; r + 1 < rows; r++)
            for (int c = 0; c + 1 < columns; c++)
            {
                // The corners in turn; a side is crossed where its ends lie on two sides of the level.
                (int R, int C)[] corners = [(r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c)];
                var crossings = new List<(double Row, double Column)>();
                for (int k = 0; k < 4; k++)
                {
                    (int R, int C) a = corners[k], b = corners[(k + 1) % 4];
                    double from = scaled[a.R][a.C] - level, to = scaled[b.R][b.C] - level;
                    if (double.IsNaN(from) || double.IsNaN(to) || (from > 0) == (to > 0)) continue;
                    double share = from / (from - to);
                    crossings.Add((a.R + share * (b.R - a.R), a.C + share * (b.C - a.C)));
                }
                for (int k = 0; k + 1 < crossings.Count; k += 2)
                {
                    foreach ((double row, double column) in new[] { crossings[k], crossings[k + 1] })
                    {
                        x.Add(plane.Left + (plane.Right - plane.Left) * column / (columns - 1));
                        y.Add(plane.Bottom + (plane.Top - plane.Bottom) * row / (rows - 1));
                    }
                    x.Add(double.NaN);
                    y.Add(double.NaN);
                }
            }
        return ([.. x], [.. y]);
    }
}
