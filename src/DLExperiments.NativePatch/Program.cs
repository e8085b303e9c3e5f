using DLExperiments.NativePatch;

// Build step: DLExperiments.NativePatch SOURCE TARGET VERSION writes a copy of SOURCE whose need for VERSION is marked weak.
if (args.Length != 3)
{
    Console.Error.WriteLine("usage: DLExperiments.NativePatch SOURCE TARGET VERSION");
    return 2;
}

byte[] image = File.ReadAllBytes(args[0]);
int changed;
try
{
    changed = ElfVersionNeeds.Weaken(image, args[2]);
}
catch (InvalidDataException e)
{
    Console.Error.WriteLine($"{args[0]}: {e.Message}");
    return 1;
}
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[1]))!);
string aside = args[1] + ".tmp";
File.WriteAllBytes(aside, image);
File.Move(aside, args[1], overwrite: true);
Console.WriteLine($"{args[1]}: {changed} need(s) for {args[2]} made weak");
return 0;
