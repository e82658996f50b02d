using System.Collections.Immutable;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>The operations that AWS's API of a service has, from the file <c>OperationNames.txt</c> in the service's folder. Each line is a
/// name, and its route where the protocol has routes.</summary>
internal static class OperationNames
{
    /// <summary>The operations that are served, and a refusal by name for each other one that AWS has.</summary>
    /// <param name="service">The service's folder: <c>Lambda</c>.</param>
    public static ImmutableArray<AwsOperation> Complete(string service, params IEnumerable<AwsOperation> served)
    {
        var operations = served.ToImmutableArray();
        var names = operations.Select(static operation => operation.Name).ToHashSet(StringComparer.Ordinal);
        return [.. operations, .. Read(service).Where(operation => !names.Contains(operation.Name))];
    }

    /// <summary>All of them, refused.</summary>
    internal static IEnumerable<AwsOperation> Read(string service)
    {
        using var reader = new StreamReader(typeof(OperationNames).Assembly.GetManifestResourceStream($"{service}/OperationNames.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            yield return space < 0 ? Refused(line) : Refused(line[..space], line[(space + 1)..]);
        }
    }

    private static AwsOperation<NoMembers, NoMembers> Refused(string name, string route = "POST /") =>
        new(name, static (request, _) => request) { Route = route, IsRefused = true };
}
