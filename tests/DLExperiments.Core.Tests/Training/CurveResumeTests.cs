using DLExperiments.Errors;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Curves;

namespace DLExperiments.Tests.Training;

/// <summary>The learning curve of a training that goes on: as long as the checkpoint says, whatever became of the file.</summary>
public sealed class CurveResumeTests : ResumeCase
{
    [Fact]
    public void The_curve_is_cut_back_to_the_checkpoint()
    {
        Cancel(Options() with { Checkpoint = Checkpoints, LearningCurve = Curve }, 12);
        File.AppendAllText(Curve, "3,0.1,0.2,0.3,0.4,0.5,15,75,0.1,0.2,300,2020-01-01T00:00:00Z\n4,0.1"); // as if killed after a later epoch
        TrainingResult rest = Trainer.Resume(Checkpoints, Data());
        Assert.Equal(Rows(rest), CurveRows());
        File.Delete(Curve);
        Trainer.Resume(Checkpoints, Data());
        Assert.Equal(Rows(rest), CurveRows());
    }

    [Theory]
    [InlineData(0.9)] // within the last row that was written
    [InlineData(0.5)]
    [InlineData(0.0)] // an empty file, as a file system may leave it that lost its power
    [InlineData(-1.0)] // no file at all
    public void A_curve_that_lost_rows_gets_them_back_from_the_checkpoint(double kept)
    {
        TrainingResult whole = Trainer.Train(Request(), Options());
        Cancel(Options() with { Checkpoint = Checkpoints, LearningCurve = Curve }, 37); // 7 epochs of 5 steps, and 2 steps
        byte[] written = File.ReadAllBytes(Curve);
        string[] rows = CurveRows();
        Assert.Equal(7, rows.Length);
        if (kept < 0) File.Delete(Curve);
        else File.WriteAllBytes(Curve, written[..(int)(kept * written.Length)]);
        TrainingResult rest = Trainer.Resume(Checkpoints, Data());
        Same(whole, rest);
        Assert.Equal(Rows(whole), CurveRows());
        // The rows from before the interruption have their times, too.
        Assert.StartsWith(System.Text.Encoding.UTF8.GetString(written), File.ReadAllText(Curve), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_not_finite_go_through_the_checkpoint()
    {
        Cancel(Options() with { Checkpoint = Checkpoints, LearningCurve = Curve }, 12);
        string file = Directory.GetFiles(Checkpoints, "checkpoint-*").Order().Last();
        TrainingCheckpoint checkpoint = CheckpointFile.Read(file);
        EpochResult epoch = checkpoint.History[0] with
        {
            GradientNorm = double.PositiveInfinity, // the norm of a gradient can be too large for a number where the loss is not
            Metrics = [new EpochMeasure("RocAuc", double.NaN, double.NaN, true)],
        };
        var changed = new TrainingCheckpoint
        {
            Identity = checkpoint.Identity, Weights = checkpoint.Weights, Optimizers = checkpoint.Optimizers, History = [epoch, .. checkpoint.History.Skip(1)], Step = checkpoint.Step,
            StepInEpoch = checkpoint.StepInEpoch, SampleCount = checkpoint.SampleCount, Sums = [double.NegativeInfinity, .. checkpoint.Sums.Skip(1)], SumWeights = checkpoint.SumWeights,
            Elapsed = checkpoint.Elapsed, EpochElapsed = checkpoint.EpochElapsed,
        };
        CheckpointFile.Write(file, changed);
        TrainingCheckpoint read = CheckpointFile.Read(file);
        Assert.Equal(double.PositiveInfinity, read.History[0].GradientNorm);
        Assert.Equal(new EpochMeasure("RocAuc", double.NaN, double.NaN, true), Assert.Single(read.History[0].Metrics));
        Assert.Equal(double.NegativeInfinity, read.Sums[0]);
        // And through the curve, where a value that is not a number is no missing value.
        using (LearningCurveWriter.GoOn(Curve, read.History, ["TrainingRocAuc", "ValidationRocAuc"]))
        {
        }
        LearningCurve curve = LearningCurveReader.Read(Curve);
        Assert.Equal(double.NaN, curve.Rows[0][^1]);
        Assert.Null(curve.Rows[1][^1]);
        Assert.Equal(double.PositiveInfinity, curve.Rows[0][Array.IndexOf(curve.Columns, "GradientNorm")]);
    }

    [LinuxFact]
    public void A_full_disk_is_named_with_the_way_out()
    {
        // Whatever is written to this device finds no room.
        var e = Assert.Throws<ExperimentException>(() => Trainer.Train(Request(), Options() with { LearningCurve = "/dev/full", Force = true, Epochs = 1 }));
        Assert.Equal("FileNotWritable", e.ErrorId);
        Assert.Contains("/dev/full", e.Message);
        Assert.Contains("Resume-Training", e.Message);
    }
}
