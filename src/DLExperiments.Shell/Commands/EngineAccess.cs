using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace DLExperiments.Shell.Commands;

/// <summary>
/// The few members of the engine that pwsh's own command assemblies reach because the engine names them as friends, and
/// that have no public equal: stopping the upstream pipeline, scoped variables and aliases, the formatter's shapes.
/// All reflection over engine internals is in this file and in <c>Formatting/FormatterAccess.cs</c>, so that an engine
/// update that moves one of them breaks in one place, with a message that names it.
/// </summary>
internal static class EngineAccess
{
    internal const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    internal static Type Type(string name) => Engine.GetType(name, throwOnError: true)!;

    internal static object Create(string typeName, params object?[] arguments) => Unwrap(() =>
        Activator.CreateInstance(Type(typeName), Any & ~BindingFlags.Static, binder: null, arguments, culture: null)!)!;

    internal static object? Get(object target, string member)
    {
        for (var type = target.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(member, Any | BindingFlags.DeclaredOnly) is { } field)
                return field.GetValue(target);
            if (type.GetProperty(member, Any | BindingFlags.DeclaredOnly) is { } property)
                return property.GetValue(target);
        }
        throw new MissingMemberException(target.GetType().FullName, member);
    }

    internal static void Set(object target, string member, object? value)
    {
        for (var type = target.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(member, Any | BindingFlags.DeclaredOnly) is { } field)
            {
                field.SetValue(target, value);
                return;
            }
            if (type.GetProperty(member, Any | BindingFlags.DeclaredOnly) is { CanWrite: true } property)
            {
                property.SetValue(target, value);
                return;
            }
        }
        throw new MissingMemberException(target.GetType().FullName, member);
    }

    /// <summary>Calls the overload whose parameters take the arguments (null takes any reference type).</summary>
    internal static object? Invoke(object target, string method, params object?[] arguments) =>
        InvokeOn(target.GetType(), target, method, arguments);

    internal static object? InvokeStatic(string typeName, string method, params object?[] arguments) =>
        InvokeOn(Type(typeName), null, method, arguments);

    private static object? InvokeOn(Type declaring, object? target, string method, object?[] arguments)
    {
        for (var type = declaring; type is not null; type = type.BaseType)
            foreach (var candidate in type.GetMethods(Any | BindingFlags.DeclaredOnly))
                if (candidate.Name == method && Takes(candidate.GetParameters(), arguments))
                    return Unwrap(() => candidate.Invoke(target, arguments));
        throw new MissingMethodException(declaring.FullName, method);
    }

    private static bool Takes(ParameterInfo[] parameters, object?[] arguments)
    {
        if (parameters.Length != arguments.Length)
            return false;
        for (var i = 0; i < arguments.Length; i++)
        {
            var type = parameters[i].ParameterType;
            if (arguments[i] is { } argument ? !type.IsInstanceOfType(argument) : type.IsValueType && Nullable.GetUnderlyingType(type) is null)
                return false;
        }
        return true;
    }

    private static object? Unwrap(Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>The exception that ends the commands upstream of <paramref name="cmdlet"/> quietly, as Select-Object -First does.</summary>
    internal static Exception StopUpstream(PSCmdlet cmdlet) =>
        (Exception)Create("System.Management.Automation.StopUpstreamCommandsException", cmdlet);

    /// <summary>What makes a cmdlet of the session say that it comes from a module.</summary>
    internal static PSSnapInInfo Origin(string module) => (PSSnapInInfo)Create("System.Management.Automation.PSSnapInInfo",
        module, true, AppContext.BaseDirectory, typeof(EngineAccess).Assembly.GetName().Name!, module, new Version(5, 1), new Version(7, 0, 0, 0),
        new System.Collections.ObjectModel.Collection<string>(), new System.Collections.ObjectModel.Collection<string>(), module, "");

    /// <summary>Makes commands of a session say so, <see cref="Origin"/> by <see cref="Origin"/>.</summary>
    internal static Action<InitialSessionStateEntry, PSSnapInInfo> OriginSetter { get; } =
        typeof(InitialSessionStateEntry).GetMethod("SetPSSnapIn", Any)?.CreateDelegate<Action<InitialSessionStateEntry, PSSnapInInfo>>()
        ?? throw new MissingMethodException(nameof(InitialSessionStateEntry), "SetPSSnapIn");

    /// <summary>A function of a session that is parsed when it is first called.</summary>
    internal static SessionStateFunctionEntry LateFunction(string name, string definition) =>
        (SessionStateFunctionEntry)InvokeStatic(typeof(SessionStateFunctionEntry).FullName!, "GetDelayParsedFunctionEntry", name, definition, true)!;

    internal static object Context(PSCmdlet cmdlet) => Get(cmdlet, "Context")!;

    /// <summary>The session state behind the public one: it alone knows scopes by name or number.</summary>
    internal static object Scopes(PSCmdlet cmdlet) => Get(cmdlet.SessionState, "Internal")!;

    /// <summary>The static members of a type (or of an object's type), as the adapter of .NET shows them.</summary>
    internal static object StaticMembers(object target)
    {
        var adapter = typeof(PSObject).GetMember("DotNetStaticAdapter", Any).Single() switch
        {
            FieldInfo field => field.GetValue(null)!,
            PropertyInfo property => property.GetValue(null)!,
            _ => throw new MissingMemberException(nameof(PSObject), "DotNetStaticAdapter"),
        };
        for (var type = adapter.GetType(); type is not null; type = type.BaseType)
            if (type.GetMethods(Any | BindingFlags.DeclaredOnly).FirstOrDefault(method => method.Name == "BaseGetMembers") is { } method)
                return Unwrap(() => method.MakeGenericMethod(typeof(PSMemberInfo)).Invoke(adapter, [target]))!;
        throw new MissingMethodException(adapter.GetType().FullName, "BaseGetMembers");
    }

    /// <summary>Runs a script block in the scope of the caller, its output going nowhere, its errors to the caller's stream.</summary>
    internal static void RunAndDropOutput(ScriptBlock script, object? dollarUnder)
    {
        var nowhere = Create("System.Management.Automation.Internal.Pipe");
        Set(nowhere, "NullPipe", true);
        var method = typeof(ScriptBlock).GetMethods(Any).Single(candidate => candidate.Name == "InvokeWithPipe");
        var values = new Dictionary<string, object?>
        {
            ["useLocalScope"] = false,
            ["errorHandlingBehavior"] = Enum.Parse(method.GetParameters()[1].ParameterType, "WriteToCurrentErrorPipe"),
            ["dollarUnder"] = dollarUnder,
            ["input"] = Array.Empty<object>(),
            ["scriptThis"] = System.Management.Automation.Internal.AutomationNull.Value,
            ["outputPipe"] = nowhere,
        };
        var arguments = method.GetParameters()
            .Select(parameter => values.TryGetValue(parameter.Name!, out var value) ? value : parameter.HasDefaultValue ? parameter.DefaultValue : null)
            .ToArray();
        Unwrap(() => method.Invoke(script, arguments));
    }

    internal static bool IsStrict(PSCmdlet cmdlet, int version) => (bool)Invoke(Context(cmdlet), "IsStrictVersion", version)!;

    /// <summary>Marks an error as raised where the script stands rather than inside the cmdlet, as Write-Error does.</summary>
    internal static void RaiseAtCaller(PSCmdlet cmdlet, ErrorRecord record)
    {
        if (cmdlet.GetVariableValue("MyInvocation") is not InvocationInfo caller)
            return;
        Invoke(record, "SetInvocationInfo", caller);
        Set(record, "PreserveInvocationInfoOnce", true);
    }
}
