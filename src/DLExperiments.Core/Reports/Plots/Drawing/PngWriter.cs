using DLExperiments.Errors;
using SkiaSharp;

namespace DLExperiments.Reports.Plots.Drawing;

/// <summary>Draws a picture into a PNG file.</summary>
internal static class PngWriter
{
    private static readonly string[] Families = ["Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans", "Noto Sans"];
    private static readonly Lazy<(SKTypeface? Plain, SKTypeface? Bold)> Fonts = new(() => (FindFont(SKFontStyle.Normal), FindFont(SKFontStyle.Bold)));

    /// <summary>Draws the picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="stream">Takes the file.</param>
    /// <param name="scale">Pixels of the file for one of the picture; 2 is crisp on dense screens and in print.</param>
    /// <exception cref="ExperimentException">NoFonts: the machine has no font to draw the text with.</exception>
    internal static void Write(Picture picture, Stream stream, double scale)
    {
        if (picture.Elements.OfType<TextElement>().Any() && Fonts.Value.Plain is null)
            throw new ExperimentException("NoFonts", ErrorKind.NotInstalled,
                "A PNG needs a font for its text, and this machine has none. Install one (Debian and Ubuntu: fonts-dejavu-core), or write an .svg file.");
        using var surface = SKSurface.Create(new SKImageInfo((int)Math.Ceiling(picture.Width * scale), (int)Math.Ceiling(picture.Height * scale)));
        SKCanvas canvas = surface.Canvas;
        canvas.Scale((float)scale);
        foreach (Element element in picture.Elements) Draw(canvas, element);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    /// <summary>Encodes pixels as PNG.</summary>
    internal static byte[] Encode(PixelElement pixels)
    {
        using SKImage image = ToImage(pixels);
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void Draw(SKCanvas canvas, Element element)
    {
        switch (element)
        {
            case GroupStart group:
                canvas.Save();
                if (group.Clip is { } clip) canvas.ClipRect(Rectangle(clip));
                break;
            case GroupEnd:
                canvas.Restore();
                break;
            case PathElement path:
                using (SKPath line = ToPath(path.Points, close: false))
                using (SKPaint paint = Stroke(path.Colour, path.Thickness, path.Opacity))
                using (SKPathEffect? dashes = path.Dashes is null ? null : SKPathEffect.CreateDash([.. path.Dashes.Select(d => (float)d)], 0))
                {
                    paint.PathEffect = dashes;
                    canvas.DrawPath(line, paint);
                }
                break;
            case AreaElement area:
                DrawPolygon(canvas, area.Points, area.Fill, null, area.Opacity);
                break;
            case RectangleElement rectangle:
                if (rectangle.Fill is not null)
                {
                    using SKPaint fill = Fill(rectangle.Fill, rectangle.Opacity);
                    canvas.DrawRect(Rectangle(rectangle.Box), fill);
                }
                if (rectangle.Stroke is not null)
                {
                    using SKPaint stroke = Stroke(rectangle.Stroke, 1, rectangle.Opacity);
                    canvas.DrawRect(Rectangle(rectangle.Box), stroke);
                }
                break;
            case MarkerElement { Shape: MarkerShape.Circle } circle:
                using (SKPaint fill = Fill(circle.Fill, circle.Opacity))
                    canvas.DrawCircle((float)circle.Centre.X, (float)circle.Centre.Y, (float)circle.Size, fill);
                if (circle.Stroke is null) break;
                using (SKPaint stroke = Stroke(circle.Stroke, 1, circle.Opacity))
                    canvas.DrawCircle((float)circle.Centre.X, (float)circle.Centre.Y, (float)circle.Size, stroke);
                break;
            case MarkerElement marker:
                DrawPolygon(canvas, MarkerOutline.Of(marker), marker.Fill, marker.Stroke, marker.Opacity);
                break;
            case TextElement text:
                DrawText(canvas, text);
                break;
            case PixelElement pixels:
                using (SKImage image = ToImage(pixels))
                using (var paint = new SKPaint())
                    canvas.DrawImage(image, Rectangle(pixels.Box), paint); // the default of SKPaint is no filtering
                break;
        }
    }

    private static void DrawText(SKCanvas canvas, TextElement text)
    {
        using SKPaint paint = Fill(text.Colour, 1);
        using var font = new SKFont(text.Bold ? Fonts.Value.Bold ?? Fonts.Value.Plain! : Fonts.Value.Plain!, (float)text.Size) { Subpixel = true, Edging = SKFontEdging.Antialias };
        using SKTextBlob? blob = SKTextBlob.Create(text.Text, font); // null for a text of nothing that shows
        if (blob is null) return;
        float width = Measure(font, text.Text);
        canvas.Save();
        canvas.Translate((float)text.At.X, (float)text.At.Y);
        canvas.RotateDegrees((float)text.Angle);
        canvas.DrawText(blob, text.Anchor switch { Anchor.Middle => -width / 2, Anchor.End => -width, _ => 0 }, 0, paint);
        canvas.Restore();
    }

    private static float Measure(SKFont font, string text)
    {
        ushort[] glyphs = new ushort[font.CountGlyphs(text)];
        font.GetGlyphs(text, glyphs);
        return font.MeasureText(glyphs);
    }

    private static void DrawPolygon(SKCanvas canvas, Spot[] points, string fill, string? stroke, double opacity)
    {
        using SKPath path = ToPath(points, close: true);
        using SKPaint paint = Fill(fill, opacity);
        canvas.DrawPath(path, paint);
        if (stroke is null) return;
        using SKPaint outline = Stroke(stroke, 1, opacity);
        canvas.DrawPath(path, outline);
    }

    private static SKPath ToPath(Spot[] points, bool close)
    {
        var path = new SKPath();
        path.AddPoly([.. points.Select(p => new SKPoint((float)p.X, (float)p.Y))], close);
        return path;
    }

    private static SKImage ToImage(PixelElement pixels) =>
        SKImage.FromPixelCopy(new SKImageInfo(pixels.Columns, pixels.Rows, SKColorType.Rgba8888, SKAlphaType.Unpremul), pixels.Rgba);

    private static SKPaint Fill(string colour, double opacity) =>
        new() { Color = Colour(colour, opacity), IsAntialias = true, Style = SKPaintStyle.Fill };

    private static SKPaint Stroke(string colour, double thickness, double opacity) =>
        new() { Color = Colour(colour, opacity), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = (float)thickness, StrokeJoin = SKStrokeJoin.Round };

    private static SKColor Colour(string colour, double opacity) => SKColor.Parse(colour).WithAlpha((byte)Math.Round(255 * opacity));

    private static SKRect Rectangle(Box box) => new((float)box.X, (float)box.Y, (float)box.Right, (float)box.Bottom);

    private static SKTypeface? FindFont(SKFontStyle style)
    {
        // A machine without a font still gives a typeface, an empty one.
        foreach (string family in Families)
            if (SKFontManager.Default.MatchFamily(family, style) is { } found && found.GlyphCount > 0) return found;
        SKTypeface any = SKTypeface.FromFamilyName(null, style);
        return any.GlyphCount > 0 ? any : null;
    }
}
