using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Logs.Tags;

namespace Daybreak.Cloud.Logs.Groups;

internal static class LogGroupClass
{
    public const string Standard = "STANDARD",
        InfrequentAccess = "INFREQUENT_ACCESS",
        Delivery = "DELIVERY";
}

/// <summary>A request that names a group and nothing else.</summary>
internal sealed record LogGroupRequest
{
    [LogGroupName]
    public required string LogGroupName { get; init; }
}

internal sealed record CreateLogGroupRequest
{
    [LogGroupName]
    public required string LogGroupName { get; init; }

    /// <summary>Kept and shown; nothing is encrypted here.</summary>
    [Length(0, 256)]
    public string? KmsKeyId { get; init; }

    [Tags]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    [Values(Groups.LogGroupClass.Standard, Groups.LogGroupClass.InfrequentAccess, Groups.LogGroupClass.Delivery)]
    public string? LogGroupClass { get; init; }

    public bool? DeletionProtectionEnabled { get; init; }
}

internal sealed record PutLogGroupDeletionProtectionRequest
{
    [LogGroupIdentifier]
    public required string LogGroupIdentifier { get; init; }

    public required bool? DeletionProtectionEnabled { get; init; }
}

internal sealed record PutRetentionPolicyRequest
{
    [LogGroupName]
    public required string LogGroupName { get; init; }

    public required int? RetentionInDays { get; init; }
}

internal sealed record DescribeLogGroupsRequest
{
    [NotImplemented]
    public IReadOnlyList<string>? AccountIdentifiers { get; init; }

    [LogGroupName]
    public string? LogGroupNamePrefix { get; init; }

    [Length(0, 512), Pattern(@"[\.\-_/#A-Za-z0-9]*")]
    public string? LogGroupNamePattern { get; init; }

    [Length(1, int.MaxValue)]
    public string? NextToken { get; init; }

    [Range(1, 50)]
    public int? Limit { get; init; }

    [NotImplemented]
    public bool? IncludeLinkedAccounts { get; init; }

    [Values(Groups.LogGroupClass.Standard, Groups.LogGroupClass.InfrequentAccess, Groups.LogGroupClass.Delivery)]
    public string? LogGroupClass { get; init; }

    [NotImplemented]
    public IReadOnlyList<string>? LogGroupIdentifiers { get; init; }
}

internal sealed record DescribeLogGroupsResponse
{
    public required IReadOnlyList<LogGroupDescription> LogGroups { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record LogGroupDescription
{
    public required string LogGroupName { get; init; }

    public required long CreationTime { get; init; }

    public int? RetentionInDays { get; init; }

    public required int MetricFilterCount { get; init; }

    /// <summary>The ARN with <c>:*</c>.</summary>
    public required string Arn { get; init; }

    public required string LogGroupArn { get; init; }

    public long? StoredBytes { get; init; }

    public string? KmsKeyId { get; init; }

    public required string LogGroupClass { get; init; }

    public bool? DeletionProtectionEnabled { get; init; }

    /// <param name="isBrief">As for a request with a pattern.</param>
    public static LogGroupDescription Of(LogGroup group, bool isBrief) =>
        new()
        {
            LogGroupName = group.Name,
            CreationTime = group.Settings.CreationTime,
            RetentionInDays = group.Settings.RetentionInDays,
            MetricFilterCount = 0,
            Arn = group.Arn + ":*",
            LogGroupArn = group.Arn,
            StoredBytes = isBrief ? null : group.Events.Size,
            KmsKeyId = group.Settings.KmsKeyId,
            LogGroupClass = group.Settings.Class,
            DeletionProtectionEnabled = isBrief ? null : group.Settings.DeletionProtection,
        };
}
