using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Sweeps;

/// <summary>
/// The lecture's model selection: for each penalty a regressor is trained on all folds but one and judged on that one by the error without the penalty. The truth is
/// ridge regression in closed form, w = (X'X + n lambda I)^-1 X'y with a free intercept, which is what scikit-learn's Ridge(alpha = n lambda) computes.
/// </summary>
public sealed class RidgeSelectionTests : IClassFixture<TorchFixture>, IDisposable
{
    private const int Count = 5;
    private static readonly double[] Lambdas = [1e-3, 1e-2, 1e-1, 1];
    private readonly string root = Directory.CreateTempSubdirectory("ridge").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [SharedDataFact("tables/housing.csv")]
    public void K_fold_errors_are_those_of_ridge_regression_in_closed_form()
    {
        (double[][] x, double[] y) = Read(SharedDataFactAttribute.PathOf("tables/housing.csv"));
        int features = x[0].Length;
        Dataset data = Dataset.Create("housing", [new FloatColumn("x", new Shape(features), [.. x.SelectMany(r => r).Select(v => (float)v)])],
            [new FloatColumn("y", new Shape(1), [.. y.Select(v => (float)v)])]);
        IReadOnlyList<Dataset> folds = new Folds { Count = Count, Seed = 3 }.Split(data);
        SweepFolder sweep = SweepFolder.Create(Path.Combine(root, "sweep"), new SweepPlan
        {
            Space = SweepSpace.From(new OrderedDictionary { ["Lambda"] = Lambdas }), Sampler = new GridSampler(), Points = Lambdas.Length, Folds = Count,
            Objectives = [new("Loss", SweepGoal.Auto)], Threads = 1,
        });
        WorkerExit exit = new SweepRunner(sweep) { Workers = 2 }.Run(() => new Ridge(folds, features), default);
        Assert.Equal([], SweepTable.Read(sweep).Where(t => t.Error is not null).Select(t => $"{t.Parameters} fold {t.Fold}: {t.Error}"));
        Assert.Equal(WorkerExit.Done, exit);

        double[] means = new double[Lambdas.Length];
        for (int p = 0; p < Lambdas.Length; p++)
        {
            for (int f = 0; f < Count; f++)
            {
                double truth = Solve(Rows(folds[f].Train!, x, y), Rows(folds[f].Validation!, x, y), Lambdas[p]), ours = sweep.Read(p * Count + f)!.Values[0];
                // 32-bit weights and a loss summed over a hundred rows: four digits and a little more.
                Assert.Equal(truth, ours, 2e-4 * truth);
                means[p] += truth / Count;
            }
        }
        IReadOnlyList<SettingSummary> summary = SettingSummary.Of(sweep.Plan, SweepTable.Read(sweep));
        Assert.Equal(Array.IndexOf(means, means.Min()), summary[0].Point);
        Assert.Equal(means.Min(), summary[0].Mean, 2e-4 * means.Min());
    }

    private static (double[][] X, double[] Y) Rows(Dataset piece, double[][] x, double[] y)
    {
        // The piece's rows by their targets and features, as the data set holds them.
        int width = x[0].Length;
        float[] values = new float[piece.Count * width], targets = new float[piece.Count];
        int[] all = [.. Enumerable.Range(0, piece.Count)];
        piece.ReadFeature(0, all, values);
        piece.ReadTarget(0, all, targets);
        return ([.. all.Select(r => values.AsSpan(r * width, width).ToArray().Select(v => (double)v).ToArray())], [.. targets.Select(t => (double)t)]);
    }

    /// <summary>The mean squared error on the held-out rows of the ridge regressor of the others.</summary>
    private static double Solve((double[][] X, double[] Y) train, (double[][] X, double[] Y) held, double lambda)
    {
        int n = train.Y.Length, d = train.X[0].Length;
        double[] mean = [.. Enumerable.Range(0, d).Select(j => train.X.Average(r => r[j]))];
        double target = train.Y.Average();
        double[,] a = new double[d, d + 1];
        for (int j = 0; j < d; j++)
        {
            for (int k = 0; k < d; k++) a[j, k] = train.X.Sum(r => (r[j] - mean[j]) * (r[k] - mean[k])) + (j == k ? n * lambda : 0);
            a[j, d] = train.X.Select((r, i) => (r[j] - mean[j]) * (train.Y[i] - target)).Sum();
        }
        for (int p = 0; p < d; p++)
        {
            for (int r = p + 1; r < d; r++)
            {
                double factor = a[r, p] / a[p, p];
                for (int k = p; k <= d; k++) a[r, k] -= factor * a[p, k];
            }
        }
        double[] w = new double[d];
        for (int j = d - 1; j >= 0; j--) w[j] = (a[j, d] - Enumerable.Range(j + 1, d - 1 - j).Sum(k => a[j, k] * w[k])) / a[j, j];
        return held.X.Select((r, i) => Math.Pow(target + Enumerable.Range(0, d).Sum(j => w[j] * (r[j] - mean[j])) - held.Y[i], 2)).Average();
    }

    /// <summary>The table with each column at mean 0 and deviation 1, the last as the target.</summary>
    private static (double[][] X, double[] Y) Read(string path)
    {
        double[][] rows = [.. File.ReadLines(path).Select(l => l.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(p => p.All(w => double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out _))).Select(p => p.Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray())];
        for (int j = 0; j < rows[0].Length; j++)
        {
            double mean = rows.Average(r => r[j]), spread = Math.Sqrt(rows.Average(r => Math.Pow(r[j] - mean, 2)));
            foreach (double[] row in rows) row[j] = (row[j] - mean) / spread;
        }
        return ([.. rows.Select(r => r[..^1])], [.. rows.Select(r => r[^1])]);
    }

    private sealed class Ridge(IReadOnlyList<Dataset> folds, int features) : TrialBody
    {
        public override JsonObject Run(TrialAssignment trial, CancellationToken cancellation)
        {
            NetworkDefinition network = NetworkDefinition.Create(new Shape(features)).Add(new LinearLayer { OutFeatures = 1 });
            TrainingResult result = Trainer.Train(TrainingRequest.New(network, folds[trial.Fold]), new TrainingOptions
            {
                Optimizer = new SgdOptimizer { Momentum = .9 }, LearningRate = .05, BatchSize = 0, Epochs = 600,
                Rules = new UpdateRules { Regularisers = [new L2Regulariser { Lambda = (double)trial.Setting["Lambda"]! }] },
            });
            return new JsonObject { ["Loss"] = result.FinalValidationLoss };
        }
    }
}
