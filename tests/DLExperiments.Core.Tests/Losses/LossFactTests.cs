using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Native;
using DLExperiments.Losses;
using DLExperiments.Tests.Training;
using TorchSharp;

namespace DLExperiments.Tests.Losses;

/// <summary>Every loss against PyTorch's values and gradients (tests/Reference/losses.py), and its gradient against finite differences.</summary>
public class LossFactTests
{
    private static readonly JsonNode Facts = ReferenceFacts.Read("losses.json");

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        JsonArray all = Facts["cases"]!.AsArray();
        for (int i = 0; i < all.Count; i++) cases.Add(i, $"{i} {all[i]!["loss"]} {all[i]!["settings"]!.ToJsonString()}");
        return cases;
    }

    [Fact]
    public void Every_loss_has_a_case() => Assert.Empty(Catalogue<Loss>.Default.Entries.Select(e => e.Name)
        .Except(Facts["cases"]!.AsArray().Concat(Facts["imageCases"]!.AsArray()).Select(c => c!["loss"]!.GetValue<string>())));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradient_equal_those_of_PyTorch(int place, string name)
    {
        _ = name;
        (Loss loss, torch.Tensor x, torch.Tensor target) = Make(place);
        x.requires_grad_(true);
        torch.Tensor value = loss.Compute(x, target);
        value.backward();
        JsonNode fact = Facts["cases"]![place]!;
        // Float64 on both sides, except that libtorch keeps class weights of fused losses as they are: 1e-12 is rounding.
        Assert.Equal(fact["value"]!.GetValue<double>(), value.item<double>(), 1e-12);
        double[] expected = ReferenceFacts.Numbers(fact["gradient"]!), actual = x.grad!.data<double>().ToArray();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_finite_differences_with_and_without_sample_weights(int place, string name)
    {
        _ = name;
        foreach (bool weighted in new[] { false, true })
        {
            (Loss loss, torch.Tensor x, torch.Tensor target) = Make(place);
            torch.Tensor? weights = weighted ? torch.tensor(new[] { 0.5, 2.0, 0.0, 1.5 }).narrow(0, 0, x.shape[0]) : null;
            double At() => loss.Compute(x.detach(), target, weights).item<double>();
            torch.Tensor at = x.clone().requires_grad_(true);
            loss.Compute(at, target, weights).backward();
            double[] gradient = at.grad!.data<double>().ToArray();
            const double H = 1e-6;
            for (int i = 0; i < gradient.Length; i++)
            {
                using torch.Tensor one = x.view(-1).narrow(0, i, 1);
                double old = one.item<double>();
                one.fill_(old + H);
                double up = At();
                one.fill_(old - H);
                double down = At();
                one.fill_(old);
                // Central differences: an error of H² times the third derivative, and 1e-16/H of rounding, times MAPE's factor 100.
                Assert.Equal((up - down) / (2 * H), gradient[i], 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Means_of_batches_combine_to_the_mean_of_all_rows(int place, string name)
    {
        _ = name;
        (Loss loss, torch.Tensor x, torch.Tensor target) = Make(place);
        double sum = 0, total = 0;
        int rows = (int)x.shape[0];
        foreach ((int first, int count) in new[] { (0, rows - 1), (rows - 1, 1) })
        {
            torch.Tensor t = target.narrow(0, first, count);
            double weight = loss.TotalWeight(t, null)?.to(torch.ScalarType.Float64).item<double>() ?? count;
            sum += loss.Compute(x.narrow(0, first, count), t).item<double>() * (loss.IsSum ? 1 : weight);
            total += weight;
        }
        // A sum adds up as it is.
        Assert.Equal(loss.Compute(x, target).item<double>(), loss.IsSum ? sum : sum / total, 1e-12 * Math.Max(1, sum));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sample_weights_of_two_count_a_row_twice(int place, string name)
    {
        _ = name;
        (Loss loss, torch.Tensor x, torch.Tensor target) = Make(place);
        torch.Tensor twice = torch.tensor([.. new long[] { 0, 1, 1, 2, 3 }.Where(r => r < x.shape[0])]);
        double expected = loss.Compute(x.index_select(0, twice), target.index_select(0, twice)).item<double>();
        Assert.Equal(expected, loss.Compute(x, target, torch.tensor(new[] { 1.0, 2, 1, 1 }).narrow(0, 0, x.shape[0])).item<double>(), 1e-12);
    }

    private static (Loss Loss, torch.Tensor X, torch.Tensor Target) Make(int place)
    {
        TorchLibrary.EnsureLoaded();
        JsonNode fact = Facts["cases"]![place]!;
        Loss loss = Catalogue<Loss>.Default.Create(fact["loss"]!.GetValue<string>(), ReferenceFacts.Settings(fact["settings"]!));
        long[] shape = [.. fact["shape"]!.AsArray().Select(v => v!.GetValue<long>())];
        torch.Tensor x = torch.tensor(ReferenceFacts.Numbers(fact["outputs"]!)).view(shape);
        torch.Tensor target = fact["target"]![0] is JsonArray
            ? torch.tensor(Matrix(fact["target"]!)).view(shape)
            : torch.tensor([.. fact["target"]!.AsArray().Select(v => v!.GetValue<long>())]).view([shape[0], .. shape.Skip(2)]);
        return (loss, x, target);
    }

    private static double[] Matrix(JsonNode node) => [.. node.AsArray().SelectMany(row => ReferenceFacts.Numbers(row!))];
}
