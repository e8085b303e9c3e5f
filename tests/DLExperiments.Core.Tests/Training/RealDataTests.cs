using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Splitting;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using Xunit.Abstractions;

namespace DLExperiments.Tests.Training;

/// <summary>The course's first networks on the 10,000 digits of MNIST's test file, 8,000 to train on and 2,000 to validate on.</summary>
public class RealDataTests(ITestOutputHelper output)
{
    private static Dataset Mnist() => new HoldOut { Count = [8000, 2000], Stratify = true, Seed = 1 }
        .Split(DatasetFile.Read(SharedDataFactAttribute.PathOf("mnist/t10k-images-idx3-ubyte.gz")));

    [SharedDataFact("mnist")]
    public void A_dense_network_of_100_units_reads_94_percent_of_the_digits()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(784)).Add(new LinearLayer { OutFeatures = 100 }).Add(new ReLULayer())
            .Add(new LinearLayer { OutFeatures = 10 });
        Assert.Equal(79510, network.ParameterCount);
        Assert.True(Accuracy(network, new TrainingOptions { Epochs = 5, LearningRate = 2e-3, Threads = 1 }) > 0.94);
    }

    [SharedDataFact("mnist")]
    public void The_convolutional_network_of_10330_parameters_reads_97_percent_of_the_digits()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1, 28, 28));
        for (int block = 0; block < 2; block++)
            network = network.Add(new Conv2dLayer { OutChannels = 16, KernelSize = [3], Padding = ConvolutionPadding.Parse("same") }).Add(new ReLULayer()).Add(new MaxPool2dLayer { KernelSize = [2] });
        network = network.Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 10 });
        Assert.Equal(10330, network.ParameterCount);
        Assert.True(Accuracy(network, new TrainingOptions { Epochs = 10, LearningRate = 4e-3, BatchSize = 64, Threads = 1 }) > 0.97);
    }

    private double Accuracy(NetworkDefinition network, TrainingOptions options)
    {
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, Mnist()), options);
        foreach (EpochResult epoch in run.History)
            output.WriteLine($"epoch {epoch.Epoch}: validation accuracy {epoch.ValidationAccuracy:P2}, {epoch.Duration.TotalSeconds:N2} s");
        return run.ValidationAccuracy!.Value;
    }
}
