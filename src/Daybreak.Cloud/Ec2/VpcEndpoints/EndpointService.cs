namespace Daybreak.Cloud.Ec2.VpcEndpoints;

/// <summary>A service of AWS that VPC endpoints lead to.</summary>
/// <param name="Name"><c>com.amazonaws.us-east-1.lambda</c></param>
/// <param name="Label">Last part of the name, which host names of endpoints contain: <c>lambda</c>.</param>
/// <param name="PrivateDnsName">The service's ordinary host name, which private DNS overrides:
/// <c>lambda.us-east-1.amazonaws.com</c>.</param>
internal sealed record EndpointService(string Name, string Label, VpcEndpointType Type, string PrivateDnsName)
{
    // The labels of services whose host names do not contain their names.
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["ecr.api"] = "api.ecr",
        ["ecr.dkr"] = "dkr.ecr",
        ["ecs-agent"] = "ecs-a",
        ["ecs-telemetry"] = "ecs-t",
        ["kinesis-firehose"] = "firehose",
        ["kinesis-streams"] = "kinesis",
        ["sagemaker.api"] = "api.sagemaker",
        ["sagemaker.runtime"] = "runtime.sagemaker",
    };

    // Private DNS overrides all names below these.
    private static readonly string[] Wildcards = ["ecr.dkr", "execute-api", "s3"];

    private static readonly string[] Gateways = ["dynamodb", "s3"];

    private static readonly string[] Interfaces =
    [
        "access-analyzer",
        "acm-pca",
        "appconfig",
        "appconfigdata",
        "application-autoscaling",
        "athena",
        "autoscaling",
        "autoscaling-plans",
        "backup",
        "batch",
        "bedrock",
        "bedrock-agent",
        "bedrock-agent-runtime",
        "bedrock-runtime",
        "cassandra",
        "cloudformation",
        "cloudtrail",
        "codebuild",
        "codedeploy",
        "codepipeline",
        "config",
        "dms",
        "dynamodb",
        "ebs",
        "ec2",
        "ec2messages",
        "ecr.api",
        "ecr.dkr",
        "ecs",
        "ecs-agent",
        "ecs-telemetry",
        "eks",
        "eks-auth",
        "elasticache",
        "elasticbeanstalk",
        "elasticfilesystem",
        "elasticloadbalancing",
        "elasticmapreduce",
        "email-smtp",
        "events",
        "execute-api",
        "fis",
        "fsx",
        "glue",
        "imagebuilder",
        "inspector2",
        "kafka",
        "kinesis-firehose",
        "kinesis-streams",
        "kms",
        "lakeformation",
        "lambda",
        "logs",
        "macie2",
        "monitoring",
        "mq",
        "network-firewall",
        "pipes",
        "polly",
        "ram",
        "rds",
        "rds-data",
        "redshift",
        "redshift-data",
        "rekognition",
        "s3",
        "sagemaker.api",
        "sagemaker.runtime",
        "scheduler",
        "schemas",
        "secretsmanager",
        "securityhub",
        "servicecatalog",
        "servicediscovery",
        "sns",
        "sqs",
        "ssm",
        "ssm-contacts",
        "ssm-incidents",
        "ssmmessages",
        "states",
        "storagegateway",
        "sts",
        "sync-states",
        "synthetics",
        "tagging",
        "textract",
        "transcribe",
        "transfer",
        "translate",
        "xray",
    ];

    /// <summary>The services of a Region. Some have both types of endpoints.</summary>
    public static IReadOnlyList<EndpointService> Of(string region) =>
        [
            .. Gateways.Select(service => Create(service, region, VpcEndpointType.Gateway)),
            .. Interfaces.Select(service => Create(service, region, VpcEndpointType.Interface)),
        ];

    /// <summary>The service that an endpoint leads to.</summary>
    public static EndpointService Of(VpcEndpoint endpoint, string region) =>
        Of(region).First(service => service.Name == endpoint.ServiceName && service.Type == endpoint.Type);

    /// <summary>Whether an endpoint has private DNS by default, which it does unless the service also has gateway endpoints.</summary>
    public bool HasPrivateDnsByDefault => Type == VpcEndpointType.Interface && !Gateways.Contains(Label);

    private static EndpointService Create(string service, string region, VpcEndpointType type)
    {
        var label = Labels.GetValueOrDefault(service, service);
        var all = type == VpcEndpointType.Interface && Wildcards.Contains(service) ? "*." : "";
        return new($"com.amazonaws.{region}.{service}", label, type, $"{all}{label}.{region}.amazonaws.com");
    }
}
