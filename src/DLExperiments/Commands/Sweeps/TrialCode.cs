using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DLExperiments.Commands.Networks;
using DLExperiments.Commands.Sessions;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Commands.Sweeps;

/// <summary>
/// What the trials of a sweep run, kept with the plan so that later changes of a file change no trial: the text of a script, of a script block, or of a block that makes
/// a network to train, or a network.
/// </summary>
internal sealed class TrialCode
{
    internal const string ScriptFile = "trial.ps1", NetworkFile = "network.json", NetworksFile = "networks.json";

    /// <summary>The parameter that names one of several networks.</summary>
    internal const string NetworkParameter = "Network";

    private TrialCode(TrialKind kind, string text, string? path, JsonObject training)
    {
        (Kind, Source, Text, Path, Training) = (kind, text, text, path, training);
        if (kind is TrialKind.Definition or TrialKind.Networks) return;
        (Text, Usings) = UsingVariables.Take(text, path);
        Ast = Parse(Text, path);
    }

    internal TrialKind Kind { get; }

    /// <summary>The text as it was written.</summary>
    internal string Source { get; }

    /// <summary>The text, in which <c>$using:x</c> has become a variable.</summary>
    internal string Text { get; }

    /// <summary>The script's own path, for <c>$PSScriptRoot</c>; null for a block.</summary>
    internal string? Path { get; }

    /// <summary>Options of Invoke-Training that are the same in all trials.</summary>
    internal JsonObject Training { get; }

    /// <summary>The variables of the session that it uses, by the name that they have in it.</summary>
    internal IReadOnlyDictionary<string, string> Usings { get; } = new Dictionary<string, string>();

    internal ScriptBlockAst? Ast { get; }

    /// <summary>The names in the param() block.</summary>
    internal IReadOnlyList<ParameterAst> Parameters => Ast?.ParamBlock?.Parameters ?? (IReadOnlyList<ParameterAst>)[];

    internal bool Has(string parameter) => Parameters.Any(p => p.Name.VariablePath.UserPath.Equals(parameter, StringComparison.OrdinalIgnoreCase));

    internal bool TrainsItself => Kind is TrialKind.Network or TrialKind.Definition or TrialKind.Networks;

    /// <summary>The names of several networks, which are a dimension of the space; none for a single one.</summary>
    internal IReadOnlyList<string> Choices => Kind == TrialKind.Networks ? [.. JsonNode.Parse(Text)!.AsObject().Select(n => n.Key)] : [];

    internal static TrialCode FromScript(string path) => new(TrialKind.Script, File.ReadAllText(path), path, []);

    internal static TrialCode FromBlock(ScriptBlock block) => new(TrialKind.ScriptBlock, block.ToString(), block.File, []);

    internal static TrialCode FromNetwork(object network, IDictionary? training)
    {
        JsonObject options = training is null ? [] : SpaceJson.Write(training);
        return network switch
        {
            ScriptBlock block => new TrialCode(TrialKind.Network, block.ToString(), block.File, options),
            object[] list => new TrialCode(TrialKind.Networks, Several(list).ToJsonString(), null, options),
            NetworkDefinition definition => new TrialCode(TrialKind.Definition, NetworkJson.ToJson(definition).ToJsonString(), null, options),
            _ => throw new ExperimentException("InvalidInput", ErrorKind.InvalidArgument,
                $"Network is a network (New-Network), several, or a script block that makes one, not {network.GetType().Name}.", network),
        };
    }

    private static JsonObject Several(object[] networks)
    {
        var json = new JsonObject();
        foreach (object item in networks)
        {
            if (item is not NetworkDefinition network)
                throw new ExperimentException("InvalidInput", ErrorKind.InvalidArgument, $"Of several networks each is one (New-Network), not {item?.GetType().Name ?? "null"}; a script block stands alone.", item);
            string name = network.Name ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Network{json.Count + 1}");
            if (!json.TryAdd(name, NetworkJson.ToJson(network)))
                throw new ExperimentException("DuplicateName", ErrorKind.InvalidArgument, $"Two networks are named '{name}'. Give each a name of its own: New-Network -Name.", name);
        }
        return json;
    }

    private static string FileOf(TrialKind kind) => kind switch { TrialKind.Definition => NetworkFile, TrialKind.Networks => NetworksFile, _ => ScriptFile };

    /// <summary>What is known of the trials before one has run.</summary>
    /// <param name="data">The data that they are given.</param>
    internal TrialNature Nature(TrialData data) => new()
    {
        Uses = data.Whole is not null ? "the session's data" : Usings.Count > 0 ? "variables of the session" : null,
        Changes = Ast is null ? null : ProcessState.FirstChange(Ast),
    };

    /// <summary>Reads the code that a sweep was begun with.</summary>
    internal static TrialCode Of(SweepFolder folder)
    {
        JsonObject body = folder.Plan.Body;
        TrialKind kind = Enum.Parse<TrialKind>(body["kind"]!.GetValue<string>());
        string text = folder.ReadText(FileOf(kind));
        if (HashOf(text) != body["hash"]!.GetValue<string>())
            throw new ExperimentException("InvalidSweepFile", ErrorKind.InvalidData, $"'{System.IO.Path.Combine(folder.Path, FileOf(kind))}' is no longer what the sweep began with, so that further trials would not belong to the others. Put it back, or begin a new sweep.", folder.Path);
        return new TrialCode(kind, text, body["path"]?.GetValue<string>(), (JsonObject)body["training"]!.DeepClone());
    }

    /// <summary>What goes into the plan; the hash makes it part of each trial's key.</summary>
    internal JsonObject ToPlan() => new()
    {
        ["kind"] = Kind.ToString(), ["path"] = Path, ["training"] = Training.DeepClone(),
        ["hash"] = HashOf(Source),
    };

    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    internal IReadOnlyDictionary<string, string> Files => new Dictionary<string, string> { [FileOf(Kind)] = Source };

    /// <summary>The code for one worker: blocks belong to the session that runs them.</summary>
    internal object Compile() => Kind switch
    {
        TrialKind.Definition => NetworkJson.FromJson(JsonNode.Parse(Text), ScriptFunction.From),
        TrialKind.Networks => JsonNode.Parse(Text)!.AsObject().ToDictionary(n => n.Key, n => NetworkJson.FromJson(n.Value, ScriptFunction.From)),
        _ => Parse(Text, Path).GetScriptBlock(),
    };

    private static ScriptBlockAst Parse(string text, string? path)
    {
        ScriptBlockAst ast = Parser.ParseInput(text, path, out _, out ParseError[] errors);
        return errors.Length == 0 ? ast : throw new ExperimentException("InvalidScript", ErrorKind.InvalidData,
            $"The trial's script{(path is null ? "" : $" '{path}'")} has an error in line {errors[0].Extent.StartLineNumber}: {errors[0].Message}", path);
    }
}
