using DLExperiments.Catalogues;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Blocks;

/// <summary>
/// A residual block: y = F(x) + x (He et al. 2015, arXiv:1512.03385). Where F changes the shape, x is projected (their option B): a 1 × 1
/// convolution, which has batch normalisation instead of a bias where F has batch normalisation.
/// </summary>
[CatalogueEntry("Residual")]
public sealed class ResidualBlock : Block
{
    /// <summary>What the input passes through before it is added.</summary>
    public Shortcut Shortcut { get; init; }

    /// <inheritdoc/>
    protected override NetworkDefinition Build(NetworkDefinition start, IReadOnlyList<Func<NetworkDefinition, NetworkDefinition>> bodies, string name)
    {
        if (start.Inputs.Length != 1)
            throw new ShapeException($"Residual '{name}' takes one input, but {start.Inputs.Length} were given; join them before it.", name);
        NetworkDefinition network = bodies[0](start);
        string result = network.Outputs[0], shortcut = start.Inputs[0].Name;
        Shape input = start.InputShape, output = network.ShapeOf(result);
        bool normalised = network.Layers.Any(l => l.Layer is BatchNormLayer);
        if (Shortcut == Shortcut.Projection || (Shortcut == Shortcut.Auto && !input.Equals(output)))
        {
            network = network.Add(Project(input, output, bias: !normalised, name), "shortcut", [shortcut]);
            shortcut = "shortcut";
            if (normalised && output.Count is 2 or 3 && network.Layers[^1].Layer is ConvolutionLayer)
            {
                network = network.Add(output.Count == 2 ? new BatchNorm1dLayer() : new BatchNorm2dLayer(), "shortcut_norm", [shortcut]);
                shortcut = "shortcut_norm";
            }
        }
        else if (!input.Equals(output))
        {
            throw new ShapeException($"Residual '{name}' cannot add its input {input} to its result {output}; use -Shortcut Projection, or give the layers "
                + "settings that keep the shape (-Padding same).", name);
        }
        return network.Add(new AddLayer(), from: [result, shortcut]);
    }

    private static Layer Project(Shape input, Shape output, bool bias, string name)
    {
        if (input.Count != output.Count)
            throw new ShapeException($"Residual '{name}' cannot project its input {input} onto its result {output}: they have different dimensions.", name);
        if (input.Count == 1 || (input.Count == 2 && input[0] == output[0] && input[1] != output[1]))
            return new LinearLayer { OutFeatures = output[^1], Bias = bias || input.Count == 2 };
        int[] stride = [.. Enumerable.Range(1, input.Count - 1).Select(d => (input[d] + output[d] - 1) / output[d])];
        Layer convolution = input.Count switch
        {
            2 => new Conv1dLayer { OutChannels = output[0], KernelSize = [1], Stride = stride, Bias = bias },
            3 => new Conv2dLayer { OutChannels = output[0], KernelSize = [1], Stride = stride, Bias = bias },
            4 => new Conv3dLayer { OutChannels = output[0], KernelSize = [1], Stride = stride },
            _ => throw new ShapeException($"Residual '{name}' cannot project inputs of {input.Count} dimensions such as {input}.", name),
        };
        return convolution.InferShape([input]).Equals(output)
            ? convolution
            : throw new ShapeException($"Residual '{name}' cannot project its input {input} onto its result {output}: no stride of a 1 × 1 convolution gives that size. "
                + "Use Parallel with -Merge Add and a branch of your own.", name);
    }
}
