namespace Daybreak.Cloud.Lambda.Vpcs;

/// <summary>The place of a version of a function in a VPC. Immutable.</summary>
public sealed record FunctionVpc(
    string VpcId,
    IReadOnlyList<string> SubnetIds,
    IReadOnlyList<string> SecurityGroupIds,
    bool Ipv6AllowedForDualStack
)
{
    public bool Equals(FunctionVpc? other) =>
        other is not null
        && (VpcId, Ipv6AllowedForDualStack) == (other.VpcId, other.Ipv6AllowedForDualStack)
        && SubnetIds.SequenceEqual(other.SubnetIds)
        && SecurityGroupIds.SequenceEqual(other.SecurityGroupIds);

    public override int GetHashCode() => HashCode.Combine(VpcId, SubnetIds.Count, SecurityGroupIds.Count);
}
