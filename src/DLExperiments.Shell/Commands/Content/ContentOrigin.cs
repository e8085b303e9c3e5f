using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Content;

/// <summary>Where content came from: the notes that Get-Content puts on each line, so that a line can be piped on as an item.</summary>
internal sealed class ContentOrigin
{
    private readonly PSNoteProperty[] notes;

    internal ContentOrigin(PathInfo item, SessionState session)
    {
        notes =
        [
            new("PSPath", item.Path),
            .. Place(item, session),
            .. item.Drive is { } drive ? new PSNoteProperty[] { new("PSDrive", drive) } : [],
            new("PSProvider", item.Provider),
        ];
    }

    internal PSObject Mark(object content, long read)
    {
        // A string's members live in a table shared by equal strings unless the wrapper is new.
        var marked = new PSObject(content);
        foreach (var note in notes) marked.Properties.Add(note, preValidated: true);
        marked.Properties.Add(new PSNoteProperty("ReadCount", read), preValidated: true);
        return marked;
    }

    private static PSNoteProperty[] Place(PathInfo item, SessionState session)
    {
        try
        {
            return
            [
                new("PSParentPath", session.Path.ParseParent(item.Path, "")),
                new("PSChildName", session.Path.ParseChildName(item.Path)),
            ];
        }
        catch (PSNotSupportedException)
        {
            // Variables, functions and their like lie flat: their provider knows no parents.
            return [new("PSChildName", item.ProviderPath)];
        }
    }
}
