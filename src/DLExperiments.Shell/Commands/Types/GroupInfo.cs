using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;

// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>A group of objects with equal keys, written by Group-Object.</summary>
public class GroupInfo
{
    internal GroupInfo(ArrayList values, string name, IList<PSObject> members)
        : this(values, name, members.Count) => Group = new Collection<PSObject>(members);

    private protected GroupInfo(ArrayList values, string name, int count) => (Values, Name, Count) = (values, name, count);

    /// <summary>The values of the keys.</summary>
    public ArrayList Values { get; }

    /// <summary>How many objects the group has.</summary>
    public int Count { get; }

    /// <summary>The objects; none with -NoElement.</summary>
    public Collection<PSObject> Group { get; } = [];

    /// <summary>The values of the keys as text, joined by commas.</summary>
    public string Name { get; }

    internal static string BuildName(ArrayList values)
    {
        var name = new StringBuilder();
        foreach (var value in values)
        {
            if (value is null)
                continue;
            if (name.Length > 0)
                name.Append(", ");
            if ((value is PSObject wrapped ? wrapped.BaseObject : value) is ICollection items)
                name.Append('{').AppendJoin(", ", items.Cast<object?>()).Append('}');
            else
                name.Append(value);
        }
        return name.ToString();
    }
}
