namespace DLExperiments.Reports.Plots.Drawing;

/// <summary>What is drawn, in pixels from the top left: the one source of the SVG and of the PNG file.</summary>
internal sealed class Picture(double width, double height)
{
    internal double Width { get; } = width;

    internal double Height { get; } = height;

    internal List<Element> Elements { get; } = [];

    internal void Add(Element element) => Elements.Add(element);

    /// <summary>Adds elements under a name: a <c>g</c> with a class, and a label for tests, readers of the file and screen readers.</summary>
    internal void Group(string kind, string? label, Action draw, Box? clip = null)
    {
        Add(new GroupStart(kind, label, clip));
        draw();
        Add(new GroupEnd());
    }

    internal void Line(double x1, double y1, double x2, double y2, string colour, double thickness = 1, double[]? dashes = null) =>
        Add(new PathElement([new(x1, y1), new(x2, y2)], colour, thickness, dashes));

    internal void Text(string text, double x, double y, double size, string colour, Anchor anchor = Anchor.Start, bool bold = false, double angle = 0) =>
        Add(new TextElement(text, new(x, y), size, colour, anchor, bold, angle));

    internal void Rectangle(Box box, string? fill, string? stroke = null, double opacity = 1) =>
        Add(new RectangleElement(box, fill, stroke, opacity));
}

internal readonly record struct Spot(double X, double Y);

internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    internal double Right => X + Width;

    internal double Bottom => Y + Height;
}

internal enum Anchor
{
    Start,
    Middle,
    End,
}

internal enum MarkerShape
{
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
    InvertedTriangle,
}

internal abstract record Element;

internal sealed record GroupStart(string Kind, string? Label, Box? Clip) : Element;

internal sealed record GroupEnd : Element;

/// <summary>An open line.</summary>
internal sealed record PathElement(Spot[] Points, string Colour, double Thickness, double[]? Dashes = null, double Opacity = 1) : Element;

/// <summary>A filled area.</summary>
internal sealed record AreaElement(Spot[] Points, string Fill, double Opacity) : Element;

internal sealed record RectangleElement(Box Box, string? Fill, string? Stroke, double Opacity) : Element;

internal sealed record MarkerElement(MarkerShape Shape, Spot Centre, double Size, string Fill, string? Stroke, double Opacity) : Element;

/// <summary>A line of text; the point is on its base line.</summary>
internal sealed record TextElement(string Text, Spot At, double Size, string Colour, Anchor Anchor, bool Bold, double Angle) : Element;

/// <summary>Pixels, RGBA, stretched without smoothing.</summary>
internal sealed record PixelElement(Box Box, int Columns, int Rows, byte[] Rgba) : Element;
