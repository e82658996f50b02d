using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Cloud.Kms.Keys;

/// <summary>The keys of AWS's own, one per service, account and Region. They are made when they are first asked for.</summary>
internal static class ManagedKeys
{
    private const string Prefix = "alias/aws/";
    private const string Uses =
        "\"kms:Encrypt\", \"kms:Decrypt\", \"kms:ReEncrypt*\", \"kms:GenerateDataKey*\", \"kms:CreateGrant\", \"kms:ListGrants\", "
        + "\"kms:DescribeKey\"";

    /// <summary>The services, and what AWS's description says that the key protects.</summary>
    private static readonly Dictionary<string, string> Protected = new()
    {
        ["dynamodb"] = "DynamoDB data",
        ["ebs"] = "EBS volumes",
        ["lambda"] = "Lambda functions",
        ["rds"] = "RDS database volumes",
        ["s3"] = "S3 objects",
        ["secretsmanager"] = "Secrets Manager data",
        ["sns"] = "SNS data",
        ["sqs"] = "SQS messages",
        ["ssm"] = "SSM parameters",
    };

    public static IEnumerable<string> Aliases => Protected.Keys.Order(StringComparer.Ordinal).Select(static name => Prefix + name);

    public static bool IsReserved(string alias) => alias.StartsWith(Prefix, StringComparison.Ordinal);

    public static bool Has(string alias) => IsReserved(alias) && Protected.ContainsKey(alias[Prefix.Length..]);

    public static string DescriptionOf(string alias) =>
        $"Default key that protects my {Protected[alias[Prefix.Length..]]} when no other key is defined";

    /// <summary>RDS shows the same id for its key without asking.</summary>
    public static string IdOf(string accountId, string region, string alias) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}/{region}/{alias}")).AsSpan(0, 16)).ToString();

    /// <summary>Everybody in the account may use it, but by its service only.</summary>
    public static string PolicyOf(string accountId, string region, string alias)
    {
        var service = alias[Prefix.Length..];
        return $$"""
            {
              "Version" : "2012-10-17",
              "Id" : "auto-{{service}}-2",
              "Statement" : [ {
                "Sid" : "Allow access through the service for all principals in the account that are authorized to use it",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "*"
                },
                "Action" : [ {{Uses}} ],
                "Resource" : "*",
                "Condition" : {
                  "StringEquals" : {
                    "kms:CallerAccount" : "{{accountId}}",
                    "kms:ViaService" : "{{service}}.{{region}}.amazonaws.com"
                  }
                }
              }, {
                "Sid" : "Allow direct access to key metadata to the account",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "arn:aws:iam::{{accountId}}:root"
                },
                "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
                "Resource" : "*"
              } ]
            }
            """;
    }
}
