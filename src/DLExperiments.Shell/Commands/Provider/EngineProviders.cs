using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Runtime.CompilerServices;

namespace DLExperiments.Shell.Commands.Provider;

/// <summary>
/// The calls that the engine's own item commands make into its providers. The public provider intrinsics neither stream, nor take
/// filters, nor a provider's own parameters (-File, -Encoding, -Raw, ...), nor ask for confirmation: only the overloads with a
/// provider context do, and those are not public. They are bound by name and signature here, once, for the pinned engine version.
/// </summary>
internal static class EngineProviders
{
    private const string Context = "System.Management.Automation.CmdletProviderContext, System.Management.Automation";
    private const UnsafeAccessorKind Method = UnsafeAccessorKind.Method;

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Context)]
    internal static extern object NewContext(Cmdlet command);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Context)]
    internal static extern object NewContext(PSCmdlet command, PSCredential credential);

    [UnsafeAccessor(Method, Name = "set_Force")]
    internal static extern void SetForce([UnsafeAccessorType(Context)] object context, SwitchParameter value);

    [UnsafeAccessor(Method, Name = "set_PassThru")]
    internal static extern void SetPassThru([UnsafeAccessorType(Context)] object context, bool value);

    [UnsafeAccessor(Method, Name = "set_SuppressWildcardExpansion")]
    internal static extern void SetLiteral([UnsafeAccessorType(Context)] object context, bool value);

    [UnsafeAccessor(Method, Name = "set_DynamicParameters")]
    internal static extern void SetDynamicParameters([UnsafeAccessorType(Context)] object context, object? value);

    [UnsafeAccessor(Method, Name = "SetFilters")]
    internal static extern void SetFilters([UnsafeAccessorType(Context)] object context, Collection<string> include, Collection<string> exclude, string? filter);

    [UnsafeAccessor(Method, Name = "StopProcessing")]
    internal static extern void Stop([UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetResolvedPSPathFromPSPath")]
    internal static extern Collection<PathInfo> Resolve(PathIntrinsics paths, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Combine")]
    internal static extern string Combine(PathIntrinsics paths, string parent, string child, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "SetLocation")]
    internal static extern PathInfo SetLocation(PathIntrinsics paths, string path, [UnsafeAccessorType(Context)] object context, bool literalPath);

    [UnsafeAccessor(Method, Name = "New")]
    internal static extern void NewDrive(DriveManagementIntrinsics drives, PSDriveInfo drive, string? scope, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Remove")]
    internal static extern void RemoveDrive(DriveManagementIntrinsics drives, string name, bool force, string? scope, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "NewDriveDynamicParameters")]
    internal static extern object? NewDriveParameters(DriveManagementIntrinsics drives, string provider, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Get")]
    internal static extern void Get(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetItemDynamicParameters")]
    internal static extern object? GetParameters(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Exists")]
    internal static extern bool Exists(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "IsContainer")]
    internal static extern bool IsContainer(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "ItemExistsDynamicParameters")]
    internal static extern object? ExistsParameters(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "New")]
    internal static extern void New(ItemCmdletProviderIntrinsics items, string path, string? name, string? type, object? content, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "NewItemDynamicParameters")]
    internal static extern object? NewParameters(ItemCmdletProviderIntrinsics items, string path, string? type, object? content, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Set")]
    internal static extern void Set(ItemCmdletProviderIntrinsics items, string path, object? value, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "SetItemDynamicParameters")]
    internal static extern object? SetParameters(ItemCmdletProviderIntrinsics items, string path, object? value, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Clear")]
    internal static extern void Clear(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "ClearItemDynamicParameters")]
    internal static extern object? ClearParameters(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Invoke")]
    internal static extern void Invoke(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "InvokeItemDynamicParameters")]
    internal static extern object? InvokeParameters(ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Rename")]
    internal static extern void Rename(ItemCmdletProviderIntrinsics items, string path, string newName, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "RenameItemDynamicParameters")]
    internal static extern object? RenameParameters(ItemCmdletProviderIntrinsics items, string path, string newName, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Remove")]
    internal static extern void Remove(ItemCmdletProviderIntrinsics items, string path, bool recurse, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "RemoveItemDynamicParameters")]
    internal static extern object? RemoveParameters(ItemCmdletProviderIntrinsics items, string path, bool recurse, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Copy")]
    internal static extern void Copy(ItemCmdletProviderIntrinsics items, string path, string destination, bool recurse, CopyContainers containers, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "CopyItemDynamicParameters")]
    internal static extern object? CopyParameters(ItemCmdletProviderIntrinsics items, string path, string destination, bool recurse, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Move")]
    internal static extern void Move(ItemCmdletProviderIntrinsics items, string path, string destination, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "MoveItemDynamicParameters")]
    internal static extern object? MoveParameters(ItemCmdletProviderIntrinsics items, string path, string destination, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Get")]
    internal static extern void Get(ChildItemCmdletProviderIntrinsics children, string path, bool recurse, uint depth, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetNames")]
    internal static extern void GetNames(ChildItemCmdletProviderIntrinsics children, string path, ReturnContainers containers, bool recurse, uint depth, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetChildItemsDynamicParameters")]
    internal static extern object? GetParameters(ChildItemCmdletProviderIntrinsics children, string path, bool recurse, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetChildNamesDynamicParameters")]
    internal static extern object? GetNamesParameters(ChildItemCmdletProviderIntrinsics children, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "HasChild")]
    internal static extern bool HasChild(ChildItemCmdletProviderIntrinsics children, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetReader")]
    internal static extern Collection<IContentReader> GetReader(ContentCmdletProviderIntrinsics content, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetContentReaderDynamicParameters")]
    internal static extern object? ReaderParameters(ContentCmdletProviderIntrinsics content, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetWriter")]
    internal static extern Collection<IContentWriter> GetWriter(ContentCmdletProviderIntrinsics content, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetContentWriterDynamicParameters")]
    internal static extern object? WriterParameters(ContentCmdletProviderIntrinsics content, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Clear")]
    internal static extern void Clear(ContentCmdletProviderIntrinsics content, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "ClearContentDynamicParameters")]
    internal static extern object? ClearParameters(ContentCmdletProviderIntrinsics content, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Get")]
    internal static extern void Get(PropertyCmdletProviderIntrinsics properties, string path, Collection<string>? names, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Set")]
    internal static extern void Set(PropertyCmdletProviderIntrinsics properties, string path, PSObject value, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "New")]
    internal static extern void New(PropertyCmdletProviderIntrinsics properties, string path, string name, string? type, object? value, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Remove")]
    internal static extern void Remove(PropertyCmdletProviderIntrinsics properties, string path, string name, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Clear")]
    internal static extern void Clear(PropertyCmdletProviderIntrinsics properties, string path, Collection<string> names, [UnsafeAccessorType(Context)] object context);
}
