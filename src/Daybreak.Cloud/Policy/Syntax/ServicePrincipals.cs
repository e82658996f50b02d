using System.Collections.Frozen;

namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>Services that policies may name as principals: IAM refuses unknown names.</summary>
internal static class ServicePrincipals
{
    private const string Suffix = ".amazonaws.com";

    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet([
        "apigateway",
        "appmesh",
        "apprunner",
        "appsync",
        "athena",
        "autoscaling",
        "backup",
        "batch",
        "bedrock",
        "billingconsole",
        "cloudformation",
        "cloudfront",
        "cloudtrail",
        "cloudwatch",
        "codebuild",
        "codecommit",
        "codedeploy",
        "codepipeline",
        "cognito-idp",
        "cognito-sync",
        "config",
        "connect",
        "datapipeline",
        "dax",
        "delivery.logs",
        "dms",
        "dynamodb",
        "ec2",
        "ec2fleet",
        "ecr",
        "ecs",
        "ecs-tasks",
        "edgelambda",
        "eks",
        "eks-fargate-pods",
        "elasticache",
        "elasticbeanstalk",
        "elasticfilesystem",
        "elasticloadbalancing",
        "elasticmapreduce",
        "elastictranscoder",
        "es",
        "events",
        "export.rds",
        "firehose",
        "fis",
        "glue",
        "greengrass",
        "guardduty",
        "inspector",
        "iot",
        "kafka",
        "kinesis",
        "kinesisanalytics",
        "kms",
        "lakeformation",
        "lambda",
        "lex",
        "logs",
        "macie",
        "mediaconvert",
        "mq",
        "monitoring.rds",
        "opensearchservice",
        "opsworks",
        "organizations",
        "pinpoint",
        "pipes",
        "pods.eks",
        "quicksight",
        "rds",
        "redshift",
        "replicator.lambda",
        "rolesanywhere",
        "route53",
        "s3",
        "sagemaker",
        "scheduler",
        "secretsmanager",
        "ses",
        "sns",
        "spotfleet",
        "sqs",
        "ssm",
        "states",
        "storagegateway",
        "swf",
        "transfer",
        "vpc-flow-logs",
        "waf",
        "workspaces",
        "xray",
    ]);

    public static bool IsKnown(string name)
    {
        if (!name.EndsWith(Suffix, StringComparison.Ordinal))
            return false;
        var service = name[..^Suffix.Length];
        if (Names.Contains(service))
            return true;
        // The regional form: logs.eu-central-1.amazonaws.com.
        var dot = service.LastIndexOf('.');
        return dot > 0 && Names.Contains(service[..dot]) && service.AsSpan(dot + 1).Count('-') >= 2;
    }
}
