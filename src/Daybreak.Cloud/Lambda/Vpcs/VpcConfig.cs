using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Vpcs;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html"/></summary>
public sealed record VpcConfig
{
    [Length(0, 16)]
    [VpcIds("subnet-[0-9a-z]*")]
    public IReadOnlyList<string>? SubnetIds { get; init; }

    [Length(0, 5)]
    [VpcIds("sg-[0-9a-zA-Z]*")]
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }

    public bool? Ipv6AllowedForDualStack { get; init; }
}

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfigResponse.html"/></summary>
public sealed record VpcConfigResponse
{
    public required IReadOnlyList<string> SubnetIds { get; init; }

    public required IReadOnlyList<string> SecurityGroupIds { get; init; }

    public required string VpcId { get; init; }

    public required bool Ipv6AllowedForDualStack { get; init; }

    public static VpcConfigResponse Of(FunctionVpc vpc) =>
        new()
        {
            SubnetIds = vpc.SubnetIds,
            SecurityGroupIds = vpc.SecurityGroupIds,
            VpcId = vpc.VpcId,
            Ipv6AllowedForDualStack = vpc.Ipv6AllowedForDualStack,
        };
}

/// <summary>Ids of subnets or security groups. The message has all constraints of an item, whichever is violated.</summary>
internal sealed class VpcIdsAttribute(string pattern) : ConstraintAttribute
{
    private const int Longest = 1024;

    private readonly PatternAttribute _item = new(pattern);

    public override string? Violation(object value) =>
        ((IReadOnlyList<string>)value).All(id => id is { Length: <= Longest } && _item.Violation(id) is null)
            ? null
            : $"Member must satisfy constraint: [Member must have length less than or equal to {Longest}, Member must have length "
                + $"greater than or equal to 0, Member must satisfy regular expression pattern: ^{pattern}$, Member must not be null]";
}
