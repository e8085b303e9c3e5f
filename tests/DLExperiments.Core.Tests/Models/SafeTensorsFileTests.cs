using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Models;

public sealed class SafeTensorsFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-safetensors-").FullName;

    private string File1 => Path.Combine(folder, "a.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Bytes_are_those_of_the_published_format()
    {
        Write();
        byte[] bytes = File.ReadAllBytes(File1);
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        JsonNode header = JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, headerLength))!;

        Assert.Equal(0, headerLength % 8);
        Assert.Equal("F32", header["l.weight"]!["dtype"]!.GetValue<string>());
        Assert.Equal("[2,3]", header["l.weight"]!["shape"]!.ToJsonString());
        Assert.Equal("[0,24]", header["l.weight"]!["data_offsets"]!.ToJsonString());
        Assert.Equal("[24,32]", header["l.bias"]!["data_offsets"]!.ToJsonString());
        Assert.Equal("hello", header["__metadata__"]!["note"]!.GetValue<string>());
        // 32 bytes of numbers follow the header; the first is 1.5f = 0x3FC00000 in little-endian order.
        Assert.Equal(8 + headerLength + 32, bytes.Length);
        Assert.Equal([0x00, 0x00, 0xC0, 0x3F], bytes[(8 + headerLength)..(12 + headerLength)]);
    }

    [Fact]
    public void Reads_back_what_was_written()
    {
        Write();
        (IReadOnlyList<WeightTensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensorsFile.Read(File1);
        Assert.Equal(["l.weight", "l.bias"], tensors.Select(t => t.Name));
        Assert.Equal([1.5f, -2, 3, 4, 5, float.MaxValue], tensors[0].Values);
        Assert.Equal("hello", metadata["note"]);
    }

    [Fact]
    public void Reads_a_file_of_another_writer_without_checksum()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""");
        using (var stream = File.Create(File1))
        {
            stream.Write(BitConverter.GetBytes((ulong)header.Length));
            stream.Write(header);
            stream.Write(BitConverter.GetBytes(1f));
            stream.Write(BitConverter.GetBytes(2f));
        }
        Assert.Equal([1f, 2f], SafeTensorsFile.Read(File1).Tensors[0].Values);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        Write();
        byte[] whole = File.ReadAllBytes(File1);
        for (int length = 0; length < whole.Length; length += length < 16 ? 1 : 7)
        {
            File.WriteAllBytes(File1, whole[..length]);
            var error = Assert.Throws<ExperimentException>(() => SafeTensorsFile.Read(File1));
            Assert.Equal("InvalidModelFile", error.ErrorId);
            Assert.Contains(File1, error.Message);
        }
    }

    [Fact]
    public void A_changed_number_is_noticed()
    {
        Write();
        byte[] bytes = File.ReadAllBytes(File1);
        bytes[^1] ^= 1;
        File.WriteAllBytes(File1, bytes);
        Assert.Contains("checksum", Assert.Throws<ExperimentException>(() => SafeTensorsFile.Read(File1)).Message);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", "F16")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "does not fit its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "does not fit its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2]}}""", "not a whole safetensors file")]
    [InlineData("""{"x":5}""", "not a whole safetensors file")]
    [InlineData("PK\u0003\u0004 a zip file", "not JSON")]
    public void Foreign_and_malformed_headers_are_refused(string header, string says)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(File1, [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. new byte[8]]);
        Assert.Contains(says, Assert.Throws<ExperimentException>(() => SafeTensorsFile.Read(File1)).Message);
    }

    [Fact]
    public void An_existing_file_is_kept_unless_forced()
    {
        File.WriteAllText(File1, "precious");
        Assert.Equal("FileExists", Assert.Throws<ExperimentException>(() => Write()).ErrorId);
        Assert.Equal("precious", File.ReadAllText(File1));
        Write(overwrite: true);
        Assert.Equal(2, SafeTensorsFile.Read(File1).Tensors.Count);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_litter()
    {
        File.WriteAllText(File1, "precious");
        Assert.Throws<InvalidOperationException>(() => DLExperiments.Files.AtomicFile.Write(File1, overwrite: true, stream =>
        {
            stream.Write(new byte[100]);
            throw new InvalidOperationException();
        }));
        Assert.Equal("precious", File.ReadAllText(File1));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var error = Assert.Throws<ExperimentException>(() =>
            SafeTensorsFile.Write(Path.Combine(folder, "no", "x.safetensors"), [], new Dictionary<string, string>(), overwrite: false));
        Assert.Equal("FolderNotFound", error.ErrorId);
        Assert.Contains(Path.Combine(folder, "no"), error.Message);
    }

    private void Write(bool overwrite = false) => SafeTensorsFile.Write(File1,
        [
            new WeightTensor("l.weight", new Shape(2, 3), [1.5f, -2, 3, 4, 5, float.MaxValue]),
            new WeightTensor("l.bias", new Shape(2), [0, 7]),
        ],
        new Dictionary<string, string> { ["note"] = "hello" }, overwrite);
}
