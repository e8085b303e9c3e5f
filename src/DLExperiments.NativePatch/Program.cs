using DLExperiments.NativePatch;

// Build step: DLExperiments.NativePatch FILE VERSION marks FILE's need for VERSION as weak. Running it twice does no harm.
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: DLExperiments.NativePatch FILE VERSION");
    return 2;
}

byte[] image = File.ReadAllBytes(args[0]);
int changed = ElfVersionNeeds.Weaken(image, args[1]);
if (changed > 0)
{
    string aside = args[0] + ".tmp";
    File.WriteAllBytes(aside, image);
    File.Move(aside, args[0], overwrite: true);
}
Console.WriteLine($"{args[0]}: {changed} need(s) for {args[1]} made weak");
return 0;
