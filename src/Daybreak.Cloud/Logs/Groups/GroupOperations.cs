using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Logs.Tags;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs.Groups;

/// <summary>Operations on log groups.</summary>
internal sealed class GroupOperations(LogGroups groups, TimeProvider time)
{
    private static readonly int[] Retentions =
    [
        1,
        3,
        5,
        7,
        14,
        30,
        60,
        90,
        120,
        150,
        180,
        365,
        400,
        545,
        731,
        1096,
        1827,
        2192,
        2557,
        2922,
        3288,
        3653,
    ];

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CreateLogGroupRequest, NoMembers>("CreateLogGroup", CreateAsync) { Permissions = PermissionsToCreate },
            new AwsOperation<LogGroupRequest, NoMembers>("DeleteLogGroup", DeleteAsync)
            {
                Resource = static (r, c) => LogsArn.Contents(c, r.LogGroupName),
            },
            new AwsOperation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>("DescribeLogGroups", Describe)
            {
                Resource = static (_, c) => LogsArn.Contents(c, ""),
            },
            new AwsOperation<PutRetentionPolicyRequest, NoMembers>("PutRetentionPolicy", PutRetentionAsync)
            {
                Resource = static (r, c) => LogsArn.Contents(c, r.LogGroupName),
            },
            new AwsOperation<LogGroupRequest, NoMembers>("DeleteRetentionPolicy", DeleteRetentionAsync)
            {
                Resource = static (r, c) => LogsArn.Contents(c, r.LogGroupName),
            },
            new AwsOperation<PutLogGroupDeletionProtectionRequest, NoMembers>("PutLogGroupDeletionProtection", ProtectAsync)
            {
                Resource = static (r, c) => LogsArn.Contents(c, LogsArn.NameOf(r.LogGroupIdentifier)),
            },
        ];

    public async ValueTask<NoMembers> CreateAsync(CreateLogGroupRequest request, OperationContext context)
    {
        TagOperations.Check(request.Tags);
        return await groups.TryAddAsync(
            KeyOf(context, request.LogGroupName),
            NewSettings(request.LogGroupName, time) with
            {
                Class = request.LogGroupClass ?? LogGroupClass.Standard,
                DeletionProtection = request.DeletionProtectionEnabled ?? false,
                KmsKeyId = request.KmsKeyId,
                Tags = request.Tags?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, string>.Empty,
            }
        )
            ? NoMembers.Instance
            : throw LogsErrors.GroupExists();
    }

    public async ValueTask<NoMembers> DeleteAsync(LogGroupRequest request, OperationContext context)
    {
        await groups.RemoveAsync(KeyOf(context, request.LogGroupName));
        return NoMembers.Instance;
    }

    public DescribeLogGroupsResponse Describe(DescribeLogGroupsRequest request, OperationContext context)
    {
        if (request.LogGroupNamePrefix is not null && request.LogGroupNamePattern is not null)
            throw LogsErrors.PrefixAndPattern();
        var (prefix, pattern) = (request.LogGroupNamePrefix ?? "", request.LogGroupNamePattern ?? "");
        var found = groups
            .Of(context.AccountId, context.Region)
            .Where(group =>
                group.Name.StartsWith(prefix, StringComparison.Ordinal)
                && group.Name.Contains(pattern, StringComparison.Ordinal)
                && (request.LogGroupClass is null || group.Settings.Class == request.LogGroupClass)
            );
        var (page, next) = Page.Of(found, static group => group.Name, request.NextToken, request.Limit);
        return new DescribeLogGroupsResponse
        {
            LogGroups = [.. page.Select(group => LogGroupDescription.Of(group, isBrief: request.LogGroupNamePattern is not null))],
            NextToken = next,
        };
    }

    public async ValueTask<NoMembers> PutRetentionAsync(PutRetentionPolicyRequest request, OperationContext context)
    {
        var days = request.RetentionInDays!.Value;
        if (!Retentions.Contains(days))
            throw LogsErrors.InvalidRetention(days, Retentions);
        await groups.ChangeAsync(KeyOf(context, request.LogGroupName), settings => settings with { RetentionInDays = days });
        await groups.ExpireAsync();
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteRetentionAsync(LogGroupRequest request, OperationContext context)
    {
        await groups.ChangeAsync(KeyOf(context, request.LogGroupName), static settings => settings with { RetentionInDays = null });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> ProtectAsync(PutLogGroupDeletionProtectionRequest request, OperationContext context)
    {
        if (LogsArn.IsElsewhere(request.LogGroupIdentifier, context))
            throw LogsErrors.GroupNotFound();
        await groups.ChangeAsync(
            KeyOf(context, LogsArn.NameOf(request.LogGroupIdentifier)),
            settings => settings with { DeletionProtection = request.DeletionProtectionEnabled!.Value }
        );
        return NoMembers.Instance;
    }

    /// <summary>The settings of a new group that nothing is said about.</summary>
    public static LogGroupSettings NewSettings(string name, TimeProvider time) =>
        new(
            Guid.NewGuid().ToString("N"),
            name,
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            LogGroupClass.Standard,
            DeletionProtection: false,
            ImmutableSortedDictionary<string, string>.Empty
        );

    private static IEnumerable<ResourcePermission> PermissionsToCreate(CreateLogGroupRequest request, OperationContext context)
    {
        yield return new ResourcePermission(LogsArn.Contents(context, request.LogGroupName), TagOperations.KeysOf(request.Tags));
        if (request.Tags is { Count: > 0 })
            yield return new ResourcePermission(
                LogsArn.Group(context, request.LogGroupName),
                TagOperations.KeysOf(request.Tags),
                "TagResource"
            );
    }

    private static ResourceKey KeyOf(OperationContext context, string name) => new(context.AccountId, context.Region, name);
}
