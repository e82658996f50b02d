using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.Requests;

/// <summary>The operations of EC2 that are not its networking, or not yet here: hundreds, so their names lie in a file.</summary>
internal static class RefusedOperations
{
    public static IEnumerable<AwsOperation> Besides(ImmutableArray<AwsOperation> served)
    {
        using var reader = new StreamReader(typeof(RefusedOperations).Assembly.GetManifestResourceStream("Ec2.OperationNames.txt")!);
        var names = reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        names.ExceptWith(served.Select(operation => operation.Name));
        return [.. names.Order(StringComparer.Ordinal).Select(name => AwsOperation.Refused(name))];
    }
}
