using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Metrics;
using DLExperiments.Training;
using DLExperiments.Training.Curves.TensorBoard;

namespace DLExperiments.Tests.Training;

/// <summary>Events for TensorBoard, read by another program (tests/Reference/events.py, which takes TensorBoard itself where it is installed).</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-board-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PythonFact]
    public void Every_epoch_is_read_by_another_program()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(90, 3), 60);
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), data),
            new TrainingOptions { Epochs = 130, TensorBoard = folder, Metrics = [new F1Metric()], Optimizer = new DLExperiments.Training.Optimizers.SgdOptimizer() });
        JsonNode read = Read();
        // 130 epochs: steps of two bytes too.
        Assert.Equal(run.History.Select(e => ((long)e.Epoch, (float)e.TrainingLoss)), Points(read, "training", "Loss"));
        Assert.Equal(run.History.Select(e => ((long)e.Epoch, (float)e.ValidationAccuracy!.Value)), Points(read, "validation", "Accuracy"));
        Assert.Equal(run.History.Select(e => ((long)e.Epoch, (float)e.Metrics[0].Validation!.Value)), Points(read, "validation", "F1"));
        Assert.Equal(run.History.Select(e => ((long)e.Epoch, (float)e.LearningRate)), Points(read, "training", "LearningRate"));
        Assert.Null(read["training"]!["Penalty"]);
    }

    [PythonFact]
    public void A_training_that_goes_on_cuts_them_back_and_goes_on()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(60, 3), 40);
        string board = Path.Combine(folder, "board"), checkpoints = Path.Combine(folder, "run");
        var options = new TrainingOptions { Epochs = 3, TensorBoard = board, Checkpoint = checkpoints };
        TrainingResult first = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), data), options);
        // What a crash after the checkpoint leaves: an epoch that the checkpoint does not have, and half a record.
        string file = Directory.GetFiles(Path.Combine(board, "training")).Single();
        byte[] late = EventRecord.Scalars(DateTime.UtcNow, 4, [("Loss", 99)]);
        using (var stream = new FileStream(file, FileMode.Append)) stream.Write([.. late, .. late[..17]]);
        File.Delete(Directory.GetFiles(Path.Combine(board, "validation")).Single());
        TrainingResult rest = Trainer.Resume(checkpoints, data, change: o => o with { Epochs = 5 });
        JsonNode read = Read(board);
        Assert.Equal(rest.History.Select(e => ((long)e.Epoch, (float)e.TrainingLoss)), Points(read, "training", "Loss"));
        Assert.Equal(rest.History.Select(e => ((long)e.Epoch, (float)e.ValidationLoss!.Value)), Points(read, "validation", "Loss"));
        Assert.Equal(5, rest.History.Length);
        Assert.Equal("FileExists", Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), data), options with { Checkpoint = null })).ErrorId);
        Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), data), options with { Checkpoint = null, Force = true, Epochs = 1 });
        Assert.Single(Points(Read(board), "training", "Loss"));
    }

    [Fact]
    public void A_record_has_the_bytes_of_the_format()
    {
        // CRC-32C of "123456789" is 0xE3069283 (RFC 3720, B.4 gives others); here of the version record, computed bit by bit.
        byte[] record = EventRecord.Start(DateTime.UnixEpoch.AddSeconds(2));
        Assert.Equal(24UL, BinaryPrimitives.ReadUInt64LittleEndian(record)); // 9 bytes of time, 2 + 13 of version
        Assert.Equal(Masked(record[..8]), BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(8)));
        Assert.Equal(Masked(record[12..36]), BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(36)));
        Assert.Equal(0x09, record[12]);
        Assert.Equal(2.0, BinaryPrimitives.ReadDoubleLittleEndian(record.AsSpan(13)));
        Assert.Equal("brain.Event:2"u8.ToArray(), record[23..36]);
        Assert.Equal(0xE3069283u, Crc("123456789"u8.ToArray()));
        byte[] file = [.. record, .. EventRecord.Scalars(DateTime.UtcNow, 300, [("a", 1)])];
        Assert.Equal([(40, 0L), (file.Length, 300L)], EventRecord.Read(file));
        file[^6] ^= 1; // one wrong bit in the last record
        Assert.Equal([(40, 0L)], EventRecord.Read(file));
    }

    private static uint Masked(byte[] data) => unchecked((Crc(data) >> 15 | Crc(data) << 17) + 0xa282ead8u);

    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78u);
        }
        return ~crc;
    }

    private static (long, float)[] Points(JsonNode read, string run, string tag) => [.. read[run]![tag]!.AsArray().Select(p => (p![0]!.GetValue<long>(), (float)p[1]!.GetValue<double>()))];

    private JsonNode Read(string? path = null)
    {
        var start = new ProcessStartInfo(PythonFactAttribute.Python!, [Path.Combine(NativeSetup.RepositoryRoot, "tests", "Reference", "events.py"), path ?? folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000) && process.ExitCode == 0, errors.Result);
        return JsonNode.Parse(text)!;
    }
}
