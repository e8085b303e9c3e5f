using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using DLExperiments.Shell.Hosting.Editing;

namespace DLExperiments.Shell.Hosting;

// The questions: each is an error in a session that must not ask.
public sealed partial class ShellHostUserInterface
{
    /// <inheritdoc/>
    public override string ReadLine()
    {
        RequireInteractive();
        return ReadAnswer() ?? "";
    }

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        RequireInteractive();
        var secret = new SecureString();
        if (!terminal.IsInputTerminal)
        {
            foreach (var c in ReadAnswer() ?? "")
                secret.AppendChar(c);
        }
        else
        {
            ConsoleKeys.WithControlC(() => ReadMasked(secret));
        }
        secret.MakeReadOnly();
        return secret;
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        ArgumentNullException.ThrowIfNull(descriptions);
        RequireInteractive();
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in descriptions)
            answers[field.Name] = PSObject.AsPSObject(Ask(field));
        return answers;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ArgumentNullException.ThrowIfNull(choices);
        RequireInteractive();
        WriteHeading(caption, message);
        var keys = choices.Select(ChoiceText.Split).ToArray();
        while (true)
        {
            var offer = string.Join("  ", keys.Select(k => k.Key.Length > 0 ? $"[{k.Key}] {k.Label}" : k.Label));
            Write($"{offer}  [?] Help{(defaultChoice >= 0 ? $" (default is \"{DisplayKey(keys[defaultChoice])}\")" : "")}: ");
            var answer = (ReadAnswer() ?? throw EndOfInput()).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            if (answer == "?")
            {
                for (var i = 0; i < choices.Count; i++)
                    WriteLine($"{DisplayKey(keys[i])} - {choices[i].HelpMessage}");
                continue;
            }
            var chosen = Array.FindIndex(keys, k => Same(k.Key, answer) || Same(k.Label, answer));
            if (answer.Length > 0 && chosen >= 0)
                return chosen;
        }
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        RequireInteractive();
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadAnswer() ?? throw EndOfInput();
        }
        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    private object Ask(FieldDescription field)
    {
        var type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        var label = string.IsNullOrEmpty(field.Label) ? field.Name : ChoiceText.Split(new ChoiceDescription(field.Label)).Label;
        if (type == typeof(PSCredential))
            return PromptForCredential("", "", "", "");
        if (!type.IsArray || type == typeof(byte[]))
            return AskOne(label, type);
        var element = type.GetElementType() ?? typeof(string);
        var items = new List<object>();
        // An empty answer ends the list, as in pwsh.
        while (AskOne($"{label}[{items.Count.ToString(CultureInfo.InvariantCulture)}]", element, emptyEnds: true) is { } item and not "")
            items.Add(item);
        return LanguagePrimitives.ConvertTo(items, type, CultureInfo.InvariantCulture);
    }

    private object AskOne(string label, Type type, bool emptyEnds = false)
    {
        while (true)
        {
            Write($"{label}: ");
            if (type == typeof(SecureString))
                return ReadLineAsSecureString();
            var answer = ReadAnswer() ?? throw EndOfInput();
            if (answer.Length == 0 && emptyEnds)
                return "";
            if (type == typeof(string) || type == typeof(object))
                return answer;
            if (LanguagePrimitives.TryConvertTo(answer, type, CultureInfo.InvariantCulture, out var value) && value is not null)
                return value;
            WriteErrorLine($"'{answer}' is not a {type.Name}.");
        }
    }

    private int ReadMasked(SecureString secret)
    {
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (ConsoleKeys.IsControlC(key))
                throw Interrupted();
            if (key.Key == ConsoleKey.Enter)
                break;
            if (key.Key == ConsoleKey.Backspace)
            {
                if (secret.Length == 0)
                    continue;
                secret.RemoveAt(secret.Length - 1);
                terminal.WriteRaw("\b \b");
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
                Write("*");
            }
        }
        WriteLine();
        return secret.Length;
    }

    // On a terminal an answer is edited like a command, without history and completion; null at the end of input.
    private string? ReadAnswer()
    {
        if (terminal is not { IsInputTerminal: true, IsOutputTerminal: true })
            return Console.In.ReadLine();
        var question = terminal.OpenLine;
        var editor = new LineEditor(
            () => Console.ReadKey(intercept: true), new LineScreen(terminal.WriteRaw, () => terminal.Width), new CommandHistory(), (_, _) => null, _ => false);
        var answer = ConsoleKeys.WithControlC(() => editor.Read(question, terminal.Width));
        return editor.WasCancelled ? throw Interrupted() : answer;
    }

    private PipelineStoppedException Interrupted()
    {
        interrupt();
        return new PipelineStoppedException();
    }

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
            WriteLine(Environment.NewLine + caption);
        if (!string.IsNullOrEmpty(message))
            WriteLine(message);
    }

    private void RequireInteractive()
    {
        if (!interactive())
            throw new PSInvalidOperationException("dlx was started with -NonInteractive: it cannot ask the user. Pass the value as a parameter, or leave -NonInteractive out.");
    }

    private static string DisplayKey((string Key, string Label) choice) => choice.Key.Length > 0 ? choice.Key : choice.Label;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static HostException EndOfInput() => new("Standard input ended before the question was answered. Pass the value as a parameter.");
}
