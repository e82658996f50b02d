using System.Text.Json;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Tests.FrontDoor.Shapes;

/// <summary>Strings have the constraints of AWS's models: every string of every request of every service is compared with the models of
/// botocore.</summary>
[Trait("Pace", "slow")]
public sealed class ModelConstraintTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private static readonly string[] Odd =
    [
        "\u0001",
        "a\u0001b",
        "a\nb",
        "a\tb",
        "a b",
        "a<b",
        "a;b",
        "a'b",
        "a\"b",
        "a\u00E9b",
        "a\u4E2Db",
        "a\u007Fb",
        "a/b",
        "a:b",
        "a,b",
        "a=b",
        "a@b",
        "a.b",
        "a_b",
        "a-b",
        "a*b",
        "a$b",
        "A1",
    ];

    /// <summary>The differences from the models and their reasons. Clients refuse most of these values themselves.</summary>
    private static readonly Dictionary<string, string> Excepted = new()
    {
        ["lambda.AddPermission FunctionName"] = "Newer models let dots through, which no name of a function has.",
        ["lambda.GetFunctionCodeSigningConfig FunctionName"] = "Newer models let dots through, which no name of a function has.",
        ["lambda.RemovePermission FunctionName"] = "Newer models let dots through, which no name of a function has.",
        ["iam.CreateRole Description"] = "Older models take no line feed.",
        ["iam.CreateServiceLinkedRole Description"] = "Older models take no line feed.",
        ["iam.UpdateRole Description"] = "Older models take no line feed.",
        ["iam.UpdateRoleDescription Description"] = "Older models take no line feed.",
        ["lambda.DeleteFunction FunctionName"] = "Older models take no dot.",
        ["lambda.GetFunction FunctionName"] = "Older models take 170 characters.",
        ["lambda.GetFunctionConfiguration FunctionName"] = "Older models take 170 characters.",
        ["lambda.GetPolicy FunctionName"] = "Older models take 170 characters.",
        ["lambda.Invoke FunctionName"] = "Older models take 170 characters.",
        ["lambda.CreateFunction Code.S3Bucket"] = "Code in S3 is refused by name.",
        ["lambda.CreateFunction Code.S3Key"] = "Code in S3 is refused by name.",
        ["lambda.CreateFunction Code.S3ObjectVersion"] = "Code in S3 is refused by name.",
        ["lambda.UpdateFunctionCode S3Bucket"] = "Code in S3 is refused by name.",
        ["lambda.UpdateFunctionCode S3Key"] = "Code in S3 is refused by name.",
        ["lambda.UpdateFunctionCode S3ObjectVersion"] = "Code in S3 is refused by name.",
        ["lambda.PublishLayerVersion Content.S3Bucket"] = "Code in S3 is refused by name.",
        ["lambda.PublishLayerVersion Content.S3Key"] = "Code in S3 is refused by name.",
        ["lambda.PublishLayerVersion Content.S3ObjectVersion"] = "Code in S3 is refused by name.",
        ["lambda.GetLayerVersionByArn Arn"] = "Older models take 140 characters.",
        ["lambda.CreateAlias RoutingConfig.AdditionalVersionWeights{}"] =
            "A rule of the whole map checks its keys (VersionWeightsAttribute).",
        ["lambda.UpdateAlias RoutingConfig.AdditionalVersionWeights{}"] =
            "A rule of the whole map checks its keys (VersionWeightsAttribute).",
        ["ec2.DescribeStaleSecurityGroups NextToken"] = "A token that was not given out is refused as such.",
        ["rds.DescribeGlobalClusters GlobalClusterIdentifier"] = "Newer models bound it; there are none, whatever they are called.",
    };

    [Fact]
    public async Task Every_string_that_AWS_refuses_by_its_model_is_refused_by_ours()
    {
        var asked = cloud.Host.Services.ToDictionary(
            service => service.Name,
            service => service.Operations.Where(operation => !operation.IsRefused).Select(operation => operation.Name)
        );
        var printed = await AwsClient.RunAsync(
            "python3",
            cloud.Endpoint,
            "test",
            Boto.Program("front_door/shapes/strings_of_requests.py"),
            JsonSerializer.Serialize(asked)
        );
        Assert.SkipWhen(printed.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal), "python3 has no botocore");
        using var models = JsonDocument.Parse(printed.Ok());

        var differences = new Dictionary<string, string>();
        foreach (var service in cloud.Host.Services)
        {
            foreach (var operation in service.Operations.Where(operation => !operation.IsRefused))
            {
                if (models.RootElement.TryGetProperty($"{service.Name}.{operation.Name}", out var strings))
                {
                    foreach (
                        var (path, rule) in strings
                            .EnumerateArray()
                            .Select(entry => (entry[0].GetString()!, entry))
                            .DistinctBy(entry => entry.Item1)
                    )
                    {
                        if (Find(operation.Request, path) is { } member && Difference(member, path, rule) is { } difference)
                            differences.Add($"{service.Name}.{operation.Name} {path}", difference);
                    }
                }
            }
        }
        var unknown = differences.Where(difference => !Excepted.ContainsKey(difference.Key)).ToArray();
        Assert.True(unknown.Length == 0, string.Join('\n', unknown));
        // These depend on which models the machine's client has; every other exception must still be one.
        Assert.Equal(
            [],
            Excepted
                .Where(static exception => exception.Value[..12] is not ("Newer models" or "Older models"))
                .Select(exception => exception.Key)
                .Except(differences.Keys)
        );
    }

    private static string? Difference(Member member, string path, JsonElement rule)
    {
        var ofItem = path.EndsWith("[]", StringComparison.Ordinal);
        var constraints = member
            .Constraints.Where(constraint =>
                path.EndsWith("{}", StringComparison.Ordinal)
                    ? constraint.OfKeys
                    : ofItem || constraint is { OfItems: false, OfKeys: false }
            )
            .ToArray();
        // A rule of a whole list may check its items, too.
        bool Passes(string value) =>
            constraints.All(constraint => constraint.Violation(ofItem && !constraint.OfItems ? new[] { value } : value) is null);
        var (least, most) = (rule[2].GetInt32(), rule[3].ValueKind == JsonValueKind.Number ? rule[3].GetInt32() : int.MaxValue);
        if (rule[1].GetString() is { } pattern)
        {
            var model = new PatternAttribute(pattern);
            if (
                Odd.FirstOrDefault(value =>
                    value.Length >= least && value.Length <= most && model.Violation(value) is not null && Passes(value)
                ) is
                { } taken
            )
                return $"takes {JsonSerializer.Serialize(taken)} against {pattern}";
            if (
                Odd.FirstOrDefault(value =>
                    value.Length >= least && value.Length <= most && model.Violation(value) is null && !Passes(value)
                ) is
                { } refused
            )
                return $"refuses {JsonSerializer.Serialize(refused)} of {pattern}";
        }
        var lengths = constraints.OfType<LengthAttribute>().Where(length => length.OfItems || !ofItem).ToArray();
        if (
            most < 10_000_000
            && lengths.All(length => length.Violation(new string('a', most + 1)) is null)
            && (!ofItem || Passes(new string('a', most + 1)))
            && constraints.OfType<ValuesAttribute>().FirstOrDefault() is null
        )
            return $"takes more than {most} characters";
        return least > 0 && Passes("") ? "may be empty" : null;
    }

    /// <returns>Null when the request here has no such member, or refuses it by name.</returns>
    private static Member? Find(StructureShape request, string path)
    {
        Member? found = null;
        Shape shape = request;
        foreach (var name in path.Replace("[]", "", StringComparison.Ordinal).Replace("{}", "", StringComparison.Ordinal).Split('.'))
        {
            while (shape is ListShape or MapShape)
                shape = shape is ListShape list ? list.Item : ((MapShape)shape).Value;
            found = (shape as StructureShape)?.Members.FirstOrDefault(member => member.Name == name);
            if (found is null or { IsNotImplemented: true })
                return null;
            shape = found.Shape;
        }
        return found;
    }
}
