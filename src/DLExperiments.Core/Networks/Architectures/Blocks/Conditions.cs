namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>Inputs of networks that judge an image together with what it was made from.</summary>
internal static class Conditions
{
    internal static NetworkInput[] Pair(Shape image, int conditionChannels) => image.Count == 3
        ? [new("image", image), new("condition", new Shape(conditionChannels, image[1], image[2]))]
        : throw new ShapeException($"The architecture wants an image [C,H,W], got {image}.", image);
}
