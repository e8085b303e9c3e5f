using System.Collections.Concurrent;
using System.Reflection;

namespace DLExperiments.Catalogues;

/// <summary>Finds the catalogue of a base type: every abstract class marked with <see cref="CatalogueAttribute"/> has one.</summary>
public static class CatalogueIndex
{
    private static readonly ConcurrentDictionary<Type, ICatalogue?> Known = new();

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
