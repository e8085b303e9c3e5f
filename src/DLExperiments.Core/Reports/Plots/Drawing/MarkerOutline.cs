namespace DLExperiments.Reports.Plots.Drawing;

/// <summary>The corners of markers; shapes differ so that series stay apart without colour.</summary>
internal static class MarkerOutline
{
    internal static Spot[] Of(MarkerElement marker)
    {
        double s = marker.Size;
        (double X, double Y)[] corners = marker.Shape switch
        {
            MarkerShape.Triangle => [(0, -1.25 * s), (1.15 * s, .8 * s), (-1.15 * s, .8 * s)],
            MarkerShape.InvertedTriangle => [(0, 1.25 * s), (1.15 * s, -.8 * s), (-1.15 * s, -.8 * s)],
            MarkerShape.Diamond => [(0, -1.3 * s), (1.3 * s, 0), (0, 1.3 * s), (-1.3 * s, 0)],
            MarkerShape.Cross => Plus(s * 1.2, s * .45),
            _ => [(-.9 * s, -.9 * s), (.9 * s, -.9 * s), (.9 * s, .9 * s), (-.9 * s, .9 * s)],
        };
        return [.. corners.Select(c => new Spot(marker.Centre.X + c.X, marker.Centre.Y + c.Y))];
    }

    private static (double, double)[] Plus(double r, double h) =>
        [(-h, -r), (h, -r), (h, -h), (r, -h), (r, h), (h, h), (h, r), (-h, r), (-h, h), (-r, h), (-r, -h), (-h, -h)];
}
