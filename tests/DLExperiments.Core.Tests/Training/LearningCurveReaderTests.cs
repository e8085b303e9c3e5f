using DLExperiments.Errors;
using DLExperiments.Training;
using DLExperiments.Training.Curves;
using Xunit;

namespace DLExperiments.Tests.Training;

public sealed class LearningCurveReaderTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"curve-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(path);

    private LearningCurve Read(string text)
    {
        File.WriteAllText(path, text);
        return LearningCurveReader.Read(path);
    }

    [Fact]
    public void ReadsWhatTheWriterWritesBitForBitWhileItIsOpen()
    {
        var epoch = new EpochResult
        {
            Epoch = 1, TrainingLoss = 1.0 / 3, ValidationLoss = .1, LearningRate = 1e-3, Step = 5_000_000_000, SampleCount = 7,
            Duration = TimeSpan.FromSeconds(2), Elapsed = TimeSpan.FromSeconds(3), SamplesPerSecond = 3.5, Timestamp = new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc),
        };
        using var writer = new LearningCurveWriter(path, force: true);
        writer.OnEpoch(epoch);
        LearningCurve curve = LearningCurveReader.Read(path);
        Assert.Equal("DLExperiments", curve.Format);
        Assert.Equal([1, 1.0 / 3, null, .1, null, 1e-3, 5_000_000_000, 7L, 2.0, 3.0, 3.5, epoch.Timestamp, null, null, null, null], Assert.Single(curve.Rows));
    }

    [Fact]
    public void LeavesOutALineThatIsBeingWritten()
    {
        string header = string.Join(',', LearningCurveWriter.Columns), line = "1,0.5,,,,0.1,1,1,1,1,1,2024-01-01T00:00:00.0000000Z,,,,";
        string whole = $"{header}\n{line}\n{line.Replace("1,0.5", "2,0.25")}";
        for (int cut = header.Length + line.Length + 2; cut <= whole.Length; cut++)
            Assert.Equal(1, Assert.Single(Read(whole[..cut]).Rows)[0]);
        Assert.Equal(2, Read(whole + "\n").Rows.Count);
        Assert.Empty(Read(header).Rows);
        // A file of version 1 has no DeadUnits.
        string old = header[..header.LastIndexOf(',')];
        Assert.Single(Read($"{old}\n{line[..^1]}\n2,0.25").Rows);
    }

    [Fact]
    public void ReadsTheKerasLogger()
    {
        LearningCurve curve = Read("epoch,accuracy,loss,learning_rate,top_5,val_accuracy,val_loss\n0,0.5,1.5,0.01,0.9,NA,NA\n1,0.75,nan,0.01,0.95,0.6,1.25\n");
        Assert.Equal("Keras", curve.Format);
        Assert.Equal(["Epoch", "TrainingAccuracy", "TrainingLoss", "LearningRate", "TrainingTop5", "ValidationAccuracy", "ValidationLoss"], curve.Columns);
        Assert.Equal([1, .5, 1.5, .01, .9, null, null], curve.Rows[0]);
        Assert.Equal([2, .75, double.NaN, .01, .95, .6, 1.25], curve.Rows[1]);
    }

    [Fact]
    public void ReadsTheLightningLogger()
    {
        LearningCurve curve = Read("epoch,step,train_loss_epoch,train_loss_step,val_acc,train_f1\n0,49,,2.5,,0.2\n0,99,,1.5,,0.4\n0,99,,,0.5,\n0,99,1.9,,,\n1,149,,1.0,,0.5\n");
        Assert.Equal(["Epoch", "TrainingLoss", "ValidationAccuracy", "TrainingF1", "Step"], curve.Columns);
        Assert.Equal(2, curve.Rows.Count);
        Assert.Equal(1.9, curve.Rows[0][1]);
        Assert.Equal(.3, (double)curve.Rows[0][3]!, 12);
        Assert.Equal(100L, curve.Rows[0][4]);
        Assert.Equal([2, null, null, .5, 150L], curve.Rows[1]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "NotALearningCurve")]
    [InlineData("", "NotALearningCurve")]
    [InlineData("epoch,loss\n0,1\n1\n2,3\n", "RaggedRow")]
    [InlineData("epoch,loss\n0,much\n", "NotANumber")]
    public void NamesWhatIsDamaged(string text, string error)
    {
        ExperimentException thrown = Assert.Throws<ExperimentException>(() => Read(text));
        Assert.Equal(error, thrown.ErrorId);
        Assert.Contains(path, thrown.Message);
    }

    [Fact]
    public void NamesRunsByWhatTellsThemApart()
    {
        Assert.Equal(["a", "b"], LearningCurve.NameRuns(["/x/a.csv", "/x/b.csv"]));
        Assert.Equal(["r1", "r2"], LearningCurve.NameRuns(["/x/r1/curve.csv", "/x/r2/curve.csv"]));
        Assert.Equal(["r1/a", "r1/b", "r2/a"], LearningCurve.NameRuns(["/x/r1/a.csv", "/x/r1/b.csv", "/x/r2/a.csv"]));
    }
}
