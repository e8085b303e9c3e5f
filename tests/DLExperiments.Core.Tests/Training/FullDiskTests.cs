using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Control;

namespace DLExperiments.Tests.Training;

/// <summary>On a disk that runs full in the middle nothing that was there is lost, the error names the file and the way out, and with room the training goes on to the same bits.</summary>
public sealed class FullDiskTests : ResumeCase
{
    [SmallDiskTheory]
    [InlineData("Adam", 0)]
    [InlineData("Adam", 3)]
    [InlineData("SGD", 0)]
    [InlineData("SGD", 3)]
    public void A_checkpoint_without_room_leaves_the_one_before(string optimizer, int pages)
    {
        using var disk = new SmallDisk();
        string folder = Path.Combine(disk.Root, "run");
        // So wide that three pages are room for a part of it.
        TrainingRequest request = TrainingRequest.New(Net(300), Data());
        TrainingOptions options = Options(optimizer) with { Epochs = 8 };
        TrainingResult whole = Trainer.Train(request, options);
        ExperimentException error = Assert.Throws<ExperimentException>(() =>
            Trainer.Train(request, options with { Checkpoint = folder, LearningCurve = Curve }, [new AtEpoch(4, () => disk.Fill(pages * 4096))]));
        Assert.Equal("FileNotWritable", error.ErrorId);
        Assert.Contains("checkpoint-000000000020.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Resume-Training '{folder}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(["checkpoint-000000000010.safetensors", "checkpoint-000000000015.safetensors", "filler", "in-use.lock"], Names(disk.Root));
        Assert.Equal(15, CheckpointFolder.ReadNewest(folder, w => Assert.Fail(w)).Step);
        // Still without room: the same again, and nothing is lost by that.
        Assert.Equal("FileNotWritable", Assert.Throws<ExperimentException>(() => Trainer.Resume(folder, Data())).ErrorId);
        disk.MakeRoom();
        Same(whole, Trainer.Resume(folder, Data()));
        Assert.Equal(Rows(whole), CurveRows());
    }

    [SmallDiskFact]
    public void A_first_checkpoint_without_room_is_an_error_before_the_first_step()
    {
        using var disk = new SmallDisk();
        string folder = Path.Combine(disk.Root, "run");
        disk.Fill();
        ExperimentException error = Assert.Throws<ExperimentException>(() => Trainer.Train(Request(), Options() with { Checkpoint = folder, LearningCurve = Curve }));
        Assert.Equal("FileNotWritable", error.ErrorId);
        Assert.Contains(disk.Root, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Resume-Training", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Curve));
    }

    [SmallDiskTheory]
    [InlineData("Adam")]
    [InlineData("SGD")]
    public void A_curve_without_room_is_continued(string optimizer)
    {
        using var disk = new SmallDisk();
        string curve = Path.Combine(disk.Root, "curve.csv");
        TrainingOptions options = Options(optimizer) with { EarlyStopping = null };
        TrainingResult whole = Trainer.Train(Request(), options);
        ExperimentException error = Assert.Throws<ExperimentException>(() =>
            Trainer.Train(Request(), options with { Checkpoint = Checkpoints, LearningCurve = curve }, [new AtEpoch(2, () => disk.Fill())]));
        Assert.Equal("FileNotWritable", error.ErrorId);
        Assert.Contains(curve, error.Message, StringComparison.Ordinal);
        Assert.Contains("Resume-Training", error.Message, StringComparison.Ordinal);
        // The file's last page had room for some rows; what is on the disk is a part of them, the last one torn.
        string before = File.ReadAllText(curve);
        int reached = CheckpointFolder.ReadNewest(Checkpoints, null).History.Count;
        Assert.InRange(reached, 3, 59);
        ExperimentException again = Assert.Throws<ExperimentException>(() => Trainer.Resume(Checkpoints, Data()));
        Assert.Contains(curve, again.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(curve));
        disk.MakeRoom();
        Same(whole, Trainer.Resume(Checkpoints, Data()));
        Assert.Equal(Rows(whole), File.ReadAllLines(curve).Skip(1).Select(l => string.Join(',', l.Split(',').Take(8))));
    }

    [SmallDiskTheory]
    [InlineData("Adam")]
    [InlineData("SGD")]
    public void A_model_of_the_best_epoch_without_room_is_written_when_there_is_some(string optimizer)
    {
        using var disk = new SmallDisk();
        string best = Path.Combine(disk.Root, "best.safetensors");
        TrainingRequest request = TrainingRequest.New(Net(300), Data());
        TrainingOptions options = Options(optimizer);
        TrainingResult whole = Trainer.Train(request, options);
        int epoch = whole.BestEpoch!.Value;
        Assert.True(epoch > 1, "or there is no file before");
        ExperimentException error = Assert.Throws<ExperimentException>(() => Trainer.Train(request, options with { Checkpoint = Checkpoints, LearningCurve = Curve, ModelFiles = new ModelFiles { Best = best } },
            [new AtEpoch(epoch - 1, () => disk.Fill(4096))]));
        Assert.Contains(best, error.Message, StringComparison.Ordinal);
        Assert.Contains("Resume-Training", error.Message, StringComparison.Ordinal);
        using (Model before = ModelFile.Import(best)) Assert.NotEqual(whole.Model.Weights["linear_1.weight"].Values, before.Weights["linear_1.weight"].Values);
        Assert.Equal(["best.safetensors", "filler"], Names(disk.Root));
        disk.MakeRoom();
        Same(whole, Trainer.Resume(Checkpoints, Data()));
        Assert.Equal(Rows(whole), CurveRows());
        using Model after = ModelFile.Import(best);
        foreach (WeightTensor tensor in whole.Model.Weights.Tensors) Assert.Equal(tensor.Values, after.Weights[tensor.Name].Values);
    }

    [SmallDiskTheory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_model_over_an_older_one_without_room_leaves_the_older(int pages)
    {
        using var disk = new SmallDisk();
        string path = Path.Combine(disk.Root, "model.safetensors");
        using var older = new Model(Net(400), WeightSet.Initialise(Net(400), 1));
        using var newer = new Model(Net(400), WeightSet.Initialise(Net(400), 2));
        ModelFile.Export(older, path, overwrite: false);
        byte[] bytes = File.ReadAllBytes(path);
        disk.Fill(pages * 4096);
        ExperimentException error = Assert.Throws<ExperimentException>(() => ModelFile.Export(newer, path, overwrite: true));
        Assert.Equal("FileNotWritable", error.ErrorId);
        Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("make room", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(path));
        Assert.Equal(["filler", "model.safetensors"], Names(disk.Root));
        disk.MakeRoom();
        ModelFile.Export(newer, path, overwrite: true);
        using Model read = ModelFile.Import(path);
        Assert.Equal(newer.Weights["linear_1.weight"].Values, read.Weights["linear_1.weight"].Values);
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private sealed class AtEpoch(int epoch, Action act) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress)
        {
        }

        public void OnEpoch(EpochResult result)
        {
            if (result.Epoch == epoch) act();
        }
    }
}
