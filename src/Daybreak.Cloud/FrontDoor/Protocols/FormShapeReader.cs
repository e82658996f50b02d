using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Builds records from form parameters, for query and ec2.</summary>
/// <param name="flattenLists">True for ec2, where every list is flattened: <c>VpcId.1</c>.</param>
internal sealed class FormShapeReader(AwsOperation operation, bool flattenLists)
{
    private static readonly string[] OfTheProtocol = ["Action", "Version"];

    public object Read(FormTree form)
    {
        var request = operation.Request.Create();
        Fill(operation.Request, form, request, isRoot: true);
        return request;
    }

    private void Fill(StructureShape shape, FormTree form, object structure, bool isRoot)
    {
        foreach (var (name, node) in form.Children)
        {
            if (isRoot && (OfTheProtocol.Contains(name) || name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)))
                continue;
            var member = Find(shape, name) ?? throw NotImplemented.Of($"the parameter {node.Name} of {operation.Name}");
            if (Read(member, node) is { } value)
                member.Set(structure, value);
        }
    }

    // A flattened list appears under the name of its items: DBClusterIdentifier.1 for the member DBClusterIdentifiers.
    private static Member? Find(StructureShape shape, string name) =>
        shape.Find(name, camelCase: false) ?? shape.Members.FirstOrDefault(member => member.IsFlattened && member.ItemName == name);

    private object? Read(Member member, FormTree node) =>
        member.Shape switch
        {
            ListShape list when flattenLists || member.IsFlattened => ReadList(list, node),
            // Clients of RDS send either the items' own name or member; AWS accepts both.
            ListShape list => ReadList(list, node.Child(member.ItemName) ?? node.Child("member") ?? node),
            var shape => Read(shape, node),
        };

    private object? Read(Shape shape, FormTree node)
    {
        switch (shape)
        {
            case ScalarShape scalar:
                return node.Value is null
                    ? throw AwsException.Sender("MalformedInput", $"The parameter {node.Name} has a value, not members")
                    : TextScalar.Read(scalar.Kind, node.Name, node.Value);
            case ListShape list:
                return ReadList(list, node.Child("member") ?? node);
            case MapShape map:
                return map.Build([.. (node.Child("entry") ?? node).Items().Select(entry => ReadEntry(map, entry))]);
            default:
                var structure = ((StructureShape)shape).Create();
                Fill((StructureShape)shape, node, structure, isRoot: false);
                return structure;
        }
    }

    // Clients write an empty list as "Tags=" without items.
    private object ReadList(ListShape list, FormTree node) => list.Build([.. node.Items().Select(item => Read(list.Item, item)!)]);

    private KeyValuePair<string, object> ReadEntry(MapShape map, FormTree entry)
    {
        if (entry.Child("key")?.Value is not { } key || entry.Child("value") is not { } value)
            throw AwsException.Sender("MalformedInput", $"The parameter {entry.Name} needs a key and a value");
        return new(key, Read(map.Value, value)!);
    }
}
