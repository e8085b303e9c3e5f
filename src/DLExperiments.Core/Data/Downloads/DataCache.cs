using DLExperiments.Data.Named;
using DLExperiments.Errors;

namespace DLExperiments.Data.Downloads;

/// <summary>
/// The folder where named data sets are kept: a folder for each set with its files as they were fetched, and <c>unpacked</c> for what was in
/// an archive. Files that were put there by hand do as well. Several processes may use it at once.
/// </summary>
public sealed class DataCache
{
    /// <summary>The variable of the environment that names the folder.</summary>
    public const string RootVariable = "DLEXPERIMENTS_DATA";

    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Opens a cache; nothing is made before it is needed.</summary>
    /// <param name="root">The folder; null for that of the environment, else the user's own cache folder.</param>
    public DataCache(string? root = null) => Root = Path.GetFullPath(root ?? DefaultRoot);

    /// <summary>The folder.</summary>
    public string Root { get; }

    private static string DefaultRoot =>
        Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } named ? named
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "DLExperiments", "data")
        : OperatingSystem.IsMacOS() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Caches", "DLExperiments", "data")
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "DLExperiments", "data");

    /// <summary>The folder of a data set.</summary>
    /// <param name="set">The data set.</param>
    public string FolderOf(NamedDataset set) => Path.Combine(Root, set.Name);

    /// <summary>Whether all of a data set is there.</summary>
    /// <param name="set">The data set.</param>
    public bool Holds(NamedDataset set) => set.Files.All(f => File.Exists(PathOf(set, f)) || (f.IsArchive && Directory.Exists(Unpacked(set))));

    /// <summary>Fetches what is missing of a data set, verifies what nobody has verified yet, and unpacks its archive.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="settings">From where, and how patiently.</param>
    /// <param name="force">Whether to fetch anew what is there.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops; what has come is kept for the next time.</param>
    /// <returns>The folder with the files: that of the data set, or what its archive was unpacked to.</returns>
    /// <exception cref="ExperimentException">
    /// DatasetUnavailable: it cannot be fetched; the message says why, and what to fetch by hand. ChecksumMismatch: a file in the cache is
    /// another one. UnsafeArchive or DamagedArchive.
    /// </exception>
    public string Ensure(NamedDataset set, DownloadSettings settings, bool force = false, Action<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        string folder = FolderOf(set);
        // A cache that others fill may be read-only; one that is complete is not touched.
        if (!force && IsReady(set)) return Content(set);
        try
        {
            Directory.CreateDirectory(folder);
            using FileStream held = Lock(folder, progress, cancellation);
            if (force) Clear(folder);
            foreach (string leftOver in Directory.EnumerateDirectories(folder, "unpacked.tmp.*")) Directory.Delete(leftOver, recursive: true);
            Fetch(set, settings, progress, cancellation);
            if (set.Files.FirstOrDefault(f => f.IsArchive) is { } archive && !Directory.Exists(Unpacked(set))) Unpack(set, archive, progress, cancellation);
            return Content(set);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ExperimentException("CacheNotWritable", ErrorKind.Io, $"The cache folder '{folder}' cannot be written: {e.Message} Choose another with -Root or ${RootVariable}.", folder, e);
        }
    }

    private bool IsReady(NamedDataset set) =>
        set.Files.All(f => f.IsArchive ? Directory.Exists(Unpacked(set)) : File.Exists(PathOf(set, f)) && IsVerified(PathOf(set, f)));

    private string Content(NamedDataset set) => set.Files.Any(f => f.IsArchive) ? Unpacked(set) : FolderOf(set);

    private string Unpacked(NamedDataset set) => Path.Combine(FolderOf(set), "unpacked");

    private string PathOf(NamedDataset set, RemoteFile file) => Path.Combine(FolderOf(set), file.Name);

    private void Fetch(NamedDataset set, DownloadSettings settings, Action<DownloadProgress>? progress, CancellationToken cancellation)
    {
        using var downloader = new Downloader(settings, progress);
        foreach (RemoteFile file in set.Files)
        {
            string path = PathOf(set, file);
            if (file.IsArchive && Directory.Exists(Unpacked(set))) continue;
            if (!File.Exists(path)) Download(downloader, set, file, settings, cancellation);
            else if (!IsVerified(path)) VerifyByHand(file, path, progress, cancellation);
            MarkVerified(path);
        }
    }

    private void Download(Downloader downloader, NamedDataset set, RemoteFile file, DownloadSettings settings, CancellationToken cancellation)
    {
        string[] addresses = settings.Mirrors.Count == 0 ? file.Addresses : [.. settings.Mirrors.Select(m => $"{m.TrimEnd('/', '\\')}/{set.Name}/{file.Name}")];
        try
        {
            downloader.Download(file, addresses, PathOf(set, file), cancellation);
        }
        catch (ExperimentException e) when (e.ErrorId is "DownloadFailed" or "ChecksumMismatch")
        {
            string[] missing = [.. set.Files.Where(f => !File.Exists(PathOf(set, f))).Select(f => f.Addresses[0])];
            throw new ExperimentException("DatasetUnavailable", ErrorKind.Io,
                $"{set.Name} is not in the cache and cannot be fetched. {e.Message} Without a connection, fetch {string.Join(" and ", missing)} elsewhere and put {(missing.Length == 1 ? "it" : "them")} "
                + $"into '{FolderOf(set)}'; or name a folder or an address that has the files with -Mirror.{(File.Exists(PathOf(set, file) + ".part") ? " What has come is kept, and the next try goes on from there." : "")}", set.Name, e);
        }
    }

    private static void VerifyByHand(RemoteFile file, string path, Action<DownloadProgress>? progress, CancellationToken cancellation)
    {
        progress?.Invoke(new DownloadProgress(file.Name, "verifying"));
        if (file.Checksum is { } wanted && wanted.Of(path, cancellation) is var found && found != wanted.Value)
            throw new ExperimentException("ChecksumMismatch", ErrorKind.InvalidData,
                $"'{path}' is not the file that it should be, or is damaged: its {wanted.Algorithm.Name} is {found} instead of {wanted.Value}. Replace it, or fetch it anew with -Force.", path);
    }

    private void Unpack(NamedDataset set, RemoteFile archive, Action<DownloadProgress>? progress, CancellationToken cancellation) =>
        ArchiveExtractor.Extract(PathOf(set, archive), Unpacked(set), set.UnpackedLimit, set.Includes,
            done => progress?.Invoke(new DownloadProgress(archive.Name, $"unpacking, {done} files")), cancellation);

    /// <summary>One process at a time works in a folder; the others wait. The lock ends with its process, however that ends.</summary>
    private static FileStream Lock(string folder, Action<DownloadProgress>? progress, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, ".lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not DirectoryNotFoundException and not PathTooLongException && IsSharing(e))
            {
                progress?.Invoke(new DownloadProgress(Path.GetFileName(folder), "waiting for another process that is fetching it"));
                cancellation.WaitHandle.WaitOne(LockInterval);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    // Sharing and lock violations on Windows; EWOULDBLOCK of flock elsewhere (11 on Linux, 35 on macOS).
    private static bool IsSharing(IOException e) => (e.HResult & 0xFFFF) is 32 or 33 or 11 or 35;

    private static void Clear(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f) != ".lock")) File.Delete(file);
        foreach (string inner in Directory.EnumerateDirectories(folder)) Directory.Delete(inner, recursive: true);
    }

    /// <summary>A file counts as verified as long as it has the length and the time that it had then.</summary>
    private static string Stamp(string path) => FormattableString.Invariant($"{new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path).Ticks}");

    private static bool IsVerified(string path) => File.Exists(path + ".verified") && File.ReadAllText(path + ".verified") == Stamp(path);

    private static void MarkVerified(string path) => File.WriteAllText(path + ".verified", Stamp(path));
}
