using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>Operations on service-linked roles.</summary>
/// <param name="usesOf">Returns the Region and ARN of each resource of a service in an account, which needs the role.</param>
internal sealed class ServiceLinkedRoleOperations(
    IamState state,
    ServiceLinkedRoles linkedRoles,
    RoleOperations roles,
    Func<string, string, IEnumerable<(string Region, string Arn)>> usesOf
)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<CreateServiceLinkedRoleRequest, RoleResponse>(state, "CreateServiceLinkedRole", CreateAsync)
            {
                Resource = static (r, c) => IamArns.New(c, "role", $"/aws-service-role/{r.AWSServiceName}/", "*"),
                Keys = static (r, c) => IamKeys.Service(r.AWSServiceName),
            },
            new IamChange<RoleRequest, DeleteServiceLinkedRoleResponse>(state, "DeleteServiceLinkedRole", DeleteAsync)
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
            },
            new AwsOperation<ServiceLinkedRoleDeletionRequest, ServiceLinkedRoleDeletionResponse>(
                "GetServiceLinkedRoleDeletionStatus",
                GetDeletionStatus
            )
            {
                Resource = static (r, c) => IamArns.New(c, "role", "/aws-service-role/", "*"),
            },
        ];

    public async ValueTask<RoleResponse> CreateAsync(CreateServiceLinkedRoleRequest request, OperationContext context)
    {
        var linked =
            ServiceLinkedRoles.Of(request.AWSServiceName)
            ?? throw NotImplemented.Of($"the service-linked role of {request.AWSServiceName}");
        if (request.CustomSuffix is not null)
            throw IamErrors.InvalidInput($"Custom suffix is not allowed for {request.AWSServiceName}");
        if (state.Roles.Find(context.AccountId, linked.Name) is not null)
            throw IamErrors.InvalidInput($"Service role name {linked.Name} has been taken in this account, please try a different suffix.");
        var role = linkedRoles.New(context.AccountId, request.AWSServiceName, linked) with
        {
            Description = request.Description ?? linked.Description,
        };
        await state.Roles.AddAsync(role);
        return new RoleResponse { Role = roles.Describe(role) };
    }

    /// <summary>The deletion is complete when this returns; AWS returns a task, whose status clients then request.</summary>
    public async ValueTask<DeleteServiceLinkedRoleResponse> DeleteAsync(RoleRequest request, OperationContext context)
    {
        var role = state.Roles.Get(context, request.RoleName);
        if (!role.IsServiceLinked)
            throw IamErrors.NoSuchIdentity(IdentityKind.Role, request.RoleName);
        var service = ServiceLinkedRoles.ServiceOf(role.Name);
        RoleUsage[] uses =
        [
            .. usesOf(context.AccountId, service)
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

    /// <summary>Returns the status of the last deletion of a role.</summary>
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
}
