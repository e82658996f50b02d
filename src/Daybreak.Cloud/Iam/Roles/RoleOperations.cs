using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>Operations on roles themselves and their tags.</summary>
public sealed class RoleOperations(IamState state, TrustPolicy trust, TimeProvider time)
{
    private readonly IdentityTags<Role> _tags = new(state.Roles);

    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<CreateRoleRequest, RoleResponse>(state, "CreateRole", CreateAsync)
            {
                Resource = static (r, c) => IamArns.New(c, "role", r.Path, r.RoleName),
                Keys = static (r, c) => IamKeys.Tags(r.Tags, r.PermissionsBoundary),
            },
            new IamChange<RoleRequest, NoMembers>(state, "DeleteRole", DeleteAsync)
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
            new AwsOperation<RoleRequest, RoleResponse>("GetRole", Get)
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
            new AwsOperation<ListRolesRequest, ListRolesResponse>("ListRoles", List)
            {
                Resource = static (r, c) => IamArns.New(c, "role", r.PathPrefix, ""),
            },
            new AwsOperation<RoleListRequest, ListTagsResponse>("ListRoleTags", (r, c) => _tags.List(c, r.RoleName, r))
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
            },
            new IamChange<TagRoleRequest, NoMembers>(state, "TagRole", (r, c) => _tags.TagAsync(c, r.RoleName, r.Tags))
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = static (r, c) => IamKeys.Tags(r.Tags),
            },
            new IamChange<UntagRoleRequest, NoMembers>(state, "UntagRole", (r, c) => _tags.UntagAsync(c, r.RoleName, r.TagKeys))
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
            },
            new IamChange<UpdateAssumeRolePolicyRequest, NoMembers>(state, "UpdateAssumeRolePolicy", UpdateTrustAsync)
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
            new IamChange<UpdateRoleRequest, UpdateRoleResponse>(state, "UpdateRole", UpdateAsync)
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
            new IamChange<UpdateRoleDescriptionRequest, RoleResponse>(state, "UpdateRoleDescription", UpdateDescriptionAsync)
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
        ];

    public async ValueTask<RoleResponse> CreateAsync(CreateRoleRequest request, OperationContext context)
    {
        var role = new Role
        {
            AccountId = context.AccountId,
            Name = request.RoleName,
            Path = request.Path ?? "/",
            Id = UniqueId.New(IdentityKind.Role.IdPrefix),
            CreateDate = time.GetUtcNow(),
            TrustPolicy = request.AssumeRolePolicyDocument,
            TrustedIds = trust.Check(request.AssumeRolePolicyDocument),
            Description = request.Description,
            MaxSessionDuration = request.MaxSessionDuration ?? Role.DefaultSessionDuration,
            PermissionsBoundary = PermissionsBoundaries<Role>.Check(state, context, request.PermissionsBoundary),
            Tags = TagSet.New(request.Tags),
        };
        if (role.IsServiceLinked)
            throw IamErrors.InvalidInput("Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles");
        await state.Roles.AddAsync(role);
        return new RoleResponse { Role = Describe(role) with { MaxSessionDuration = null } };
    }

    public RoleResponse Get(RoleRequest request, OperationContext context)
    {
        var role = state.Roles.Get(context, request.RoleName);
        return new RoleResponse { Role = Describe(role) with { RoleLastUsed = LastUseOf(role) } };
    }

    public ListRolesResponse List(ListRolesRequest request, OperationContext context)
    {
        var roles = state
            .Roles.List(context.AccountId)
            .Where(role => role.Path.StartsWith(request.PathPrefix ?? "/", StringComparison.Ordinal));
        var page = Page.Of(roles, static role => role.Name, request.Marker, request.MaxItems);
        return new ListRolesResponse
        {
            Roles = [.. page.Items.Select(role => Describe(role) with { Tags = null, PermissionsBoundary = null })],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    public async ValueTask<UpdateRoleResponse> UpdateAsync(UpdateRoleRequest request, OperationContext context)
    {
        var role = Modifiable(context, request.RoleName);
        await state.Roles.PutAsync(
            role with
            {
                Description = request.Description ?? role.Description,
                MaxSessionDuration = request.MaxSessionDuration ?? Role.DefaultSessionDuration,
            }
        );
        return new UpdateRoleResponse();
    }

    public async ValueTask<RoleResponse> UpdateDescriptionAsync(UpdateRoleDescriptionRequest request, OperationContext context)
    {
        var role = state.Roles.Get(context, request.RoleName) with { Description = request.Description };
        await state.Roles.PutAsync(role);
        return new RoleResponse { Role = Describe(role) };
    }

    public async ValueTask<NoMembers> UpdateTrustAsync(UpdateAssumeRolePolicyRequest request, OperationContext context)
    {
        var role = Modifiable(context, request.RoleName);
        await state.Roles.PutAsync(role with { TrustPolicy = request.PolicyDocument, TrustedIds = trust.Check(request.PolicyDocument) });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAsync(RoleRequest request, OperationContext context)
    {
        var role = Modifiable(context, request.RoleName);
        if (state.InstanceProfiles.List(context.AccountId, "").Any(profile => profile.RoleId == role.Id))
            throw IamErrors.DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        if (!role.AttachedPolicies.IsEmpty)
            throw IamErrors.DeleteConflict("Cannot delete entity, must detach all policies first.");
        if (!role.InlinePolicies.IsEmpty)
            throw IamErrors.DeleteConflict("Cannot delete entity, must delete policies first.");
        await state.Roles.RemoveAsync(role);
        await state.LastUses.RemoveAsync(role.Id);
        return NoMembers.Instance;
    }

    /// <exception cref="Aws.AwsException">NoSuchEntity, or UnmodifiableEntity for a role that belongs to a service.</exception>
    internal Role Modifiable(OperationContext context, string name)
    {
        var role = state.Roles.Get(context, name);
        return role.IsServiceLinked
            ? throw IamErrors.UnmodifiableEntity(
                $"Cannot perform the operation on the protected role '{role.Name}' - this role is only modifiable by AWS"
            )
            : role;
    }

    /// <summary>Returns the role's name after a check that the ARN beside it is valid.</summary>
    internal string Modifiable(OperationContext context, string name, string policyArn)
    {
        ManagedPolicies.CheckArn(policyArn);
        return Modifiable(context, name).Name;
    }

    internal RoleLastUsed LastUseOf(Role role) =>
        state.LastUses.Find(role.Id) is { } use ? new RoleLastUsed { LastUsedDate = use.Date, Region = use.Region } : new RoleLastUsed();

    internal RoleDescription Describe(Role role) =>
        new()
        {
            Path = role.Path,
            RoleName = role.Name,
            RoleId = role.Id,
            Arn = role.Arn,
            CreateDate = role.CreateDate,
            AssumeRolePolicyDocument = PolicyText.Encode(trust.TextOf(role)),
            Description = role.Description,
            MaxSessionDuration = role.MaxSessionDuration,
            PermissionsBoundary = AttachedPermissionsBoundary.Of(role.PermissionsBoundary),
            Tags = TagSet.OrNull(role.Tags),
        };
}
