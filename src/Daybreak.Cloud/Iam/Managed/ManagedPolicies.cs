using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Managed;

/// <summary>Operations on managed policies, and on the list of identities that they are attached to.</summary>
public sealed class ManagedPolicies(IamState state, TimeProvider time)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<CreatePolicyRequest, PolicyResponse>(state, "CreatePolicy", CreateAsync)
            {
                Resource = static (r, c) => IamArns.New(c, "policy", r.Path, r.PolicyName),
                Keys = static (r, c) => IamKeys.Tags(r.Tags),
            },
            new IamChange<PolicyArnRequest, NoMembers>(state, "DeletePolicy", DeleteAsync) { Resource = static (r, c) => r.PolicyArn },
            new AwsOperation<PolicyArnRequest, PolicyResponse>("GetPolicy", Get) { Resource = static (r, c) => r.PolicyArn },
            new AwsOperation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse>("ListEntitiesForPolicy", ListEntities)
            {
                Resource = static (r, c) => r.PolicyArn,
            },
            new AwsOperation<ListPoliciesRequest, ListPoliciesResponse>("ListPolicies", List)
            {
                Resource = static (r, c) => IamArns.New(c, "policy", r.PathPrefix, ""),
            },
            new AwsOperation<ListPolicyTagsRequest, ListTagsResponse>("ListPolicyTags", ListTags)
            {
                Resource = static (r, c) => r.PolicyArn,
            },
            new IamChange<TagPolicyRequest, NoMembers>(state, "TagPolicy", TagAsync)
            {
                Resource = static (r, c) => r.PolicyArn,
                Keys = static (r, c) => IamKeys.Tags(r.Tags),
            },
            new IamChange<UntagPolicyRequest, NoMembers>(state, "UntagPolicy", UntagAsync) { Resource = static (r, c) => r.PolicyArn },
        ];

    public async ValueTask<PolicyResponse> CreateAsync(CreatePolicyRequest request, OperationContext context)
    {
        Check(request.PolicyDocument);
        var now = time.GetUtcNow();
        var policy = new ManagedPolicy
        {
            AccountId = context.AccountId,
            Name = request.PolicyName,
            Path = request.Path ?? "/",
            Id = UniqueId.New("ANPA"),
            Description = request.Description,
            Tags = TagSet.New(request.Tags),
            CreateDate = now,
            UpdateDate = now,
            Versions = [new ManagedPolicyVersion("v1", request.PolicyDocument, now)],
            DefaultVersionId = "v1",
            LastVersion = 1,
        };
        await state.Policies.AddAsync(policy);
        return new PolicyResponse { Policy = Describe(policy, context.AccountId) with { Tags = TagSet.OrNull(policy.Tags) } };
    }

    public PolicyResponse Get(PolicyArnRequest request, OperationContext context)
    {
        var policy = Find(request.PolicyArn, context);
        return new PolicyResponse
        {
            Policy = Describe(policy, context.AccountId) with { Description = policy.Description, Tags = policy.Tags },
        };
    }

    public ListPoliciesResponse List(ListPoliciesRequest request, OperationContext context)
    {
        var policies = (request.Scope is null or "All" or "Local" ? state.Policies.Local(context.AccountId) : [])
            .Concat(request.Scope is null or "All" or "AWS" ? state.Policies.AwsManaged : [])
            .Where(policy => policy.Path.StartsWith(request.PathPrefix ?? "/", StringComparison.Ordinal))
            .Select(policy => Describe(policy, context.AccountId))
            .Where(policy => request.OnlyAttached != true || policy.AttachmentCount + policy.PermissionsBoundaryUsageCount > 0)
            .Where(policy =>
                request.PolicyUsageFilter switch
                {
                    "PermissionsPolicy" => policy.AttachmentCount > 0,
                    "PermissionsBoundary" => policy.PermissionsBoundaryUsageCount > 0,
                    _ => true,
                }
            );
        var page = Page.Of(policies, static policy => policy.Arn, request.Marker, request.MaxItems);
        return new ListPoliciesResponse
        {
            Policies = page.Items,
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    public async ValueTask<NoMembers> DeleteAsync(PolicyArnRequest request, OperationContext context)
    {
        var policy = Modifiable(request.PolicyArn, context);
        var (attached, boundaries) = Usage(policy.Arn, context.AccountId);
        if (attached + boundaries > 0)
            throw IamErrors.DeleteConflict("Cannot delete a policy attached to entities.");
        if (policy.Versions.Length > 1)
            throw IamErrors.DeleteConflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
                    + "The default version is deleted with the policy."
            );
        await state.Policies.RemoveAsync(policy);
        return NoMembers.Instance;
    }

    public ListEntitiesForPolicyResponse ListEntities(ListEntitiesForPolicyRequest request, OperationContext context)
    {
        var policy = Find(request.PolicyArn, context);
        bool Carries(Identity identity) =>
            identity.Path.StartsWith(request.PathPrefix ?? "/", StringComparison.Ordinal)
            && (
                (request.PolicyUsageFilter != "PermissionsBoundary" && identity.AttachedPolicies.Contains(policy.Arn))
                || (request.PolicyUsageFilter != "PermissionsPolicy" && identity.PermissionsBoundary == policy.Arn)
            );
        var carriers = state
            .Identities(context.AccountId)
            .Where(identity => (request.EntityFilter is null || request.EntityFilter == identity.Kind.Title) && Carries(identity));
        var page = Page.Of(carriers, static identity => $"{identity.Kind.Title}/{identity.Name}", request.Marker, request.MaxItems);
        return new ListEntitiesForPolicyResponse
        {
            PolicyGroups =
            [
                .. page.Items.OfType<Groups.Group>().Select(static group => new PolicyGroup { GroupName = group.Name, GroupId = group.Id }),
            ],
            PolicyUsers =
            [
                .. page.Items.OfType<Users.User>().Select(static user => new PolicyUser { UserName = user.Name, UserId = user.Id }),
            ],
            PolicyRoles =
            [
                .. page.Items.OfType<Roles.Role>().Select(static role => new PolicyRole { RoleName = role.Name, RoleId = role.Id }),
            ],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    public async ValueTask<NoMembers> TagAsync(TagPolicyRequest request, OperationContext context)
    {
        var policy = Modifiable(request.PolicyArn, context);
        await state.Policies.PutAsync(policy with { Tags = TagSet.Merge(policy.Tags, request.Tags) });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> UntagAsync(UntagPolicyRequest request, OperationContext context)
    {
        var policy = Modifiable(request.PolicyArn, context);
        await state.Policies.PutAsync(policy with { Tags = TagSet.Remove(policy.Tags, request.TagKeys) });
        return NoMembers.Instance;
    }

    public ListTagsResponse ListTags(ListPolicyTagsRequest request, OperationContext context)
    {
        var page = Page.Of(Find(request.PolicyArn, context).Tags, static tag => tag.Key, request.Marker, request.MaxItems);
        return new ListTagsResponse
        {
            Tags = page.Items,
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    /// <exception cref="Aws.AwsException">MalformedPolicyDocument or LimitExceeded</exception>
    internal static void Check(string document)
    {
        if (PolicySize.Of(document) > PolicySize.ManagedPolicy)
            throw IamErrors.QuotaExceeded("PolicySize", PolicySize.ManagedPolicy);
        CompiledPolicies.Check(document, PolicyDialect.ManagedPolicy);
    }

    /// <exception cref="Aws.AwsException">NoSuchEntity, or ValidationError when the text is not the ARN of a policy.</exception>
    internal ManagedPolicy Find(string arn, OperationContext context) =>
        state.Policies.Find(context.AccountId, CheckArn(arn)) ?? throw IamErrors.NoSuchPolicy(arn);

    /// <exception cref="Aws.AwsException">The same, and AccessDenied for AWS's policies, which nobody can change.</exception>
    internal ManagedPolicy Modifiable(string arn, OperationContext context)
    {
        var policy = Find(arn, context);
        return policy.IsAwsManaged
            ? throw Aws.AwsException.Sender("AccessDenied", "Policy is outside your own account.", System.Net.HttpStatusCode.Forbidden)
            : policy;
    }

    /// <exception cref="Aws.AwsException">ValidationError</exception>
    internal static string CheckArn(string arn) =>
        Aws.Arn.TryParse(arn, out var parsed) && parsed is { Service: "iam", Region: "" } ? arn : throw IamErrors.InvalidArn();

    private (int Attached, int Boundaries) Usage(string arn, string accountId)
    {
        var identities = state.Identities(accountId).ToList();
        return (
            identities.Count(identity => identity.AttachedPolicies.Contains(arn)),
            identities.Count(identity => identity.PermissionsBoundary == arn)
        );
    }

    /// <param name="accountId">The account whose users, groups and roles are counted.</param>
    internal PolicyDescription Describe(ManagedPolicy policy, string accountId)
    {
        var (attached, boundaries) = Usage(policy.Arn, accountId);
        return new PolicyDescription
        {
            PolicyName = policy.Name,
            PolicyId = policy.Id,
            Arn = policy.Arn,
            Path = policy.Path,
            DefaultVersionId = policy.DefaultVersionId,
            AttachmentCount = attached,
            PermissionsBoundaryUsageCount = boundaries,
            IsAttachable = true,
            CreateDate = policy.CreateDate,
            UpdateDate = policy.UpdateDate,
        };
    }
}
