using DLExperiments.Data;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Training.Control;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Training;

/// <summary>A training that has been checked and is ready to start: objective and preprocessing fitted, targets encoded. Needs no native library.</summary>
internal sealed class TrainingSetup
{
    // Columns of every curve that a metric may be called like.
    private static readonly string[] EpochColumnNames = [nameof(EpochResult.TrainingAccuracy), nameof(EpochResult.ValidationAccuracy)];

    private TrainingSetup(Objective objective, Preprocessing preprocessing, PreparedPiece train, PreparedPiece? validation, IReadOnlyDictionary<string, double>? classWeights)
    {
        Objective = objective;
        Preprocessing = preprocessing;
        Train = train;
        Validation = validation;
        ClassWeights = classWeights;
    }

    /// <summary>The objective, fitted.</summary>
    internal Objective Objective { get; }

    internal Preprocessing Preprocessing { get; }

    internal PreparedPiece Train { get; }

    internal PreparedPiece? Validation { get; }

    /// <summary>What the rows of each class weigh, or null.</summary>
    internal IReadOnlyDictionary<string, double>? ClassWeights { get; }

    /// <summary>The columns of learning curves behind those that every curve has: measures of the objective, and metrics.</summary>
    internal IReadOnlyList<string> Columns { get; private set; } = [];

    internal static TrainingSetup Create(TrainingRequest request, TrainingOptions options)
    {
        options.Validate();
        options.Rules.Validate(request.Network);
        Dataset train = request.Train;
        if (train.Count == 0)
            throw new ExperimentException("EmptyDataset", ErrorKind.InvalidData, $"The training data '{train.Name}' has no rows.", train.Name);
        Objective objective = (options.Objective ?? request.Start?.Objective ?? Choose(request.Network)).Fit(new ObjectiveRequest
        {
            Network = request.Network, Train = train, Start = request.Start, Loss = options.Loss, Losses = options.Losses, LossWeights = options.LossWeights,
        });
        Preprocessing preprocessing = Preprocess(request.Start?.Preprocessing, train);
        IReadOnlyList<string> inputs = objective.Inputs(request.Network);
        (float[]? weights, IReadOnlyDictionary<string, double>? classWeights) = RowWeights.Of(train, options.ClassWeights, options.BalanceClasses);
        if (weights is not null) objective.RefuseRowWeights();
        PreparedPiece trainPiece = PreparedPiece.Create(train, preprocessing, request.Network, inputs, objective.Targets, weights);
        PreparedPiece? validationPiece = null;
        if (request.Validation is { Count: > 0 } validation)
        {
            UnseenClasses.Check(train, validation);
            validationPiece = PreparedPiece.Create(validation, preprocessing, request.Network, inputs, objective.Targets);
        }
        var setup = new TrainingSetup(objective, preprocessing, trainPiece, validationPiece, classWeights);
        SmallBatches.Check(setup, options);
        EpochMetrics? metrics = EpochMetrics.Start(options, setup);
        setup.Columns = [.. MeasureColumns.Of(objective.Measures), .. metrics?.Columns.Except([.. EpochColumnNames, .. MeasureColumns.Of(objective.Measures)], StringComparer.OrdinalIgnoreCase) ?? []];
        foreach (string watched in options.Watched) EpochMetric.Find(watched, objective.Measures, [.. metrics?.Labels ?? []]).RequireMeasured(setup, options);
        return setup;
    }

    private static Objective Choose(NetworkDefinition network) => network.Outputs.Length > 1 ? new MultiTaskObjective() : new SupervisedObjective();

    /// <summary>The weights of a model that goes on know its own scaling and encoding, so these stay; else both come from the training rows.</summary>
    private static Preprocessing Preprocess(Preprocessing? start, Dataset train)
    {
        if (start?.Schema is { } known && train.Schema is { } given)
        {
            TableColumn? odd = given.Features.Where((column, i) => i >= known.Features.Length || !Same(column, known.Features[i])).FirstOrDefault()
                ?? known.Features.Skip(given.Features.Length).FirstOrDefault();
            if (odd is not null)
                throw new ExperimentException("SchemaMismatch", ErrorKind.InvalidData,
                    $"The model was trained on other columns than '{train.Name}' has: '{odd.Name}' is missing, added, moved or encoded differently.", odd.Name);
        }
        return start is null ? Preprocessing.Fit(train) : start.OrOf(train);
    }

    private static bool Same(TableColumn a, TableColumn b) =>
        a.Name == b.Name && a.Encoding == b.Encoding && a.Categories.SequenceEqual(b.Categories);
}
