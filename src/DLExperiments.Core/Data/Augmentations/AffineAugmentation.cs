using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>An augmentation that moves the pixels of a picture by a linear map about its middle and a shift; bilinear between pixels.</summary>
public abstract class AffineAugmentation : RowAugmentation
{
    /// <summary>The value of pixels that come from outside the picture.</summary>
    public double Fill { get; set; }

    /// <summary>Draws where a pixel of the new picture comes from: old = M * (new - middle - shift) + middle, in x (to the right) and y (down).</summary>
    private protected abstract (double Xx, double Xy, double Yx, double Yy, double ShiftX, double ShiftY) Draw(Shape shape, RandomStream random);

    private protected sealed override void Change(Span<float> item, Shape shape, RandomStream random)
    {
        (double xx, double xy, double yx, double yy, double shiftX, double shiftY) = Draw(shape, random);
        int height = shape[1], width = shape[2], plane = height * width;
        float[] old = item.ToArray();
        double middleX = (width - 1) / 2.0, middleY = (height - 1) / 2.0;
        float fill = (float)Fill;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double u = x - middleX - shiftX, v = y - middleY - shiftY;
                // Whole steps must find whole pixels, whatever the last bit of a sine says.
                double fromX = Math.Round(xx * u + xy * v + middleX, 6), fromY = Math.Round(yx * u + yy * v + middleY, 6);
                int left = (int)Math.Floor(fromX), top = (int)Math.Floor(fromY);
                float right = (float)(fromX - left), down = (float)(fromY - top);
                for (int c = 0; c < shape[0]; c++)
                {
                    float At(int py, int px) => (uint)py < (uint)height && (uint)px < (uint)width ? old[c * plane + py * width + px] : fill;
                    float upper = At(top, left) * (1 - right) + (right > 0 ? At(top, left + 1) * right : 0);
                    item[c * plane + y * width + x] = down > 0 ? upper * (1 - down) + (At(top + 1, left) * (1 - right) + (right > 0 ? At(top + 1, left + 1) * right : 0)) * down : upper;
                }
            }
    }
}
