using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using DLExperiments.Errors;

namespace DLExperiments.Catalogues;

/// <summary>Finds the catalogue of a base type: every abstract class marked with <see cref="CatalogueAttribute"/> has one.</summary>
public static class CatalogueIndex
{
    private static readonly ConcurrentDictionary<Type, ICatalogue?> Known = new();

    /// <summary>
    /// Loads an assembly of your own and adds its entries (layers, losses, transforms, ...) to their catalogues; from then on they are named, completed, saved
    /// and listed like those that came with the module. The assembly is compiled against DLExperiments.Core and TorchSharp and need not carry them.
    /// </summary>
    /// <param name="path">The assembly's file. Its XML documentation beside it becomes the help.</param>
    /// <returns>The entries that are new.</returns>
    /// <exception cref="ExperimentException">FileNotFound; InvalidAssembly: it is not a .NET assembly, or was compiled against something that is not there;
    /// CatalogueNameTaken.</exception>
    public static IReadOnlyList<CatalogueEntry> Load(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full)) throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"There is no file '{full}'.", path);
        try
        {
            // Beside the engine: elsewhere the assembly's base classes would be those of another copy of the engine.
            AssemblyLoadContext home = AssemblyLoadContext.GetLoadContext(typeof(CatalogueIndex).Assembly)!;
            return Register(home.LoadFromAssemblyPath(full));
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or ReflectionTypeLoadException or FileNotFoundException)
        {
            Exception cause = (e as ReflectionTypeLoadException)?.LoaderExceptions.FirstOrDefault() ?? e;
            throw new ExperimentException("InvalidAssembly", ErrorKind.InvalidData, $"'{full}' cannot be used as an assembly: {cause.Message}", path, e);
        }
    }

    /// <summary>Adds the entries that an assembly declares to their catalogues.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The entries that are new.</returns>
    /// <exception cref="ExperimentException">CatalogueNameTaken: a name belongs to another class.</exception>
    public static IReadOnlyList<CatalogueEntry> Register(Assembly assembly) =>
        [.. typeof(CatalogueIndex).Assembly.GetTypes().Select(Of).OfType<ICatalogue>().SelectMany(c => c.Register(assembly))];

    /// <summary>The catalogue whose entries derive from the type, or null when the type heads no catalogue.</summary>
    /// <param name="type">The base type, for example <c>Layer</c>.</param>
    public static ICatalogue? Of(Type type) => Known.GetOrAdd(type, static t =>
        t.IsDefined(typeof(CatalogueAttribute), inherit: false)
            ? (ICatalogue)typeof(Catalogue<>).MakeGenericType(t).GetProperty(nameof(Catalogue<object>.Default), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!
            : null);

    /// <summary>The catalogue that holds a class: that of the nearest base class which heads one, or null.</summary>
    /// <param name="type">The class of an entry, or of a group of entries.</param>
    public static ICatalogue? HeadOf(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType)
            if (Of(t) is { } catalogue) return catalogue;
        return null;
    }
}
