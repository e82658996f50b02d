using Mono.Cecil;

namespace Daybreak.Architecture.Tests;

/// <summary>One type of a room that names a type of another.</summary>
internal sealed record Use(string From, string To, string Type, string Named);

/// <summary>The arrows between the rooms of one assembly.</summary>
internal static class Arrows
{
    /// <param name="path">The compiled assembly.</param>
    /// <param name="project">The namespace of the whole project.</param>
    public static IReadOnlyList<Use> Of(string path, string project)
    {
        using var module = ModuleDefinition.ReadModule(path);
        return [.. module.GetTypes().SelectMany(type => Of(type, project)).Distinct()];
    }

    private static IEnumerable<Use> Of(TypeDefinition type, string project)
    {
        if (Room.Of(type, project) is not { } from)
            yield break;
        foreach (var named in TypeReferences.Of(type))
            if (Room.Of(named, project) is { } to && to != from)
                yield return new Use(from, to, Room.Outermost(type).Name, Room.Outermost(named).Name);
    }

    /// <summary>The rooms of a circle, in its order; empty when the arrows have none.</summary>
    public static IReadOnlyList<string> Circle(IEnumerable<(string From, string To)> arrows)
    {
        var next = arrows.ToLookup(static arrow => arrow.From, static arrow => arrow.To);
        var done = new HashSet<string>();
        var way = new List<string>();
        return next.Select(static room => room.Key).Select(Search).FirstOrDefault(static circle => circle.Count > 0) ?? [];

        IReadOnlyList<string> Search(string room)
        {
            if (way.IndexOf(room) is >= 0 and var begin)
                return way[begin..];
            if (!done.Add(room))
                return [];
            way.Add(room);
            var circle = next[room].Select(Search).FirstOrDefault(static found => found.Count > 0) ?? [];
            way.RemoveAt(way.Count - 1);
            return circle;
        }
    }
}
