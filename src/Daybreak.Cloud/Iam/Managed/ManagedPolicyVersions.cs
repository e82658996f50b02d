using System.Globalization;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Iam.Managed;

/// <summary>Operations on the versions of managed policies.</summary>
public sealed class ManagedPolicyVersions(IamState state, ManagedPolicies policies, TimeProvider time)
{
    private const int Limit = 5;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<CreatePolicyVersionRequest, PolicyVersionResponse>(state, "CreatePolicyVersion", CreateAsync)
            {
                Resource = static (r, c) => r.PolicyArn,
            },
            new IamChange<PolicyVersionRequest, NoMembers>(state, "DeletePolicyVersion", DeleteAsync)
            {
                Resource = static (r, c) => r.PolicyArn,
            },
            new AwsOperation<PolicyVersionRequest, PolicyVersionResponse>("GetPolicyVersion", Get)
            {
                Resource = static (r, c) => r.PolicyArn,
            },
            new AwsOperation<ListPolicyVersionsRequest, ListPolicyVersionsResponse>("ListPolicyVersions", List)
            {
                Resource = static (r, c) => r.PolicyArn,
            },
            new IamChange<PolicyVersionRequest, NoMembers>(state, "SetDefaultPolicyVersion", SetDefaultAsync)
            {
                Resource = static (r, c) => r.PolicyArn,
            },
        ];

    public async ValueTask<PolicyVersionResponse> CreateAsync(CreatePolicyVersionRequest request, OperationContext context)
    {
        var policy = policies.Modifiable(request.PolicyArn, context);
        ManagedPolicies.Check(request.PolicyDocument);
        if (policy.Versions.Length >= Limit)
            throw IamErrors.LimitExceeded(
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."
            );
        var now = time.GetUtcNow();
        var number = policy.LastVersion + 1;
        var version = new ManagedPolicyVersion(string.Create(CultureInfo.InvariantCulture, $"v{number}"), request.PolicyDocument, now);
        var changed = policy with
        {
            Versions = policy.Versions.Add(version),
            LastVersion = number,
            DefaultVersionId = request.SetAsDefault == true ? version.VersionId : policy.DefaultVersionId,
            UpdateDate = now,
        };
        await state.Policies.PutAsync(changed);
        return new PolicyVersionResponse { PolicyVersion = Describe(changed, version) };
    }

    public PolicyVersionResponse Get(PolicyVersionRequest request, OperationContext context)
    {
        var policy = policies.Find(request.PolicyArn, context);
        var version = Find(policy, request.VersionId);
        return new PolicyVersionResponse
        {
            PolicyVersion = Describe(policy, version) with { Document = PolicyText.Encode(version.Document) },
        };
    }

    public ListPolicyVersionsResponse List(ListPolicyVersionsRequest request, OperationContext context)
    {
        var policy = policies.Find(request.PolicyArn, context);
        // The newest version is first.
        var page = Page.Of(
            policy.Versions,
            version => (policy.LastVersion - Number(version)).ToString("D6", CultureInfo.InvariantCulture),
            request.Marker,
            request.MaxItems
        );
        return new ListPolicyVersionsResponse
        {
            Versions = [.. page.Items.Select(version => Describe(policy, version))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    public async ValueTask<NoMembers> SetDefaultAsync(PolicyVersionRequest request, OperationContext context)
    {
        var policy = policies.Modifiable(request.PolicyArn, context);
        await state.Policies.PutAsync(
            policy with
            {
                DefaultVersionId = Find(policy, request.VersionId).VersionId,
                UpdateDate = time.GetUtcNow(),
            }
        );
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAsync(PolicyVersionRequest request, OperationContext context)
    {
        var policy = policies.Modifiable(request.PolicyArn, context);
        var version = Find(policy, request.VersionId);
        if (version.VersionId == policy.DefaultVersionId)
            throw IamErrors.DeleteConflict("Cannot delete the default version of a policy.");
        await state.Policies.PutAsync(policy with { Versions = policy.Versions.Remove(version) });
        return NoMembers.Instance;
    }

    private static ManagedPolicyVersion Find(ManagedPolicy policy, string versionId) =>
        policy.Find(versionId) ?? throw IamErrors.NoSuchVersion(policy.Arn, versionId);

    private static int Number(ManagedPolicyVersion version) => int.Parse(version.VersionId.AsSpan(1), CultureInfo.InvariantCulture);

    internal static PolicyVersionDescription Describe(ManagedPolicy policy, ManagedPolicyVersion version) =>
        new()
        {
            VersionId = version.VersionId,
            IsDefaultVersion = version.VersionId == policy.DefaultVersionId,
            CreateDate = version.CreateDate,
        };
}
