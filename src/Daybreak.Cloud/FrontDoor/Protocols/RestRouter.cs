using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// Finds the operation of a REST service by method and path, and by a parameter of the query where the route has one
/// (<c>GET /path?List=ALL</c>). It matches the encoded path segment by segment, because the value of a label may contain an encoded slash,
/// and decodes afterwards.
/// </summary>
internal sealed class RestRouter
{
    private readonly ILookup<(string Method, int Segments), Route> _routes;

    public RestRouter(ImmutableArray<AwsOperation> operations) =>
        _routes = operations
            .Select(operation => new Route(operation))
            .OrderBy(static route => route.Parameter is null) // a route with a parameter is one among several of the same path
            .ToLookup(route => (route.Method, route.Segments.Length));

    /// <summary>Returns the operation, or null. A trailing slash is ignored, because the aws CLI sends one to some paths.</summary>
    /// <param name="query">The decoded query.</param>
    public AwsOperation? Find(string method, string rawPath, IQueryCollection query)
    {
        var segments = Split(rawPath);
        foreach (var route in _routes[(method, segments.Length)])
        {
            if (route.Matches(segments) && route.Matches(query))
                return route.Operation;
        }
        return null;
    }

    /// <summary>Returns the decoded value of a label of the operation's path.</summary>
    public static string Label(AwsOperation operation, string rawPath, string label)
    {
        var index = Array.IndexOf(Split(PathOf(operation)), $"{{{label}}}");
        return Uri.UnescapeDataString(Split(rawPath)[index]);
    }

    /// <summary>Whether the operation is found by a parameter of this name.</summary>
    public static bool Requires(AwsOperation operation, string parameter) =>
        operation.Route.Contains($"?{parameter}=", StringComparison.Ordinal);

    private static string PathOf(AwsOperation operation) =>
        operation.Route[(operation.Route.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split('?')[0];

    private static string[] Split(string path) => path.Trim('/').Split('/');

    private sealed class Route(AwsOperation operation)
    {
        public AwsOperation Operation { get; } = operation;

        public string Method { get; } = operation.Route[..operation.Route.IndexOf(' ', StringComparison.Ordinal)];

        public string[] Segments { get; } = Split(PathOf(operation));

        /// <summary>Name and value of the parameter that the query must have; null: it need not have one.</summary>
        public string[]? Parameter { get; } = operation.Route.Split('?') is [_, var parameter] ? parameter.Split('=') : null;

        public bool Matches(IQueryCollection query) => Parameter is not [var name, var value] || query[name] == value;

        public bool Matches(string[] path)
        {
            for (var i = 0; i < path.Length; i++)
            {
                var segment = Segments[i];
                if (segment.StartsWith('{') ? path[i].Length == 0 : segment != path[i])
                    return false;
            }
            return true;
        }
    }
}
