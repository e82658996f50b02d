namespace Daybreak.Cloud.Ec2.NetworkInterfaces;

/// <summary>What EC2 shows of an interface depending on its creator.</summary>
internal static class InterfaceUses
{
    public static string TypeName(this InterfaceUse use) =>
        use switch
        {
            InterfaceUse.NatGateway => "nat_gateway",
            InterfaceUse.VpcEndpoint => "vpc_endpoint",
            InterfaceUse.Function => "lambda",
            _ => "interface",
        };

    /// <summary>The service that made it; null for the account itself.</summary>
    public static string? Requester(this InterfaceUse use) =>
        use switch
        {
            InterfaceUse.Customer => null,
            InterfaceUse.Database => "amazon-rds",
            _ => "amazon-aws",
        };
}
