namespace Daybreak.Cloud.Ec2.VpcEndpoints;

/// <summary>A service of AWS that VPC endpoints lead to.</summary>
/// <param name="Name"><c>com.amazonaws.us-east-1.lambda</c></param>
/// <param name="Label">In the names of endpoints, and what the name ends in: <c>lambda</c>.</param>
/// <param name="PrivateDnsName">The service's ordinary name, which private DNS takes over: <c>lambda.us-east-1.amazonaws.com</c>.</param>
internal sealed record EndpointService(string Name, string Label, VpcEndpointType Type, string PrivateDnsName)
{
    private static readonly string[] gateways = ["dynamodb", "s3"];

    private static readonly string[] interfaces =
    [
        "autoscaling", "cloudformation", "ec2", "ec2messages", "ecs", "elasticloadbalancing", "events", "execute-api", "kms", "lambda", "logs",
        "monitoring", "rds", "rds-data", "secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "states", "sts",
    ];

    /// <summary>Those of a region.</summary>
    public static IReadOnlyList<EndpointService> Of(string region) =>
    [
        .. gateways.Select(service => Create(service, region, VpcEndpointType.Gateway)),
        .. interfaces.Select(service => Create(service, region, VpcEndpointType.Interface)),
    ];

    private static EndpointService Create(string service, string region, VpcEndpointType type) =>
        new($"com.amazonaws.{region}.{service}", service, type, $"{(service == "execute-api" ? "*." : "")}{service}.{region}.amazonaws.com");
}
