using System.Globalization;
using System.Xml;

namespace DLExperiments.Reports.Plots.Drawing;

/// <summary>Writes a picture as SVG 1.1: text stays text, groups carry what they are.</summary>
internal static class SvgWriter
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    internal const string FontFamilies = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

    internal static void Write(Picture picture, Stream stream, string title)
    {
        using XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, IndentChars = " ", CloseOutput = false });
        Write(picture, xml, title);
    }

    private static void Write(Picture picture, XmlWriter xml, string title)
    {
        xml.WriteStartElement("svg", Namespace);
        Set(xml, "width", picture.Width);
        Set(xml, "height", picture.Height);
        xml.WriteAttributeString("viewBox", $"0 0 {Text(picture.Width)} {Text(picture.Height)}");
        xml.WriteAttributeString("font-family", FontFamilies);
        xml.WriteAttributeString("role", "img");
        xml.WriteElementString("title", Namespace, Clean(title));
        int clips = 0;
        foreach (Element element in picture.Elements) Write(xml, element, ref clips);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, Element element, ref int clips)
    {
        switch (element)
        {
            case GroupStart group:
                string? clip = group.Clip is { } box ? Clip(xml, box, ++clips) : null;
                xml.WriteStartElement("g", Namespace);
                xml.WriteAttributeString("class", group.Kind);
                if (group.Label is not null) xml.WriteAttributeString("aria-label", Clean(group.Label));
                if (clip is not null) xml.WriteAttributeString("clip-path", $"url(#{clip})");
                break;
            case GroupEnd:
                xml.WriteFullEndElement();
                return;
            case PathElement path:
                xml.WriteStartElement("polyline", Namespace);
                xml.WriteAttributeString("points", Points(path.Points));
                xml.WriteAttributeString("fill", "none");
                xml.WriteAttributeString("stroke", path.Colour);
                Set(xml, "stroke-width", path.Thickness);
                xml.WriteAttributeString("stroke-linejoin", "round");
                if (path.Dashes is not null) xml.WriteAttributeString("stroke-dasharray", string.Join(' ', path.Dashes.Select(Text)));
                if (path.Opacity < 1) Set(xml, "opacity", path.Opacity);
                xml.WriteEndElement();
                break;
            case AreaElement area:
                WritePolygon(xml, area.Points, area.Fill, null, area.Opacity);
                break;
            case RectangleElement rectangle:
                xml.WriteStartElement("rect", Namespace);
                SetBox(xml, rectangle.Box);
                xml.WriteAttributeString("fill", rectangle.Fill ?? "none");
                if (rectangle.Stroke is not null) xml.WriteAttributeString("stroke", rectangle.Stroke);
                if (rectangle.Opacity < 1) Set(xml, "opacity", rectangle.Opacity);
                xml.WriteEndElement();
                break;
            case MarkerElement { Shape: MarkerShape.Circle } circle:
                xml.WriteStartElement("circle", Namespace);
                Set(xml, "cx", circle.Centre.X);
                Set(xml, "cy", circle.Centre.Y);
                Set(xml, "r", circle.Size);
                xml.WriteAttributeString("fill", circle.Fill);
                if (circle.Stroke is not null) xml.WriteAttributeString("stroke", circle.Stroke);
                if (circle.Opacity < 1) Set(xml, "opacity", circle.Opacity);
                xml.WriteEndElement();
                break;
            case MarkerElement marker:
                WritePolygon(xml, MarkerOutline.Of(marker), marker.Fill, marker.Stroke, marker.Opacity);
                break;
            case TextElement text:
                WriteText(xml, text);
                break;
            case PixelElement pixels:
                xml.WriteStartElement("image", Namespace);
                SetBox(xml, pixels.Box);
                xml.WriteAttributeString("preserveAspectRatio", "none");
                xml.WriteAttributeString("style", "image-rendering:pixelated");
                xml.WriteAttributeString("href", "data:image/png;base64," + Convert.ToBase64String(PngWriter.Encode(pixels)));
                xml.WriteEndElement();
                break;
        }
    }

    private static string Clip(XmlWriter xml, Box box, int number)
    {
        // Several pictures can be put into one page, where ids must differ: the place and size make them, as equal ones cut equally.
        string id = $"clip{number}-{Text(box.X)}-{Text(box.Y)}-{Text(box.Width)}-{Text(box.Height)}".Replace('.', '_');
        xml.WriteStartElement("clipPath", Namespace);
        xml.WriteAttributeString("id", id);
        xml.WriteStartElement("rect", Namespace);
        SetBox(xml, box);
        xml.WriteEndElement();
        xml.WriteEndElement();
        return id;
    }

    private static void WritePolygon(XmlWriter xml, Spot[] points, string fill, string? stroke, double opacity)
    {
        xml.WriteStartElement("polygon", Namespace);
        xml.WriteAttributeString("points", Points(points));
        xml.WriteAttributeString("fill", fill);
        if (stroke is not null) xml.WriteAttributeString("stroke", stroke);
        if (opacity < 1) Set(xml, "opacity", opacity);
        xml.WriteEndElement();
    }

    private static void WriteText(XmlWriter xml, TextElement text)
    {
        xml.WriteStartElement("text", Namespace);
        Set(xml, "x", text.At.X);
        Set(xml, "y", text.At.Y);
        Set(xml, "font-size", text.Size);
        xml.WriteAttributeString("fill", text.Colour);
        if (text.Anchor != Anchor.Start) xml.WriteAttributeString("text-anchor", text.Anchor == Anchor.Middle ? "middle" : "end");
        if (text.Bold) xml.WriteAttributeString("font-weight", "600");
        if (text.Angle != 0) xml.WriteAttributeString("transform", $"rotate({Text(text.Angle)} {Text(text.At.X)} {Text(text.At.Y)})");
        xml.WriteString(Clean(text.Text));
        xml.WriteEndElement();
    }

    private static void SetBox(XmlWriter xml, Box box)
    {
        Set(xml, "x", box.X);
        Set(xml, "y", box.Y);
        Set(xml, "width", box.Width);
        Set(xml, "height", box.Height);
    }

    private static string Points(Spot[] points) => string.Join(' ', points.Select(p => $"{Text(p.X)},{Text(p.Y)}"));

    private static void Set(XmlWriter xml, string name, double value) => xml.WriteAttributeString(name, Text(value));

    private static string Text(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    // Names come from data; characters that XML forbids would make the file unreadable.
    private static string Clean(string text) => string.Concat(text.Where(XmlConvert.IsXmlChar));
}
