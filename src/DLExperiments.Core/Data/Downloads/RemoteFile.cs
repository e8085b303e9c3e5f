namespace DLExperiments.Data.Downloads;

/// <summary>A file to be fetched.</summary>
/// <param name="Name">What it is called in the cache.</param>
/// <param name="Bytes">How long it is, for progress and lists.</param>
/// <param name="Checksum">What it must add up to, or null when no one has published it: then only the reader can tell a wrong file.</param>
/// <param name="Addresses">Where it lies, the first choice first.</param>
public sealed record RemoteFile(string Name, long Bytes, Checksum? Checksum, params string[] Addresses)
{
    /// <summary>Whether it is an archive of files that is unpacked beside itself.</summary>
    public bool IsArchive => ArchiveExtractor.Knows(Name);
}
