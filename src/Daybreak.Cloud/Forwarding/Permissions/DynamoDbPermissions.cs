using System.Text.Json;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Forwarding.Permissions;

/// <summary>Actions of Amazon DynamoDB, on the tables and indexes that a request names.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html</remarks>
internal static class DynamoDbPermissions
{
    private static readonly string[] Named =
    [
        "ResourceArn",
        "StreamArn",
        "BackupArn",
        "ExportArn",
        "ImportArn",
        "SourceTableArn",
        "TableArn",
    ];

    public static IReadOnlyList<ResourcePermission> Of(RequestedOperation operation, NeededPermissions needed) =>
        operation.Name switch
        {
            "BatchGetItem" or "BatchWriteItem" => Some(
                operation.Parameters.ValueKind == JsonValueKind.Object
                && operation.Parameters.TryGetProperty("RequestItems", out var items)
                && items.ValueKind == JsonValueKind.Object
                    ? items.EnumerateObject().Select(table => needed.On(Table(table.Name, needed), operation.Name))
                    : [],
                needed
            ),
            "TransactGetItems" or "TransactWriteItems" => Some(
                operation
                    .List("TransactItems")
                    .Where(static item => item.ValueKind == JsonValueKind.Object)
                    .SelectMany(static item => item.EnumerateObject())
                    .Select(part => needed.On(Table(RequestedOperation.Text(part.Value, "TableName"), needed), ActionOf(part.Name))),
                needed
            ),
            "ExecuteStatement" => [PartiQl(operation.Text("Statement"), needed)],
            "BatchExecuteStatement" => Statements(operation, "Statements", needed),
            "ExecuteTransaction" => Statements(operation, "TransactStatements", needed),
            _ => OfOne(operation, needed),
        };

    private static ResourcePermission[] OfOne(RequestedOperation operation, NeededPermissions needed)
    {
        List<string> resources = [.. Named.Select(operation.Text).OfType<string>()];
        foreach (var name in new[] { "TableName", "SourceTableName", "TargetTableName" })
        {
            if (operation.Text(name) is { } table)
                resources.Add(Table(table, needed) + (operation.Text("IndexName") is { } index ? $"/index/{index}" : ""));
        }
        if (operation.Text("GlobalTableName") is { } global)
            resources.Add(Table(global, needed));
        return resources.Count == 0
            ? [needed.On(EveryTable(needed), operation.Name)]
            : [.. resources.Select(resource => needed.On(resource, operation.Name))];
    }

    private static ResourcePermission[] Statements(RequestedOperation operation, string list, NeededPermissions needed) =>
        Some(operation.List(list).Select(one => PartiQl(RequestedOperation.Text(one, "Statement"), needed)), needed);

    /// <summary>A statement may name its table in many ways, so it needs the permission on all.</summary>
    private static ResourcePermission PartiQl(string? statement, NeededPermissions needed)
    {
        var word = statement?.TrimStart().Split((char[])[' ', '\t', '\r', '\n', '"'], 2)[0].ToLowerInvariant();
        var action = word switch
        {
            "select" => "PartiQLSelect",
            "insert" => "PartiQLInsert",
            "update" => "PartiQLUpdate",
            "delete" => "PartiQLDelete",
            _ => null,
        };
        return needed.On(EveryTable(needed), action);
    }

    // A request that names no table is refused by the service, but only for those who may do everything.
    private static ResourcePermission[] Some(IEnumerable<ResourcePermission> permissions, NeededPermissions needed) =>
        [.. permissions.DefaultIfEmpty(needed.On(EveryTable(needed), null))];

    private static string EveryTable(NeededPermissions needed) => needed.Arn("dynamodb", "table/*");

    private static string Table(string? name, NeededPermissions needed) =>
        name?.StartsWith("arn:", StringComparison.Ordinal) == true ? name : needed.Arn("dynamodb", $"table/{name ?? "*"}");

    private static string? ActionOf(string part) =>
        part switch
        {
            "Get" => "GetItem",
            "Put" => "PutItem",
            "Update" => "UpdateItem",
            "Delete" => "DeleteItem",
            "ConditionCheck" => "ConditionCheckItem",
            _ => null,
        };
}
