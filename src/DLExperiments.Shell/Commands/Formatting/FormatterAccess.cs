using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>
/// Connects the formatting commands to the engine's own formatter. The engine makes the base classes public but keeps the
/// shapes (table, list, wide, custom) and the line output to its friend assemblies; without them every view, width and
/// type rule would have to be written again, and would differ. Hence reflection, here and nowhere else.
/// </summary>
internal static class FormatterAccess
{
    private const string Space = "Microsoft.PowerShell.Commands.Internal.Format.";
    private const string CommandLine = Space + "FormattingCommandLineParameters";

    /// <summary>Gives a command the shape ("Table", "List", "Wide" or "Complex") that formats its input.</summary>
    internal static void UseShape(FrontEndCommandBase command, string shape) =>
        Implement(command, EngineAccess.Create(Space + "InnerFormatShapeCommand", Enum.Parse(EngineAccess.Type(Space + "FormatShape"), shape)));

    /// <summary>Gives a command the output manager, which turns format records into lines.</summary>
    internal static object UseOutputManager(FrontEndCommandBase command) =>
        Implement(command, EngineAccess.Create(Space + "OutputManagerInner"));

    private static object Implement(FrontEndCommandBase command, object implementation)
    {
        EngineAccess.Set(command, "implementation", implementation);
        return implementation;
    }

    /// <summary>Sets where an output manager's lines go and how wide they may be.</summary>
    internal static void SetOutput(object outputManager, TextWriter writer, int width, bool noNewline) =>
        EngineAccess.Set(outputManager, "LineOutput", EngineAccess.Create(Space + "TextWriterLineOutput", writer, width, noNewline));

    /// <summary>
    /// Hands the parameters of Format-Wide or Format-Custom to its shape: for these two the engine expects the command to
    /// override an internal method, which only a friend assembly can.
    /// </summary>
    /// <param name="command">The command, already given its shape.</param>
    /// <param name="properties">The values of -Property, or null.</param>
    /// <param name="definition">The class that says which calculated-property keys are allowed.</param>
    /// <param name="autosize">The value of -AutoSize where given.</param>
    /// <param name="shapeParameters">The class of shape parameters.</param>
    /// <param name="shapeValue">Its one setting, by name; null leaves its default.</param>
    internal static void SetParameters(
        OuterFormatShapeCommandBase command, object[]? properties, string definition, bool? autosize,
        string shapeParameters, (string Name, object? Value)? shapeValue)
    {
        var parameters = EngineAccess.Create(CommandLine);
        if (properties is not null)
        {
            var processor = EngineAccess.Create(Space + "ParameterProcessor", EngineAccess.Create(Space + definition));
            var context = EngineAccess.Create(Space + "TerminatingErrorContext", command);
            EngineAccess.Set(parameters, "mshParameterList", EngineAccess.Invoke(processor, "ProcessParameters", properties, context));
        }
        if (!string.IsNullOrEmpty(command.View))
        {
            if (properties is not null)
                EngineAccess.Invoke(command, "ReportCannotSpecifyViewAndProperty");
            EngineAccess.Set(parameters, "viewName", command.View);
        }
        EngineAccess.Set(parameters, "autosize", autosize);
        EngineAccess.Set(parameters, "groupByParameter", EngineAccess.Invoke(command, "ProcessGroupByParameter"));
        EngineAccess.Set(parameters, "forceFormattingAlsoOnOutOfBand", (bool)command.Force);
        EngineAccess.Set(parameters, "showErrorsAsMessages", EngineAccess.Get(command, "showErrorsAsMessages"));
        EngineAccess.Set(parameters, "showErrorsInFormattedOutput", EngineAccess.Get(command, "showErrorsInFormattedOutput"));
        EngineAccess.Set(parameters, "expansion", EngineAccess.Invoke(command, "ProcessExpandParameter"));
        var shape = EngineAccess.Create(Space + shapeParameters);
        if (shapeValue is { } setting)
            EngineAccess.Set(shape, setting.Name, setting.Value);
        EngineAccess.Set(parameters, "shapeParameters", shape);
        EngineAccess.Invoke(EngineAccess.Get(command, "implementation")!, "SetCommandLineParameters", parameters);
    }

    /// <summary>
    /// Starts a command whose parameters were handed over by <see cref="SetParameters"/>: the base class's own start would
    /// ask for them again and overwrite them, so the start of its base is called, without virtual dispatch.
    /// </summary>
    internal static void Begin(OuterFormatShapeCommandBase command)
    {
        var begin = typeof(FrontEndCommandBase).GetMethod("BeginProcessing", EngineAccess.Any)!;
        var call = (Action)Activator.CreateInstance(typeof(Action), command, begin.MethodHandle.GetFunctionPointer())!;
        call();
    }
}
