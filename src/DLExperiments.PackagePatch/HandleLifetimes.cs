using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace DLExperiments.PackagePatch;

/// <summary>
/// Edits TorchSharp's managed assembly so that an object lives at least as long as the native call that uses it. TorchSharp
/// hands the bare pointer of a <c>Scalar</c> or <c>Tensor</c> to libtorch and then has no more use for the object; a garbage
/// collection at that moment finalizes it, which frees the pointer while libtorch still reads it. Numbers in an expression
/// become such Scalars (<c>t.add_(0.5)</c>, and inside of TorchSharp the 1 of <c>a + b</c>), so no caller can avoid it.
/// Every method that takes such a pointer now keeps the objects alive until it returns; nothing else changes.
/// </summary>
public static class HandleLifetimes
{
    private static readonly string[] Owners = ["TorchSharp.Scalar", "TorchSharp.torch/Tensor", "TorchSharp.torch/Generator"];

    /// <summary>Writes an assembly in which every method keeps alive what it takes native pointers of.</summary>
    /// <param name="source">The path of TorchSharp.dll as its makers ship it.</param>
    /// <param name="target">Where to write the edited assembly.</param>
    /// <returns>How many uses of a pointer are covered.</returns>
    /// <exception cref="InvalidDataException">The file is no assembly, or has no such use.</exception>
    public static int Extend(string source, string target)
    {
        try
        {
            // Names beside the package's own folder are not needed: the core library's are found in the assembly's references.
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(source);
            ModuleDefinition module = assembly.MainModule;
            MethodReference keepAlive = KeepAlive(module);
            int uses = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => Extend(method, keepAlive));
            if (uses == 0) throw new InvalidDataException("no use of a native pointer found: is this TorchSharp?");
            assembly.Write(target);
            return uses;
        }
        catch (BadImageFormatException e)
        {
            throw new InvalidDataException("not a .NET assembly", e);
        }
    }

    /// <summary>True for an instruction that takes the native pointer out of an object whose finalizer frees it.</summary>
    public static bool TakesPointer(Instruction instruction) =>
        instruction.OpCode.FlowControl == FlowControl.Call
        && instruction.Operand is MethodReference { Name: "get_Handle" } getter && Owners.Contains(getter.DeclaringType.FullName);

    /// <summary>True for the call that keeps an object alive up to it.</summary>
    public static bool KeepsAlive(Instruction instruction) =>
        instruction.Operand is MethodReference { Name: "KeepAlive", DeclaringType.FullName: "System.GC" };

    private static int Extend(MethodDefinition method, MethodReference keepAlive)
    {
        MethodBody body = method.Body;
        List<Instruction> uses = [.. body.Instructions.Where(TakesPointer)];
        // A list of tensors is read by a lambda or a loop of its own, whose end is not the end of the native call; and a
        // tensor's own methods read its field.
        List<ParameterDefinition> holders = [.. method.Parameters.Where(parameter => HoldsOwners(parameter.ParameterType))];
        if (method.HasThis && Owners.Contains(method.DeclaringType.FullName)) holders.Insert(0, body.ThisParameter);
        if (!CallsNative(body)) holders.Clear();
        if (uses.Count == 0 && holders.Count == 0) return 0;

        body.SimplifyMacros(); // short branches may not reach any longer
        ILProcessor il = body.GetILProcessor();
        var kept = new List<VariableDefinition>();
        foreach (Instruction use in uses)
        {
            var variable = new VariableDefinition(method.Module.TypeSystem.Object);
            body.Variables.Add(variable);
            kept.Add(variable);
            // In place, because a branch (x?.Handle) may lead to the call: it now leads to the copy that is kept.
            Instruction call = il.Create(use.OpCode, use.Operand as MethodReference);
            use.OpCode = OpCodes.Dup;
            use.Operand = null;
            Instruction store = il.Create(OpCodes.Stloc, variable);
            il.InsertAfter(use, store);
            il.InsertAfter(store, call);
        }
        body.InitLocals = true; // a use that was jumped over keeps null alive
        foreach (Instruction end in body.Instructions.Where(i => i.OpCode == OpCodes.Ret).ToList())
        {
            List<Instruction> tail = [];
            foreach (VariableDefinition variable in kept) tail.AddRange([il.Create(OpCodes.Ldloc, variable), il.Create(OpCodes.Call, keepAlive)]);
            foreach (ParameterDefinition holder in holders) tail.AddRange([il.Create(OpCodes.Ldarg, holder), il.Create(OpCodes.Call, keepAlive)]);
            tail.Add(il.Create(OpCodes.Ret));
            // The first goes into the place of the return, again because branches lead there.
            (end.OpCode, end.Operand) = (tail[0].OpCode, tail[0].Operand);
            Instruction last = end;
            foreach (Instruction next in tail.Skip(1))
            {
                il.InsertAfter(last, next);
                last = next;
            }
        }
        body.OptimizeMacros();
        return uses.Count + holders.Count;
    }

    /// <summary>True for an array or a collection of such objects.</summary>
    private static bool HoldsOwners(TypeReference type) => type switch
    {
        ArrayType array => Owners.Contains(array.ElementType.FullName),
        GenericInstanceType generic => generic.GenericArguments.Any(a => Owners.Contains(a.FullName)) && !generic.IsValueType && !generic.Name.StartsWith("Func`"),
        _ => false,
    };

    private static bool CallsNative(MethodBody body) =>
        body.Instructions.Any(i => i.Operand is MethodReference { DeclaringType.FullName: "TorchSharp.PInvoke.NativeMethods" });

    private static MethodReference KeepAlive(ModuleDefinition module)
    {
        var collector = new TypeReference("System", "GC", module, module.TypeSystem.CoreLibrary);
        var method = new MethodReference("KeepAlive", module.TypeSystem.Void, collector);
        method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Object));
        return method;
    }
}
