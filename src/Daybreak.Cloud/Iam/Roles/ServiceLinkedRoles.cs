using System.Collections.Frozen;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>The service-linked roles of accounts.</summary>
public sealed class ServiceLinkedRoles(IamState state, TimeProvider time)
{
    private static readonly ServiceAction Create = new("iam:CreateServiceLinkedRole");

    private static readonly FrozenDictionary<string, ServiceLinkedRole> Services = new Dictionary<string, ServiceLinkedRole>
    {
        ["rds.amazonaws.com"] = new(
            "AWSServiceRoleForRDS",
            "Allows Amazon RDS to manage AWS resources on your behalf",
            "AmazonRDSServiceRolePolicy"
        ),
    }.ToFrozenDictionary();

    /// <summary>Whether the role of a service exists, or the caller may create it.</summary>
    public bool MayBeUsed(string service, OperationContext context, IPermissions permissions)
    {
        var role = Services[service].Name;
        return state.Roles.Find(context.AccountId, role) is not null
            || permissions.Denial(context, Create, IamArns.New(context, "role", PathOf(service), role), IamKeys.Service(service)) is null;
    }

    /// <summary>Creates the role that a service needs in an account unless it exists, as AWS does when the service is first
    /// used.</summary>
    public async ValueTask EnsureAsync(string accountId, string service)
    {
        var linked = Services[service];
        if (state.Roles.Find(accountId, linked.Name) is not null)
            return;
        await state.ChangeAsync(
            async () =>
            {
                if (state.Roles.Find(accountId, linked.Name) is null)
                    await state.Roles.AddAsync(New(accountId, service, linked));
                return true;
            },
            CancellationToken.None
        );
    }

    /// <summary>Returns the role of a service; null when the service has none.</summary>
    internal static ServiceLinkedRole? Of(string service) => Services.GetValueOrDefault(service);

    /// <summary>Returns the service whose role has that name.</summary>
    internal static string ServiceOf(string roleName) => Services.First(known => known.Value.Name == roleName).Key;

    /// <summary>Returns a new role of a service for an account.</summary>
    internal Role New(string accountId, string service, ServiceLinkedRole linked) =>
        new()
        {
            AccountId = accountId,
            Name = linked.Name,
            Path = PathOf(service),
            Id = UniqueId.New(IdentityKind.Role.IdPrefix),
            CreateDate = time.GetUtcNow(),
            TrustPolicy =
                $$"""{"Version":"2012-10-17","Statement":["""
                + $$"""{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"sts:AssumeRole"}]}""",
            Description = linked.Description,
            AttachedPolicies = [$"arn:aws:iam::aws:policy/aws-service-role/{linked.Policy}"],
        };

    private static string PathOf(string service) => $"/aws-service-role/{service}/";
}
