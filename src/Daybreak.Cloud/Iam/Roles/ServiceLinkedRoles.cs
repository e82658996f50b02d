using System.Collections.Frozen;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>Roles that a service keeps for itself in an account.</summary>
public sealed class ServiceLinkedRoles(IamState state, RoleOperations roles, TimeProvider time)
{
    private static readonly ServiceAction Create = new("iam:CreateServiceLinkedRole");

    private static readonly FrozenDictionary<string, (string Role, string Description, string Policy)> Services = new Dictionary<
        string,
        (string, string, string)
    >
    {
        ["rds.amazonaws.com"] = (
            "AWSServiceRoleForRDS",
            "Allows Amazon RDS to manage AWS resources on your behalf",
            "AmazonRDSServiceRolePolicy"
        ),
    }.ToFrozenDictionary();

    /// <summary>What a service has in an account that needs its role: Region and ARN of each.</summary>
    public Func<string, string, IEnumerable<(string Region, string Arn)>> UsesOf { get; set; } = static (_, _) => [];

    /// <summary>Whether the role of a service is there, or the caller may make it.</summary>
    public bool MayBeUsed(string service, OperationContext context, IPermissions permissions)
    {
        var role = Services[service].Role;
        return state.Roles.Find(context.AccountId, role) is not null
            || permissions.Denial(context, Create, IamArns.New(context, "role", PathOf(service), role), IamKeys.Service(service)) is null;
    }

    public async ValueTask<RoleResponse> CreateAsync(CreateServiceLinkedRoleRequest request, OperationContext context)
    {
        if (!Services.TryGetValue(request.AWSServiceName, out var linked))
            throw NotImplemented.Of($"the service-linked role of {request.AWSServiceName}");
        if (request.CustomSuffix is not null)
            throw IamErrors.InvalidInput($"Custom suffix is not allowed for {request.AWSServiceName}");
        if (state.Roles.Find(context.AccountId, linked.Role) is not null)
            throw IamErrors.InvalidInput($"Service role name {linked.Role} has been taken in this account, please try a different suffix.");
        var role = New(context.AccountId, request.AWSServiceName, linked) with { Description = request.Description ?? linked.Description };
        await state.Roles.AddAsync(role);
        return new RoleResponse { Role = roles.Describe(role) };
    }

    /// <summary>Makes the role that a service needs in an account, unless it is there: what AWS does when the service is first
    /// used.</summary>
    public async ValueTask EnsureAsync(string accountId, string service)
    {
        var linked = Services[service];
        if (state.Roles.Find(accountId, linked.Role) is not null)
            return;
        await state.ChangeAsync(
            async () =>
            {
                if (state.Roles.Find(accountId, linked.Role) is null)
                    await state.Roles.AddAsync(New(accountId, service, linked));
                return true;
            },
            CancellationToken.None
        );
    }

    private Role New(string accountId, string service, (string Role, string Description, string Policy) linked)
    {
        return new Role
        {
            AccountId = accountId,
            Name = linked.Role,
            Path = PathOf(service),
            Id = UniqueId.New(IdentityKind.Role.IdPrefix),
            CreateDate = time.GetUtcNow(),
            TrustPolicy =
                $$"""{"Version":"2012-10-17","Statement":["""
                + $$"""{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"sts:AssumeRole"}]}""",
            Description = linked.Description,
            AttachedPolicies = [$"arn:aws:iam::aws:policy/aws-service-role/{linked.Policy}"],
        };
    }

    /// <summary>Done at once here; AWS hands out the task, which clients then ask after.</summary>
    public async ValueTask<DeleteServiceLinkedRoleResponse> DeleteAsync(RoleRequest request, OperationContext context)
    {
        var role = state.Roles.Get(context, request.RoleName);
        if (!role.IsServiceLinked)
            throw IamErrors.NoSuchIdentity(IdentityKind.Role, request.RoleName);
        var service = Services.First(known => known.Value.Role == role.Name).Key;
        RoleUsage[] uses =
        [
            .. UsesOf(context.AccountId, service)
                .GroupBy(static use => use.Region, static use => use.Arn)
                .Select(static region => new RoleUsage { Region = region.Key, Resources = [.. region.Order(StringComparer.Ordinal)] }),
        ];
        if (uses.Length == 0)
        {
            await state.Roles.RemoveAsync(role);
            await state.LastUses.RemoveAsync(role.Id);
        }
        var deletion = new RoleDeletion($"task{role.Path}{role.Name}/{Guid.NewGuid()}", uses);
        await state.RoleDeletions.PutAsync(new ResourceKey(context.AccountId, "", role.Name), deletion);
        return new DeleteServiceLinkedRoleResponse { DeletionTaskId = deletion.TaskId };
    }

    /// <summary>Of the last task of each role.</summary>
    public ServiceLinkedRoleDeletionResponse GetDeletionStatus(ServiceLinkedRoleDeletionRequest request, OperationContext context)
    {
        var deletion =
            state.RoleDeletions.List(context.AccountId, "").FirstOrDefault(task => task.TaskId == request.DeletionTaskId)
            ?? throw IamErrors.NoSuchEntity($"Deletion task {request.DeletionTaskId} cannot be found.");
        return deletion.Uses.Count == 0
            ? new ServiceLinkedRoleDeletionResponse { Status = "SUCCEEDED" }
            : new ServiceLinkedRoleDeletionResponse
            {
                Status = "FAILED",
                Reason = new DeletionTaskFailureReason
                {
                    Reason = "The service still has resources that need the role. Delete them, then submit the deletion request again.",
                    RoleUsageList = deletion.Uses,
                },
            };
    }

    private static string PathOf(string service) => $"/aws-service-role/{service}/";
}
