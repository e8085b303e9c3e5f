using System.Xml;
using DLExperiments.HelpBuilder;

// Build step: DLExperiments.HelpBuilder LIB PAGES TARGET writes the help of the cmdlets in the folder LIB, whose examples are the
// pages Verb-Noun.md of the folder PAGES, as the file TARGET that Get-Help reads.
if (args.Length != 3)
{
    Console.Error.WriteLine("usage: DLExperiments.HelpBuilder LIB PAGES TARGET");
    return 2;
}
try
{
    using var cmdlets = new CmdletAssembly(args[0]);
    var docs = new XmlDocs(Directory.GetFiles(args[0], "DLExperiments*.xml"));
    Dictionary<string, HelpPage> pages = Directory.GetFiles(args[1], "*-*.md").ToDictionary(f => Path.GetFileNameWithoutExtension(f), HelpPage.Read);
    if (pages.Keys.Except(cmdlets.Names).FirstOrDefault() is { } stray)
        throw new InvalidDataException($"{Path.Combine(args[1], stray)}.md: there is no cmdlet '{stray}'");

    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[2]))!);
    string aside = args[2] + ".tmp";
    using (var writer = XmlWriter.Create(aside, new XmlWriterSettings { Indent = true }))
        new MamlWriter(cmdlets, docs).Write(pages).WriteTo(writer);
    File.Move(aside, args[2], overwrite: true);
    Console.WriteLine($"{args[2]}: help of {cmdlets.Names.Count} cmdlets");
    return 0;
}
catch (InvalidDataException e)
{
    Console.Error.WriteLine($"error : {e.Message}"); // the form that MSBuild shows as an error of the build
    return 1;
}
