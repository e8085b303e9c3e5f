using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Losses;
using DLExperiments.Training.Control;

namespace DLExperiments.Training;

/// <summary>A training that has been checked and is ready to start: loss chosen, preprocessing fitted, targets encoded. Needs no native library.</summary>
internal sealed class TrainingSetup
{
    private TrainingSetup(Loss loss, Preprocessing preprocessing, IReadOnlyList<string>? classNames, PreparedPiece train, PreparedPiece? validation)
    {
        Loss = loss;
        Preprocessing = preprocessing;
        ClassNames = classNames;
        Train = train;
        Validation = validation;
    }

    internal Loss Loss { get; }

    internal Preprocessing Preprocessing { get; }

    internal IReadOnlyList<string>? ClassNames { get; }

    internal PreparedPiece Train { get; }

    internal PreparedPiece? Validation { get; }

    internal static TrainingSetup Create(TrainingRequest request, TrainingOptions options)
    {
        options.Validate();
        options.Rules.Validate(request.Network);
        Dataset train = request.Train;
        if (train.Count == 0)
            throw new ExperimentException("EmptyDataset", ErrorKind.InvalidData, $"The training data '{train.Name}' has no rows.", train.Name);
        Loss loss = options.Loss ?? request.Start?.Loss ?? ChooseLoss(request.Network, train);
        IReadOnlyList<string>? classNames = request.Start?.ClassNames ?? train.ClassNames;
        Preprocessing preprocessing = Preprocess(request.Start?.Preprocessing, train);
        PreparedPiece trainPiece = PreparedPiece.Create(train, preprocessing, request.Network, loss, classNames, options.BalanceClasses ? ClassBalance.Weights(train) : null);
        PreparedPiece? validationPiece = null;
        if (request.Validation is { Count: > 0 } validation)
        {
            UnseenClasses.Check(train, validation);
            validationPiece = PreparedPiece.Create(validation, preprocessing, request.Network, loss, classNames);
        }
        return new TrainingSetup(loss, preprocessing, classNames, trainPiece, validationPiece);
    }

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

    private static Loss ChooseLoss(NetworkDefinition network, Dataset train)
    {
        string name = train.Targets.FirstOrDefault() is not ClassColumn classes ? "MSE"
            : classes.ClassNames.Count == 2 && network.OutputShape.ElementCount == 1 ? "BCEWithLogits"
            : "CrossEntropy";
        return Catalogue<Loss>.Default.Create(name);
    }
}
