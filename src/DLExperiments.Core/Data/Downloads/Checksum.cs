using System.Security.Cryptography;

namespace DLExperiments.Data.Downloads;

/// <summary>A checksum that the makers of a file, or those who handed it on, have published.</summary>
/// <param name="Algorithm">MD5 or SHA256. MD5 finds damage; it does not protect from someone who means harm.</param>
/// <param name="Value">Lower-case hexadecimal.</param>
public sealed record Checksum(HashAlgorithmName Algorithm, string Value)
{
    /// <summary>An MD5 checksum.</summary>
    /// <param name="value">32 hexadecimal digits.</param>
    public static Checksum MD5(string value) => new(HashAlgorithmName.MD5, value);

    /// <summary>A SHA-256 checksum.</summary>
    /// <param name="value">64 hexadecimal digits.</param>
    public static Checksum SHA256(string value) => new(HashAlgorithmName.SHA256, value);

    /// <summary>The checksum that a file has, of the same algorithm.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string Of(string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(Algorithm);
        using FileStream stream = File.OpenRead(path);
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0; )
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <summary>The algorithm and the digits.</summary>
    public override string ToString() => $"{Algorithm.Name} {Value}";
}
