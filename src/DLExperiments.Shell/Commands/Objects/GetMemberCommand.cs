using System.Management.Automation;
using System.Management.Automation.Internal;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Get-Member: lists the members of objects, once for each type.</summary>
[Cmdlet(VerbsCommon.Get, "Member", RemotingCapability = RemotingCapability.None)]
[OutputType(typeof(MemberDefinition))]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
    private WildcardPattern[] patterns = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The names of the members, with wildcards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The kinds of members.</summary>
    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    /// <summary>Whether to list what .NET, the adapter or PowerShell's type system gives.</summary>
    [Parameter]
    public PSMemberViewTypes View { get; set; } = PSMemberViewTypes.Adapted | PSMemberViewTypes.Extended;

    /// <summary>Lists the static members.</summary>
    [Parameter]
    public SwitchParameter Static { get; set; }

    /// <summary>Lists hidden members and accessors too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        patterns = [.. Name.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || InputObject == AutomationNull.Value)
            return;
        var type = Static ? InputObject.BaseObject as Type ?? InputObject.BaseObject.GetType() : null;
        var typeName = type?.FullName ?? (InputObject.TypeNames.Count > 0 ? InputObject.TypeNames[0] : "<null>");
        if (!seen.Add(typeName))
            return;
        var members = type is null ? Members(InputObject) : StaticMembers(InputObject);
        WriteObject(
            members.Where(IsWanted)
                .OrderBy(member => member.MemberType.ToString(), StringComparer.OrdinalIgnoreCase)
                .ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase)
                .Select(member => new MemberDefinition(typeName, member.Name, member.MemberType, member.ToString()!)),
            enumerateCollection: true);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (seen.Count == 0)
            WriteError(new ErrorRecord(new InvalidOperationException("You must specify an object for the Get-Member cmdlet."),
                "NoObjectInGetMember", ErrorCategory.CloseError, null));
    }

    private IEnumerable<PSMemberInfo> Members(PSObject item)
    {
        IEnumerable<PSMemberInfo> members = Force
            ? item.Members.Concat(
                new[] { "psbase", "psadapted", "psextended", "psobject", "pstypenames" }.Select(name => item.Members[name]).Where(member => member is not null))
            : item.Members;
        if (View == PSMemberViewTypes.All)
            return members;
        if (View == PSMemberViewTypes.Base)
            return (item.Members["psbase"] as PSMemberSet)?.Members ?? members;
        return members.Where(member => View.HasFlag(IsAdapted(member) ? PSMemberViewTypes.Adapted : PSMemberViewTypes.Extended));
    }

    private static bool IsAdapted(PSMemberInfo member) =>
        member is PSProperty or PSMethod or PSParameterizedProperty or PSEvent or PSDynamicMember;

    private static IEnumerable<PSMemberInfo> StaticMembers(PSObject item) =>
        (IEnumerable<PSMemberInfo>)EngineAccess.StaticMembers(item.BaseObject);

    private bool IsWanted(PSMemberInfo member) =>
        (member.MemberType & MemberType) != 0
        && Array.Exists(patterns, pattern => pattern.IsMatch(member.Name))
        && (Force || member is not PSMethod method || !(bool)EngineAccess.Get(method, "IsSpecial")!);
}
