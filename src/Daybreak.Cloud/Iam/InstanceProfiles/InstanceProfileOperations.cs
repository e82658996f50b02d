using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.InstanceProfiles;

/// <summary>Operations on instance profiles.</summary>
public sealed class InstanceProfileOperations(IamState state, RoleOperations roles, TimeProvider time)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<InstanceProfileRoleRequest, NoMembers>(state, "AddRoleToInstanceProfile", AddRoleAsync)
            {
                Resource = (r, c) => state.Arns.InstanceProfile(c, r.InstanceProfileName),
            },
            new IamChange<CreateInstanceProfileRequest, InstanceProfileResponse>(state, "CreateInstanceProfile", CreateAsync)
            {
                Resource = static (r, c) => IamArns.New(c, "instance-profile", r.Path, r.InstanceProfileName),
                Keys = static (r, c) => IamKeys.Tags(r.Tags),
            },
            new IamChange<InstanceProfileRequest, NoMembers>(state, "DeleteInstanceProfile", DeleteAsync)
            {
                Resource = (r, c) => state.Arns.InstanceProfile(c, r.InstanceProfileName),
            },
            new AwsOperation<InstanceProfileRequest, InstanceProfileResponse>("GetInstanceProfile", Get)
            {
                Resource = (r, c) => state.Arns.InstanceProfile(c, r.InstanceProfileName),
            },
            new AwsOperation<ListInstanceProfilesRequest, ListInstanceProfilesResponse>("ListInstanceProfiles", List)
            {
                Resource = static (r, c) => IamArns.New(c, "instance-profile", r.PathPrefix, ""),
            },
            new AwsOperation<RoleListRequest, ListInstanceProfilesResponse>("ListInstanceProfilesForRole", ListForRole)
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
            },
            new AwsOperation<ListInstanceProfileTagsRequest, ListTagsResponse>("ListInstanceProfileTags", ListTags)
            {
                Resource = (r, c) => state.Arns.InstanceProfile(c, r.InstanceProfileName),
            },
            new IamChange<InstanceProfileRoleRequest, NoMembers>(state, "RemoveRoleFromInstanceProfile", RemoveRoleAsync)
            {
                Resource = (r, c) => state.Arns.InstanceProfile(c, r.InstanceProfileName),
            },
            new IamChange<TagInstanceProfileRequest, NoMembers>(state, "TagInstanceProfile", TagAsync)
            {
                Resource = (r, c) => state.Arns.InstanceProfile(c, r.InstanceProfileName),
                Keys = static (r, c) => IamKeys.Tags(r.Tags),
            },
            new IamChange<UntagInstanceProfileRequest, NoMembers>(state, "UntagInstanceProfile", UntagAsync)
            {
                Resource = (r, c) => state.Arns.InstanceProfile(c, r.InstanceProfileName),
            },
        ];

    public async ValueTask<InstanceProfileResponse> CreateAsync(CreateInstanceProfileRequest request, OperationContext context)
    {
        var profile = new InstanceProfile
        {
            AccountId = context.AccountId,
            Name = request.InstanceProfileName,
            Path = request.Path ?? "/",
            Id = UniqueId.New("AIPA"),
            CreateDate = time.GetUtcNow(),
            Tags = TagSet.New(request.Tags),
        };
        if (!await state.InstanceProfiles.TryAddAsync(KeyOf(profile), profile))
            throw IamErrors.EntityAlreadyExists($"Instance Profile {profile.Name} already exists.");
        return new InstanceProfileResponse { InstanceProfile = Describe(profile) };
    }

    public InstanceProfileResponse Get(InstanceProfileRequest request, OperationContext context) =>
        new() { InstanceProfile = Describe(Find(request.InstanceProfileName, context)) };

    public ListInstanceProfilesResponse List(ListInstanceProfilesRequest request, OperationContext context) =>
        Answer(All(context).Where(profile => profile.Path.StartsWith(request.PathPrefix ?? "/", StringComparison.Ordinal)), request);

    public ListInstanceProfilesResponse ListForRole(RoleListRequest request, OperationContext context)
    {
        var role = state.Roles.Get(context, request.RoleName);
        return Answer(All(context).Where(profile => profile.RoleId == role.Id), request);
    }

    public async ValueTask<NoMembers> DeleteAsync(InstanceProfileRequest request, OperationContext context)
    {
        var profile = Find(request.InstanceProfileName, context);
        if (profile.RoleId is not null)
            throw IamErrors.DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        await state.InstanceProfiles.RemoveAsync(KeyOf(profile));
        return NoMembers.Instance;
    }

    public ValueTask<NoMembers> AddRoleAsync(InstanceProfileRoleRequest request, OperationContext context)
    {
        var profile = Find(request.InstanceProfileName, context);
        var role = roles.Modifiable(context, request.RoleName);
        if (profile.RoleId is not null)
            throw IamErrors.QuotaExceeded("InstanceSessionsPerInstanceProfile", 1);
        return PutAsync(profile with { RoleId = role.Id });
    }

    public ValueTask<NoMembers> RemoveRoleAsync(InstanceProfileRoleRequest request, OperationContext context)
    {
        var profile = Find(request.InstanceProfileName, context);
        var role = state.Roles.Get(context, request.RoleName);
        if (profile.RoleId != role.Id)
            throw IamErrors.NoSuchIdentity(IdentityKind.Role, request.RoleName);
        return PutAsync(profile with { RoleId = null });
    }

    public ValueTask<NoMembers> TagAsync(TagInstanceProfileRequest request, OperationContext context)
    {
        var profile = Find(request.InstanceProfileName, context);
        return PutAsync(profile with { Tags = TagSet.Merge(profile.Tags, request.Tags) });
    }

    public ValueTask<NoMembers> UntagAsync(UntagInstanceProfileRequest request, OperationContext context)
    {
        var profile = Find(request.InstanceProfileName, context);
        return PutAsync(profile with { Tags = TagSet.Remove(profile.Tags, request.TagKeys) });
    }

    public ListTagsResponse ListTags(ListInstanceProfileTagsRequest request, OperationContext context)
    {
        var page = Page.Of(Find(request.InstanceProfileName, context).Tags, static tag => tag.Key, request.Marker, request.MaxItems);
        return new ListTagsResponse
        {
            Tags = page.Items,
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    private static ResourceKey KeyOf(InstanceProfile profile) => KeyOf(profile.AccountId, profile.Name);

    private static ResourceKey KeyOf(string accountId, string name) => new(accountId, "", name.ToLowerInvariant());

    private IReadOnlyList<InstanceProfile> All(OperationContext context) => state.InstanceProfiles.List(context.AccountId, "");

    private InstanceProfile Find(string name, OperationContext context) =>
        state.InstanceProfiles.Find(KeyOf(context.AccountId, name)) ?? throw IamErrors.NoSuchInstanceProfile(name);

    private async ValueTask<NoMembers> PutAsync(InstanceProfile profile)
    {
        await state.InstanceProfiles.PutAsync(KeyOf(profile), profile);
        return NoMembers.Instance;
    }

    private ListInstanceProfilesResponse Answer(IEnumerable<InstanceProfile> profiles, PagedRequest paging)
    {
        var page = Page.Of(profiles, static profile => profile.Name, paging.Marker, paging.MaxItems);
        return new ListInstanceProfilesResponse
        {
            InstanceProfiles = [.. page.Items.Select(profile => Describe(profile) with { Tags = null })],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    private InstanceProfileDescription Describe(InstanceProfile profile) =>
        new()
        {
            Path = profile.Path,
            InstanceProfileName = profile.Name,
            InstanceProfileId = profile.Id,
            Arn = profile.Arn,
            CreateDate = profile.CreateDate,
            Roles =
            [
                .. state
                    .Roles.List(profile.AccountId)
                    .Where(role => role.Id == profile.RoleId)
                    .Select(role => roles.Describe(role) with { MaxSessionDuration = null, Tags = null }),
            ],
            Tags = TagSet.OrNull(profile.Tags),
        };
}
