using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Types;
using TorchSharp;

namespace DLExperiments.Commands.Networks;

/// <summary>Makes functions over tensors from script blocks.</summary>
internal static class ScriptFunction
{
    /// <summary>Binds a script block that was typed; it keeps the scope in which it was written.</summary>
    internal static TensorFunction From(ScriptBlock script)
    {
        ScriptTypes.RegisterTensors();
        string? unguarded = FindUnguarded(script);
        string text = script.ToString();
        Runspace? home = Runspace.DefaultRunspace;
        return new TensorFunction(text, inputs =>
        {
            if (unguarded is not null)
                throw new ExperimentException("UnguardedCall", ErrorKind.InvalidArgument,
                    $"{unguarded} would end the process if its arguments did not fit; write the method of a tensor, as in $x.matmul($y), for which that is an error.", unguarded);
            // A script block goes back to the session it was written in, whose thread waits for this one: elsewhere its text runs anew.
            ScriptBlock here = ReferenceEquals(Runspace.DefaultRunspace, home) ? script : Compile(text);
            return Run(here, inputs);
        });
    }

    /// <summary>Binds text from a file.</summary>
    /// <exception cref="ExperimentException">InvalidScript: it does not parse.</exception>
    internal static TensorFunction From(string text) => From(Compile(text));

    // A static call goes past the methods that a types file adds.
    private static string? FindUnguarded(ScriptBlock script) => script.Ast.Find(a =>
        a is InvokeMemberExpressionAst { Static: true, Member: StringConstantExpressionAst { Value: var name } }
        && TensorMembers.Names.Contains(name, StringComparer.OrdinalIgnoreCase), searchNestedScriptBlocks: true)?.Extent.Text;

    private static ScriptBlock Compile(string text)
    {
        try
        {
            return ScriptBlock.Create(text);
        }
        catch (ParseException e)
        {
            throw new ExperimentException("InvalidScript", ErrorKind.InvalidData, $"The script of a Lambda layer does not parse: {e.Message}", text, e);
        }
    }

    private static torch.Tensor Run(ScriptBlock script, IReadOnlyList<torch.Tensor> inputs)
    {
        if (Runspace.DefaultRunspace is null)
            throw new ExperimentException("NoRunspace", ErrorKind.InvalidOperation, "a Lambda layer runs PowerShell, and this thread has none; run it on the thread of the pipeline.", script.ToString());
        object? result;
        try
        {
            result = CatalogueValueAttribute.Unwrap(script.InvokeReturnAsIs([.. inputs]));
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw new ExperimentException("LambdaFailed", ErrorKind.InvalidOperation, $"{e.GetBaseException().Message.Split('\n')[0].Trim().TrimEnd('.')}.", script.ToString(), e);
        }
        return result as torch.Tensor ?? throw new ExperimentException("LambdaFailed", ErrorKind.InvalidOperation,
            $"the script gives {(result is object[] list ? $"{list.Length} objects" : result?.GetType().Name ?? "nothing")}, not one tensor.", script.ToString());
    }
}
