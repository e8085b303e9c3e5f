using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training;

/// <summary>Which checkpoints a training goes on from: whole ones, of the same training, that no other uses; and how often they are written.</summary>
public sealed class CheckpointTests : ResumeCase
{
    [Fact]
    public void A_damaged_checkpoint_is_passed_over_with_a_warning_whatever_is_wrong_with_it()
    {
        TrainingResult whole = Trainer.Train(Request(), Options());
        Cancel(Options() with { Checkpoint = Checkpoints }, 17);
        string[] files = [.. Directory.GetFiles(Checkpoints, "checkpoint-*").Order()];
        Assert.Equal(2, files.Length);
        byte[] good = File.ReadAllBytes(files[1]);
        foreach (byte[] bad in new[] { [], good[..5], good[..(good.Length / 2)], good[..^1], [.. good, 0], Flip(good, 40), Flip(good, good.Length - 9) })
        {
            File.WriteAllBytes(files[1], bad);
            File.WriteAllBytes(files[0], File.ReadAllBytes(files[0]));
            string copy = Path.Combine(Folder, "copy");
            if (Directory.Exists(copy)) Directory.Delete(copy, true);
            Directory.CreateDirectory(copy);
            foreach (string file in files) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            var listener = new Listener();
            Same(whole, Trainer.Resume(copy, Data(), observers: [listener]));
            Assert.Contains(Path.GetFileName(files[1]), Assert.Single(listener.Warnings));
        }
        foreach (string file in files) File.WriteAllBytes(file, good[..100]);
        Assert.Equal("InvalidCheckpoint", Assert.Throws<ExperimentException>(() => Trainer.Resume(Checkpoints, Data())).ErrorId);
    }

    [Fact]
    public void Another_data_set_network_or_option_is_refused_with_the_difference_named()
    {
        Cancel(Options() with { Checkpoint = Checkpoints }, 9);
        TrainingOptions again = Options() with { Checkpoint = Checkpoints, Resume = true };

        Refused("other training data", () => Trainer.Resume(Checkpoints, TrainingData.Cut(TrainingData.Clouds(100, 3, seed: 2), 75)));
        Refused("75 rows, now 'train' with 76 rows", () => Trainer.Resume(Checkpoints, TrainingData.Cut(TrainingData.Clouds(100, 3), 76)));
        Refused("validation data", () => Trainer.Resume(Checkpoints, Data().Train!));
        Refused("outFeatures is 16 in the checkpoint, 12 now", () => Trainer.Train(TrainingRequest.New(Net(12), Data()), again));
        Refused("seed is 3 in the checkpoint, 4 now", () => Trainer.Train(Request(), again with { Seed = 4 }));
        Refused("another engine: it is \"Torch\" in the checkpoint, \"Fused\" now", () => Trainer.Train(Request(), again with { Engine = EngineChoice.Fused }));
        Refused("optimizer.type is \"Adam\" in the checkpoint, \"SGD\" now", () => Trainer.Train(Request(), again with { Optimizer = new SgdOptimizer() }));
        Refused("schedule", () => Trainer.Train(Request(), again with { Schedule = null }));
        Refused("loss", () => Trainer.Train(Request(), again with { Loss = new CrossEntropyLoss { LabelSmoothing = 0.1 } }));

        void Refused(string difference, Action action)
        {
            var e = Assert.Throws<ExperimentException>(action);
            Assert.Equal("CheckpointMismatch", e.ErrorId);
            Assert.Contains(difference, e.Message);
        }
    }

    [Fact]
    public void Another_version_is_refused()
    {
        Cancel(Options() with { Checkpoint = Checkpoints }, 9);
        string file = Directory.GetFiles(Checkpoints, "checkpoint-*").Order().Last();
        TrainingCheckpoint checkpoint = CheckpointFile.Read(file);
        checkpoint.Identity["version"] = "0.0.9";
        CheckpointFile.Write(file, checkpoint);
        var e = Assert.Throws<ExperimentException>(() => Trainer.Resume(Checkpoints, Data()));
        Assert.Equal("CheckpointVersion", e.ErrorId);
        Assert.Contains("0.0.9", e.Message);
    }

    [Fact]
    public void A_folder_with_checkpoints_is_not_overwritten_nor_shared()
    {
        Cancel(Options() with { Checkpoint = Checkpoints }, 9);
        Assert.Equal("CheckpointExists", Assert.Throws<ExperimentException>(() => Trainer.Train(Request(), Options() with { Checkpoint = Checkpoints })).ErrorId);
        string second = "";
        Trainer.Train(Request(), Options() with { Epochs = 1, Checkpoint = Checkpoints, Force = true }, [new Listener(p =>
        {
            if (p.Step == 1) second = Assert.Throws<ExperimentException>(() => Trainer.Resume(Checkpoints, Data())).ErrorId;
        })]);
        Assert.Equal("CheckpointInUse", second);
        Assert.Equal("NoCheckpoint", Assert.Throws<ExperimentException>(() => Trainer.Resume(Folder, Data())).ErrorId);
        Assert.Equal("FolderNotFound", Assert.Throws<ExperimentException>(() => Trainer.Resume(Path.Combine(Folder, "none"), Data())).ErrorId);
    }

    [Theory]
    [InlineData("5", "5 epochs")]
    [InlineData("2 epochs", "2 epochs")]
    [InlineData("500 steps", "500 steps")]
    [InlineData("30 s", "00:00:30")]
    [InlineData("1.5 min", "00:01:30")]
    [InlineData("00:10:00", "00:10:00")]
    [InlineData("default", "default")]
    public void Intervals_are_read_and_written(string text, string expected)
    {
        Assert.Equal(expected, CheckpointInterval.Parse(text).ToString());
        Assert.Equal(CheckpointInterval.Parse(text), CheckpointInterval.Parse(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("often")]
    [InlineData("3 apples")]
    public void Bad_intervals_are_refused(string text) =>
        Assert.Equal("InvalidCheckpointInterval", Assert.Throws<ExperimentException>(() => CheckpointInterval.Parse(text)).ErrorId);

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] copy = [.. bytes];
        copy[at] ^= 1;
        return copy;
    }
}
