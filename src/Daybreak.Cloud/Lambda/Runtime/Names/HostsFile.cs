namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>Writes hosts(5) for functions where the name server cannot run. The file allows no patterns, so it lists the names.</summary>
internal static class HostsFile
{
    private const string Path = "/etc/hosts";
    private const string Nowhere = "255.255.255.255"; // a connection to it fails at once

    private static readonly string[] Regions =
    [
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
        "ca-central-1",
        "sa-east-1",
        "eu-central-1",
        "eu-central-2",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "eu-north-1",
        "eu-south-1",
        "eu-south-2",
        "ap-south-1",
        "ap-south-2",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-northeast-3",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-east-1",
        "me-south-1",
        "me-central-1",
        "af-south-1",
        "il-central-1",
    ];

    private static readonly string[] Services =
    [
        "lambda",
        "sts",
        "s3",
        "dynamodb",
        "sqs",
        "sns",
        "secretsmanager",
        "ssm",
        "kms",
        "rds",
        "rds-data",
        "ec2",
        "logs",
        "monitoring",
        "events",
        "states",
        "kinesis",
        "firehose",
        "cloudformation",
        "email",
        "apigateway",
        "execute-api",
        "cognito-idp",
        "cognito-identity",
        "bedrock-runtime",
        "athena",
        "glue",
        "elasticache",
        "ecs",
        "ecr",
        "api.ecr",
        "elasticloadbalancing",
        "autoscaling",
        "scheduler",
        "appconfigdata",
        "xray",
        "redshift-data",
        "sagemaker",
        "runtime.sagemaker",
        "textract",
        "rekognition",
        "translate",
    ];

    private static readonly string[] Global =
    [
        "sts",
        "iam",
        "s3",
        "s3-1",
        "organizations.us-east-1",
        "route53",
        "cloudfront",
        "sdb",
        "importexport",
        "queue",
        "ec2",
        "rds",
        "dynamodb.us-east-1",
    ];

    /// <summary>This machine's file, followed by endpoints of AWS's services that lead nowhere.</summary>
    public static string WithAwsNowhere()
    {
        var names = Global
            .Concat(Regions.SelectMany(region => Services.Select(service => $"{service}.{region}")))
            .Select(name => $"{Nowhere} {name}.amazonaws.com");
        return (File.Exists(Path) ? File.ReadAllText(Path) : "") + "\n" + string.Join('\n', names) + "\n";
    }
}
