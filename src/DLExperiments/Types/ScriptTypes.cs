using System.Management.Automation;
using System.Reflection;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Types;

/// <summary>
/// Makes the module's public types resolve in scripts as <c>[DLExperiments.Networks.NetworkDefinition]</c>. PowerShell looks type names
/// up in the default load context only, and the module lives in its own; a type accelerator is found before any assembly.
/// </summary>
public static class ScriptTypes
{
    private static readonly Type? Accelerators = typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators");
    private static readonly object Gate = new();
    private static readonly Lazy<Type[]> Types = new(() => [.. All()]);
    private static int users;
    private static bool tensors;

    /// <summary>The types that scripts can name: public, not generic, neither cmdlets and what serves them nor attributes.</summary>
    /// <returns>Types of the engine and of the cmdlet assembly.</returns>
    public static IEnumerable<Type> All() =>
        typeof(ExperimentException).Assembly.GetExportedTypes()
            .Concat(typeof(ScriptTypes).Assembly.GetExportedTypes())
            .Where(t => !t.IsGenericTypeDefinition && !t.IsNested && !typeof(Attribute).IsAssignableFrom(t)
                && !t.Namespace!.StartsWith("DLExperiments.Commands", StringComparison.Ordinal) && t != typeof(ScriptTypes));

    /// <summary>Loads the types, so that <see cref="Register"/> need not; for a thread beside the one that imports the module.</summary>
    public static void Prepare() => _ = Types.Value;

    /// <summary>Makes the types known by name; called when the module is imported. The table is the process's, so imports are counted.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (users++ > 0) return;
            if (Method("Add", typeof(string), typeof(Type)) is not { } add) return;
            Action<string, Type> added = add.CreateDelegate<Action<string, Type>>();
            foreach (Type type in Types.Value) added(type.FullName!, type);
        }
    }

    /// <summary>
    /// Makes <c>[torch]</c>, <c>[torch.nn.functional]</c> and <c>[TorchSharp.torch]</c> known, for scripts over tensors. Called with the first of them: the
    /// import of the module does not load TorchSharp.
    /// </summary>
    public static void RegisterTensors()
    {
        lock (Gate)
        {
            if (tensors || Method("Add", typeof(string), typeof(Type)) is not { } add) return;
            foreach ((string name, Type type) in TensorTypes()) add.Invoke(null, [name, type]);
            tensors = true;
        }
    }

    private static (string Name, Type Type)[] TensorTypes() =>
        [("TorchSharp.torch", typeof(torch)), ("torch", typeof(torch)), ("torch.nn.functional", typeof(torch.nn.functional))];

    /// <summary>Takes the names away again with the last import; called when the module is removed.</summary>
    public static void Unregister()
    {
        lock (Gate)
        {
            if (users == 0 || --users > 0) return;
            if (Method("Remove", typeof(string)) is not { } remove) return;
            foreach (Type type in Types.Value) remove.Invoke(null, [type.FullName]);
            if (tensors)
                foreach ((string name, _) in TensorTypes()) remove.Invoke(null, [name]);
            tensors = false;
        }
    }

    private static MethodInfo? Method(string name, params Type[] parameters) =>
        Accelerators?.GetMethod(name, BindingFlags.Public | BindingFlags.Static, parameters);
}
