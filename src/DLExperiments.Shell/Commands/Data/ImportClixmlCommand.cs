using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Import-Clixml: makes again the objects that Export-Clixml wrote.</summary>
[Cmdlet(VerbsData.Import, "Clixml", SupportsPaging = true, DefaultParameterSetName = "ByPath")]
public sealed class ImportClixmlCommand : PSCmdlet
{
    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "ByPath")]
    public string[]? Path { get; set; }

    /// <summary>The files, taken as written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path ?? LiteralPath!)
            foreach (var file in FileTarget.ResolveForReading(this, path, literal: Path is null))
                Read(file);
    }

    private void Read(string file)
    {
        using var text = FileTarget.OpenReader(this, file, EncodingArgumentAttribute.Default);
        var objects = PSSerializer.DeserializeAsList(text.ReadToEnd());
        if (PagingParameters.IncludeTotalCount)
            WriteObject(PagingParameters.NewTotalCount((ulong)objects.Length, accuracy: 1.0));
        for (var i = (long)Math.Min(PagingParameters.Skip, (ulong)objects.Length); i < objects.Length && (ulong)i - PagingParameters.Skip < PagingParameters.First; i++)
            WriteObject(objects[i]);
    }
}
