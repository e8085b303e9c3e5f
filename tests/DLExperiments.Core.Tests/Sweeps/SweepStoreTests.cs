using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Diagnostics;
using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using Xunit.Abstractions;

namespace DLExperiments.Tests.Sweeps;

public sealed class SweepStoreTests(ITestOutputHelper output) : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("sweep").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Every_trial_runs_once_and_its_result_is_read_as_it_was()
    {
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "a"), Plan(new RandomSampler(), 20) with { Repeats = 2 });
        var runs = new ConcurrentBag<int>();
        Assert.Equal(WorkerExit.Done, Run(folder, 2, trial => { runs.Add(trial.Index); return Bowl(trial); }));
        Assert.Equal(Enumerable.Range(0, 40), runs.Order());
        SweepFolder again = SweepFolder.Open(folder.Path);
        for (int i = 0; i < 40; i++)
        {
            TrialRecord record = again.Read(i)!;
            Setting setting = again.Plan.Space.At(record.Place);
            Assert.Equal((double)Bowl(setting, record.Seed)["Loss"]!, record.Values[0]);
            Assert.Equal(i % 2, record.Seed - again.Plan.Seed);
            Assert.Equal("note of the trial", (string?)record.Output["Note"]);
        }
        // Nothing but the result is left in a trial's folder, and nothing is run again.
        Assert.All(Directory.GetDirectories(Path.Combine(folder.Path, "trials")), d => Assert.Equal(["result.json"], Directory.GetFiles(d).Select(Path.GetFileName)));
        Assert.Equal(WorkerExit.Done, Run(again, 2, _ => throw new InvalidOperationException("must not run")));
    }

    [Theory]
    [InlineData("TPE", 1)]
    [InlineData("TPE", 3)]
    [InlineData("Halton", 1)]
    public void The_table_is_the_same_with_one_worker_and_with_several(string sampler, int lag)
    {
        SweepPlan plan = Plan(Catalogues.Catalogue<Sampler>.Default.Create(sampler), 30) with { Lag = lag };
        SweepFolder one = SweepFolder.Create(Path.Combine(root, "one"), plan), three = SweepFolder.Create(Path.Combine(root, "three"), plan);
        Run(one, 1, Bowl);
        var random = new Random(3);
        Run(three, 3, trial => { lock (random) Thread.Sleep(random.Next(5)); return Bowl(trial); });
        Assert.Equal(Table(one), Table(three));
    }

    [Fact]
    public void The_same_point_is_never_computed_twice()
    {
        SweepPlan plan = new()
        {
            Space = SweepSpace.From(new OrderedDictionary { ["x"] = "1, 2, 3" }), Sampler = new RandomSampler(), Points = 30, Objectives = [new("Loss", SweepGoal.Auto)],
        };
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "s"), plan);
        var runs = new ConcurrentBag<int>();
        Run(folder, 1, trial => { runs.Add(trial.Index); return new JsonObject { ["Loss"] = Convert.ToDouble(trial.Setting["x"]) }; });
        Assert.Equal(3, runs.Count);
        for (int i = 0; i < 30; i++) Assert.Equal(Convert.ToDouble(plan.Space.At(folder.Read(i)!.Place)["x"]), folder.Read(i)!.Values[0]);
    }

    [Fact]
    public void Failures_are_rows_with_their_error_and_can_be_run_again()
    {
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "f"), Plan(new TpeSampler(), 15));
        bool broken = true;
        JsonObject Body(TrialAssignment trial) => broken && trial.Index is 2 or 12 ? throw new ExperimentException("DiskOnFire", ErrorKind.Io, "the disk is on fire")
            : trial.Index == 7 ? new JsonObject { ["Other"] = 1 } : trial.Index == 8 ? new JsonObject { ["Loss"] = "NaN" } : Bowl(trial);
        Assert.Equal(WorkerExit.TrialFailed, Run(folder, 2, Body));
        Assert.Equal(("DiskOnFire", "the disk is on fire", TrialState.Failed), (folder.Read(2)!.ErrorId, folder.Read(2)!.Error, folder.Read(2)!.State));
        Assert.Equal("MissingMetric", folder.Read(7)!.ErrorId);
        Assert.Contains("Other", folder.Read(7)!.Error);
        Assert.Equal("NonFiniteMetric", folder.Read(8)!.ErrorId);
        broken = false;
        foreach (int i in new[] { 2, 12 }) folder.Forget(i);
        Run(folder, 1, Body);
        Assert.Equal(TrialState.Finished, folder.Read(12)!.State);
    }

    [Fact]
    public void A_stop_puts_trials_back()
    {
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "c"), Plan(new RandomSampler(), 10));
        using var stop = new CancellationTokenSource();
        WorkerExit exit = Run(folder, 1, trial => { if (trial.Index == 4) stop.Cancel(); return Bowl(trial); }, stop.Token);
        Assert.Equal(WorkerExit.Stopped, exit);
        Assert.NotNull(folder.Read(3));
        Assert.Null(folder.Read(4));
        Assert.Equal(TrialState.Waiting, folder.StateOf(4));
        Assert.Equal(WorkerExit.Done, Run(folder, 1, Bowl));
        Assert.Equal(1, folder.Read(9)!.Attempt);
        Assert.Equal(2, folder.Read(4)!.Attempt);
    }

    [Fact]
    public void A_trial_that_kills_its_process_again_and_again_fails()
    {
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "k"), Plan(new RandomSampler(), 3) with { MaxRetry = 1 });
        for (int i = 0; i < 2; i++) Assert.NotEqual(0, ChildProcess.Run(Die, null, folder.Path).ExitCode);
        Assert.Equal(TrialState.Interrupted, folder.StateOf(1));
        Assert.Equal(WorkerExit.TrialFailed, Run(folder, 1, Bowl));
        Assert.Equal("TrialCrashed", folder.Read(1)!.ErrorId);
        Assert.Equal(TrialState.Finished, folder.Read(2)!.State);
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(0)]
    [InlineData(600)]
    public void Another_machine_is_judged_by_the_clock_of_the_file_system_and_not_by_its_own(int secondsAhead)
    {
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "clocks"), Plan(new RandomSampler(), 1));
        string claim = Path.Combine(Directory.CreateDirectory(folder.FolderOf(0)).FullName, "claim.1");
        // What the other machine wrote has the time of its clock in it; the file has that of the file system.
        File.WriteAllText(claim, new JsonObject
        {
            ["host"] = $"{Environment.MachineName}/pid:[1]/another boot", ["process"] = Environment.ProcessId, ["started"] = 0,
            ["time"] = DateTime.UtcNow.AddSeconds(secondsAhead).ToString("O"), ["place"] = new JsonArray(0.5, 0.5),
        }.ToJsonString());
        Assert.Equal(TrialState.Running, folder.StateOf(0));
        File.SetLastWriteTimeUtc(claim, DateTime.UtcNow.AddSeconds(-100));
        Assert.Equal(TrialState.Running, folder.StateOf(0));
        // Four signs of life, of which one is due every 30 s, have not come.
        File.SetLastWriteTimeUtc(claim, DateTime.UtcNow.AddSeconds(-130));
        Assert.Equal(TrialState.Interrupted, folder.StateOf(0));
        Assert.Equal(WorkerExit.Done, Run(folder, 1, Bowl));
        Assert.Equal(2, folder.Read(0)!.Attempt);
    }

    [Theory]
    [InlineData(600, true)] // a file system that takes the writer's clock, which goes ten minutes ahead
    [InlineData(100_000_000, false)] // written before the clock was put back by years: nobody could wait for it
    public void A_beat_from_the_future_is_a_sign_of_life_but_not_for_ever(int secondsAhead, bool lives)
    {
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "ahead"), Plan(new RandomSampler(), 1));
        string claim = Path.Combine(Directory.CreateDirectory(folder.FolderOf(0)).FullName, "claim.1");
        File.WriteAllText(claim, new JsonObject { ["host"] = "elsewhere", ["process"] = 1, ["started"] = 0, ["time"] = DateTime.UtcNow.ToString("O"), ["place"] = new JsonArray(0.5, 0.5) }.ToJsonString());
        File.SetLastWriteTimeUtc(claim, DateTime.UtcNow.AddSeconds(secondsAhead));
        Assert.Equal(lives ? TrialState.Running : TrialState.Interrupted, folder.StateOf(0));
        Run(folder, 1, Bowl);
        Assert.Equal(!lives, folder.HasResult(0));
    }

    [LinuxFact]
    public void A_worker_is_known_by_its_start_since_the_boot_which_no_clock_changes()
    {
        using var sleeper = System.Diagnostics.Process.Start("sleep", "60");
        try
        {
            // proc(5): field 22, in hundredths of a second; the name "(sleep)" has no blank.
            long start = long.Parse(File.ReadAllText($"/proc/{sleeper.Id}/stat").Split(' ')[21]) / 100;
            Assert.True((WorkerIdentity.Own with { ProcessId = sleeper.Id, Started = start }).IsRunning());
            // Another process had the number before.
            Assert.False((WorkerIdentity.Own with { ProcessId = sleeper.Id, Started = start - 60 }).IsRunning());
        }
        finally
        {
            sleeper.Kill();
        }
    }

    [Fact]
    public void Jobs_of_Slurm_get_the_submitters_own_tuning()
    {
        const string name = "DOTNET_TC_CallCountThreshold";
        string? before = Environment.GetEnvironmentVariable(name);
        try
        {
            Environment.SetEnvironmentVariable(name, null);
            Assert.EndsWith($",{name}=3E8", SlurmLauncher.Export);
            Environment.SetEnvironmentVariable(name, "7");
            Assert.EndsWith($",{name}", SlurmLauncher.Export);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, before);
        }
    }

    [Fact]
    public void A_sweep_of_3000_trials_goes_on_where_it_was_stopped()
    {
        const int count = 3000;
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "many"), Plan(new RandomSampler(), count));
        using var stop = new CancellationTokenSource();
        int runs = 0;
        JsonObject Counted(TrialAssignment trial)
        {
            if (Interlocked.Increment(ref runs) == count / 2) stop.Cancel();
            return Bowl(trial);
        }
        Assert.Equal(WorkerExit.Stopped, new SweepRunner(folder) { Workers = 2 }.Run(() => new Body(Counted), stop.Token));
        int done = Enumerable.Range(0, count).Count(folder.HasResult);
        Assert.InRange(done, count / 2 - 3, count / 2);
        Assert.Equal(WorkerExit.Done, Run(SweepFolder.Open(folder.Path), 2, Counted));
        // Those that ran when it was stopped ran again, and no others.
        Assert.InRange(runs, count, count + 2);
    }

    [Fact]
    public void A_sweep_is_not_begun_over_another_and_a_busy_one_is_not_removed()
    {
        string path = Path.Combine(root, "x");
        SweepFolder folder = SweepFolder.Create(path, Plan(new RandomSampler(), 3));
        Assert.Equal("SweepExists", Assert.Throws<ExperimentException>(() => SweepFolder.Create(path, folder.Plan)).ErrorId);
        Assert.Equal("SweepNotFound", Assert.Throws<ExperimentException>(() => SweepFolder.Open(root)).ErrorId);
        Run(folder, 1, trial =>
        {
            Assert.Equal("SweepInUse", Assert.Throws<ExperimentException>(() => SweepFolder.Remove(path)).ErrorId);
            return Bowl(trial);
        });
        Assert.Equal(TrialState.Finished, folder.Read(0)!.State);
        File.WriteAllText(Path.Combine(folder.FolderOf(0), "result.json"), "{ \"trial\": 0");
        Assert.Equal("InvalidSweepFile", Assert.Throws<ExperimentException>(() => folder.Read(0)).ErrorId);
        SweepFolder.Remove(path);
        Assert.False(Directory.Exists(path));
    }

    /// <summary>The promise of a sweep: killed at random ten times, it ends with each trial run to its end once, and the same table.</summary>
    [Theory]
    [InlineData("Halton")]
    [InlineData("TPE")]
    public void Killed_ten_times_it_ends_with_the_same_table(string sampler)
    {
        SweepPlan plan = Plan(Catalogues.Catalogue<Sampler>.Default.Create(sampler), 200) with { Lag = 2 };
        SweepFolder calm = SweepFolder.Create(Path.Combine(root, "calm"), plan), killed = SweepFolder.Create(Path.Combine(root, "killed"), plan);
        Run(calm, 2, Bowl);
        var random = new Random(11);
        int kills = 0, before = 0;
        while (kills < 10)
        {
            using Process worker = ChildProcess.Start(Work, killed.Path);
            // Until some trials have been made, so that each kill falls into the middle of work.
            int wanted = Math.Min(195, before + random.Next(5, 18));
            while (!worker.HasExited && Ended(killed) < wanted) Thread.Sleep(2);
            worker.Kill();
            worker.WaitForExit();
            kills++;
            before = Ended(killed);
            Assert.True(before < 200, "the sweep was over before the last kill");
        }
        Assert.Equal(0, ChildProcess.Run(Work, null, killed.Path).ExitCode);
        Assert.Equal(Table(calm), Table(killed));
        // The journal has a line for each trial that came to its end; the one that was being written down at a kill may have come there twice.
        int[] ends = Ends(killed);
        Assert.Equal(200, ends.Distinct().Count());
        output.WriteLine($"{kills} kills, {ends.Length} ends of 200 trials, attempts {Enumerable.Range(0, 200).Sum(i => killed.Read(i)!.Attempt)}");
        Assert.Equal(200, Directory.GetFiles(killed.Path, "result.json", SearchOption.AllDirectories).Length);
        Assert.True(ends.Length <= 200 + 2 * kills, "each kill costs at most the trials of its two threads");
    }

    [Fact]
    public void Two_processes_share_a_sweep()
    {
        SweepPlan plan = Plan(new TpeSampler(), 60) with { Lag = 4 };
        SweepFolder alone = SweepFolder.Create(Path.Combine(root, "alone"), plan), shared = SweepFolder.Create(Path.Combine(root, "shared"), plan);
        Run(alone, 1, Bowl);
        using Process first = ChildProcess.Start(WorkTogether, shared.Path), second = ChildProcess.Start(WorkTogether, shared.Path);
        first.WaitForExit();
        second.WaitForExit();
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(Table(alone), Table(shared));
        Assert.Equal(Enumerable.Range(0, 60), Ends(shared).Order());
        Assert.Equal(2, Enumerable.Range(0, 60).Select(i => shared.Read(i)!.Worker).Distinct().Count());
    }

    [Fact]
    public void A_claim_that_is_there_or_was_a_moment_ago_is_nobody_elses_error()
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "claims")).FullName;
        var made = new ConcurrentBag<int>();
        // Four threads claim the same attempt while its owner clears it at once, as at the end of a trial.
        var errors = new ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            try
            {
                for (int i = 0; i < 10_000; i++)
                {
                    if (TrialClaim.TryCreate(folder, 1, [0.5]) is not { } claim) continue;
                    made.Add(i);
                    TrialClaim.Clear(folder);
                    claim.Dispose();
                }
            }
            catch (Exception e)
            {
                errors.Enqueue(e);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Empty(errors);
        Assert.NotEmpty(made);
    }

    /// <summary>Works from when both processes are there: sixty short trials are done before a busy machine has started the second.</summary>
    private static void WorkTogether(string path)
    {
        File.WriteAllText(Path.Combine(path, $"ready.{Environment.ProcessId}.txt"), "");
        for (int i = 0; i < 6000 && Directory.GetFiles(path, "ready.*.txt").Length < 2; i++) Thread.Sleep(10);
        Work(path);
    }

    private static void Work(string path)
    {
        SweepFolder folder = SweepFolder.Open(path);
        Run(folder, 2, trial =>
        {
            Thread.Sleep(8);
            JsonObject result = Bowl(trial);
            lock (folder) File.AppendAllText(Path.Combine(path, $"ends.{Environment.ProcessId}.txt"), $"{trial.Index}\n");
            return result;
        });
    }

    private static void Die(string path) => Run(SweepFolder.Open(path), 1, trial =>
    {
        if (trial.Index == 1) Process.GetCurrentProcess().Kill();
        return Bowl(trial);
    });

    private static int[] Ends(SweepFolder folder) => [.. Directory.GetFiles(folder.Path, "ends.*.txt").SelectMany(File.ReadAllLines).Select(int.Parse)];

    private static int Ended(SweepFolder folder) => Directory.GetFiles(folder.Path, "result.json", SearchOption.AllDirectories).Length;

    private static string[] Table(SweepFolder folder) => [.. Enumerable.Range(0, folder.Plan.TrialCount).Select(i => folder.Read(i)!)
        .Select(r => $"{r.Index} {r.State} {folder.Plan.Space.At(r.Place)} {r.Seed} {string.Join(' ', r.Values.Select(v => v.ToString("R")))}")];

    [SmallDiskFact]
    public void A_result_without_room_is_an_error_and_its_trial_open_again()
    {
        using var disk = new SmallDisk();
        SweepFolder folder = SweepFolder.Create(Path.Combine(disk.Root, "sweep"), Plan(new RandomSampler(), 6) with { MaxRetry = 0 });
        var runs = new List<int>();
        JsonObject Body(TrialAssignment trial)
        {
            runs.Add(trial.Index);
            if (runs.Count == 3) disk.Fill();
            return Bowl(trial);
        }
        ExperimentException error = Assert.Throws<ExperimentException>(() => { Run(folder, 1, Body); });
        Assert.Equal("FileNotWritable", error.ErrorId);
        Assert.Contains(Path.Combine(folder.FolderOf(2), "result.json"), error.Message);
        Assert.Contains("disk is full", error.Message);
        Assert.Contains($"Resume-Sweep '{folder.Path}'", error.Message);
        Assert.Equal([TrialState.Finished, TrialState.Finished, TrialState.Waiting], Enumerable.Range(0, 3).Select(SweepFolder.Open(folder.Path).StateOf));
        Assert.Empty(Directory.EnumerateFiles(disk.Root, "tmp.*", SearchOption.AllDirectories));
        disk.MakeRoom();
        // Not a crash, of which none would be forgiven; and what has ended is not run again.
        Assert.Equal(WorkerExit.Done, Run(SweepFolder.Open(folder.Path), 1, Body));
        Assert.Equal([0, 1, 2, 2, 3, 4, 5], runs);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal((double)Bowl(folder.Plan.Space.At(folder.Read(i)!.Place), folder.Read(i)!.Seed)["Loss"]!, folder.Read(i)!.Values[0]));
    }

    private static SweepPlan Plan(Sampler sampler, int points) => new()
    {
        Space = SweepSpace.From(new OrderedDictionary { ["x"] = "-1..1", ["kind"] = "a, b", ["y"] = "log 1e-3..1 when kind = b" }), Sampler = sampler, Points = points, Seed = 4,
        Objectives = [new("Loss", SweepGoal.Auto)],
    };

    private static JsonObject Bowl(TrialAssignment trial) => Bowl(trial.Setting, trial.Seed);

    private static JsonObject Bowl(Setting s, long seed) =>
        new() { ["Loss"] = Math.Pow((double)s["x"]! - .3, 2) + (s.Contains("y") ? Math.Abs(Math.Log((double)s["y"]!) + 3) / 9 : .5) + .01 * seed, ["Note"] = "note of the trial" };

    private static WorkerExit Run(SweepFolder folder, int workers, Func<TrialAssignment, JsonObject> body, CancellationToken cancellation = default) =>
        new SweepRunner(folder) { Workers = workers }.Run(() => new Body(body), cancellation);

    private sealed class Body(Func<TrialAssignment, JsonObject> run) : TrialBody
    {
        public override JsonObject Run(TrialAssignment trial, CancellationToken cancellation) => run(trial);
    }
}
