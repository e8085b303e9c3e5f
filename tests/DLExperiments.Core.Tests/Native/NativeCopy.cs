namespace DLExperiments.Tests.Native;

/// <summary>A throwaway folder that holds this platform's natives as links, of which a test spoils one.</summary>
internal sealed class NativeCopy : IDisposable
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("dlx-native-").FullName;

    /// <summary>Links every native but these.</summary>
    public NativeCopy(params string[] without)
    {
        foreach (string file in Directory.GetFiles(NativeSetup.NativeFolder))
            if (!without.Contains(Path.GetFileName(file)))
                File.CreateSymbolicLink(this[Path.GetFileName(file)], file);
    }

    /// <summary>The path of a file in the folder.</summary>
    public string this[string file] => Path.Combine(Folder, file);

    /// <summary>Puts a spoilt copy in the place of a link.</summary>
    public void Replace(string file, Func<byte[], byte[]> spoil)
    {
        byte[] image = spoil(File.ReadAllBytes(Path.Combine(NativeSetup.NativeFolder, file)));
        File.Delete(this[file]);
        File.WriteAllBytes(this[file], image);
    }

    /// <summary>Puts a file beside the links.</summary>
    public void Add(string file, byte[] image) => File.WriteAllBytes(this[file], image);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
