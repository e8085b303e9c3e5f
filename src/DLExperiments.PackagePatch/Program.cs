using DLExperiments.PackagePatch;

// Build step: writes a mended copy of a package's file.
//   version-needs SOURCE TARGET VERSION     an ELF library whose need for VERSION is weak
//   handle-lifetimes SOURCE TARGET          TorchSharp.dll whose objects outlive the native calls that use them
string source, target;
Func<string, string> patch;
switch (args)
{
    case ["version-needs", var from, var to, var version]:
        (source, target) = (from, to);
        patch = aside =>
        {
            byte[] image = File.ReadAllBytes(from);
            int changed = ElfVersionNeeds.Weaken(image, version);
            File.WriteAllBytes(aside, image);
            return $"{changed} need(s) for {version} made weak";
        };
        break;
    case ["handle-lifetimes", var from, var to]:
        (source, target) = (from, to);
        patch = aside => $"{HandleLifetimes.Extend(from, aside)} uses of a native pointer kept alive";
        break;
    default:
        Console.Error.WriteLine("usage: DLExperiments.PackagePatch version-needs SOURCE TARGET VERSION | handle-lifetimes SOURCE TARGET");
        return 2;
}
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
string partial = target + ".tmp";
try
{
    string done = patch(partial);
    File.Move(partial, target, overwrite: true);
    Console.WriteLine($"{target}: {done}");
    return 0;
}
catch (InvalidDataException e)
{
    Console.Error.WriteLine($"{source}: {e.Message}");
    return 1;
}
