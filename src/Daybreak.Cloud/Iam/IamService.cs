using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Iam.Accounts;
using Daybreak.Cloud.Iam.Groups;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.InstanceProfiles;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Simulation;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam;

/// <summary>AWS Identity and Access Management: its operations, in the order of the API reference.</summary>
public sealed class IamService
{
    private readonly IamState _state;

    /// <param name="linkedRoles">Roles that services keep for themselves.</param>
    /// <param name="usesOf">What a service has in an account that needs its role: account and service to Region and ARN of each.</param>
    public IamService(
        IamState state,
        TrustPolicy trust,
        PrincipalPolicyReader reader,
        ServiceLinkedRoles linkedRoles,
        Func<string, string, IEnumerable<(string Region, string Arn)>> usesOf,
        TimeProvider time
    )
    {
        this._state = state;
        var arns = new IamArns(state);
        var policies = new ManagedPolicies(state, time);
        var versions = new ManagedPolicyVersions(state, policies, time);
        var roles = new RoleOperations(state, trust, time);
        var serviceLinked = new ServiceLinkedRoleOperations(state, linkedRoles, roles, usesOf);
        var users = new UserOperations(state, time);
        var keys = new AccessKeyOperations(state, time);
        var groups = new GroupOperations(state, time);
        var profiles = new InstanceProfileOperations(state, roles, time);
        var simulation = new PolicySimulation(state, reader);
        var summary = new AccountSummary(state);
        var accounts = new AccountOperations(state);
        var details = new AuthorizationDetails(state, roles, policies, profiles);
        var empty = new EmptyLists(state);
        var logins = new LoginProfileOperations(state, time);
        var (roleAttached, userAttached, groupAttached) = (
            new AttachedPolicies<Role>(state, state.Roles),
            new AttachedPolicies<User>(state, state.Users),
            new AttachedPolicies<Group>(state, state.Groups)
        );
        var (roleInline, userInline, groupInline) = (
            new InlinePolicies<Role>(state.Roles),
            new InlinePolicies<User>(state.Users),
            new InlinePolicies<Group>(state.Groups)
        );
        var (roleTags, userTags) = (new IdentityTags<Role>(state.Roles), new IdentityTags<User>(state.Users));
        var (roleBoundaries, userBoundaries) = (
            new PermissionsBoundaries<Role>(state, state.Roles),
            new PermissionsBoundaries<User>(state, state.Users)
        );

        Description = new AwsService
        {
            Name = "iam",
            Version = "2010-05-08",
            Protocol = new QueryProtocol(),
            XmlNamespace = "https://iam.amazonaws.com/doc/2010-05-08/",
            ValidationErrorCode = "ValidationError",
            HidesValuesInValidationErrors = true,
            Counts = () =>
                new Dictionary<string, int>
                {
                    ["policies"] = state.Policies.Count,
                    ["roles"] = state.Roles.Count,
                    ["users"] = state.Users.Count,
                    ["groups"] = state.Groups.Count,
                },
            Operations =
            [
                Change<InstanceProfileRoleRequest, NoMembers>(
                    "AddRoleToInstanceProfile",
                    profiles.AddRoleAsync,
                    (r, c) => arns.InstanceProfile(c, r.InstanceProfileName)
                ),
                Change<GroupUserRequest, NoMembers>("AddUserToGroup", groups.AddUserAsync, (r, c) => arns.Group(c, r.GroupName)),
                Change<GroupPolicyArnRequest, NoMembers>(
                    "AttachGroupPolicy",
                    (r, c) => groupAttached.AttachAsync(c, r.GroupName, r.PolicyArn),
                    (r, c) => arns.Group(c, r.GroupName),
                    (r, c) => IamKeys.Policy(r.PolicyArn)
                ),
                Change<RolePolicyArnRequest, NoMembers>(
                    "AttachRolePolicy",
                    (r, c) => roleAttached.AttachAsync(c, roles.Modifiable(c, r.RoleName, r.PolicyArn), r.PolicyArn),
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName, r.PolicyArn)
                ),
                Change<UserPolicyArnRequest, NoMembers>(
                    "AttachUserPolicy",
                    (r, c) => userAttached.AttachAsync(c, r.UserName, r.PolicyArn),
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName, r.PolicyArn)
                ),
                Change<AccessKeyOwnerRequest, CreateAccessKeyResponse>(
                    "CreateAccessKey",
                    keys.CreateAsync,
                    (r, c) => arns.User(c, r.UserName)
                ),
                Change<AccountAliasRequest, NoMembers>("CreateAccountAlias", accounts.CreateAliasAsync, (r, c) => "*"),
                Change<CreateGroupRequest, GroupResponse>(
                    "CreateGroup",
                    groups.CreateAsync,
                    (r, c) => IamArns.New(c, "group", r.Path, r.GroupName)
                ),
                Change<CreateInstanceProfileRequest, InstanceProfileResponse>(
                    "CreateInstanceProfile",
                    profiles.CreateAsync,
                    (r, c) => IamArns.New(c, "instance-profile", r.Path, r.InstanceProfileName),
                    (r, c) => IamKeys.Tags(r.Tags)
                ),
                Change<CreateLoginProfileRequest, LoginProfileResponse>(
                    "CreateLoginProfile",
                    logins.CreateAsync,
                    (r, c) => arns.User(c, r.UserName)
                ),
                Change<CreatePolicyRequest, PolicyResponse>(
                    "CreatePolicy",
                    policies.CreateAsync,
                    (r, c) => IamArns.New(c, "policy", r.Path, r.PolicyName),
                    (r, c) => IamKeys.Tags(r.Tags)
                ),
                Change<CreatePolicyVersionRequest, PolicyVersionResponse>(
                    "CreatePolicyVersion",
                    versions.CreateAsync,
                    (r, c) => r.PolicyArn
                ),
                Change<CreateRoleRequest, RoleResponse>(
                    "CreateRole",
                    roles.CreateAsync,
                    (r, c) => IamArns.New(c, "role", r.Path, r.RoleName),
                    (r, c) => IamKeys.Tags(r.Tags, r.PermissionsBoundary)
                ),
                Change<CreateServiceLinkedRoleRequest, RoleResponse>(
                    "CreateServiceLinkedRole",
                    serviceLinked.CreateAsync,
                    (r, c) => IamArns.New(c, "role", $"/aws-service-role/{r.AWSServiceName}/", "*"),
                    (r, c) => IamKeys.Service(r.AWSServiceName)
                ),
                Change<CreateUserRequest, UserResponse>(
                    "CreateUser",
                    users.CreateAsync,
                    (r, c) => IamArns.New(c, "user", r.Path, r.UserName),
                    (r, c) => IamKeys.Tags(r.Tags, r.PermissionsBoundary)
                ),
                Change<AccessKeyRequest, NoMembers>("DeleteAccessKey", keys.DeleteAsync, (r, c) => arns.User(c, r.UserName)),
                Change<AccountAliasRequest, NoMembers>("DeleteAccountAlias", accounts.DeleteAliasAsync, (r, c) => "*"),
                Change<NoMembers, NoMembers>("DeleteAccountPasswordPolicy", accounts.DeletePasswordPolicyAsync, (r, c) => "*"),
                Change<GroupRequest, NoMembers>("DeleteGroup", groups.DeleteAsync, (r, c) => arns.Group(c, r.GroupName)),
                Change<GroupPolicyRequest, NoMembers>(
                    "DeleteGroupPolicy",
                    (r, c) => groupInline.DeleteAsync(c, r.GroupName, r.PolicyName),
                    (r, c) => arns.Group(c, r.GroupName)
                ),
                Change<InstanceProfileRequest, NoMembers>(
                    "DeleteInstanceProfile",
                    profiles.DeleteAsync,
                    (r, c) => arns.InstanceProfile(c, r.InstanceProfileName)
                ),
                Change<LoginProfileRequest, NoMembers>("DeleteLoginProfile", logins.DeleteAsync, (r, c) => arns.User(c, r.UserName)),
                Change<PolicyArnRequest, NoMembers>("DeletePolicy", policies.DeleteAsync, (r, c) => r.PolicyArn),
                Change<PolicyVersionRequest, NoMembers>("DeletePolicyVersion", versions.DeleteAsync, (r, c) => r.PolicyArn),
                Change<RoleRequest, NoMembers>(
                    "DeleteRole",
                    roles.DeleteAsync,
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Change<RoleRequest, NoMembers>(
                    "DeleteRolePermissionsBoundary",
                    (r, c) => roleBoundaries.DeleteAsync(c, r.RoleName),
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Change<RolePolicyRequest, NoMembers>(
                    "DeleteRolePolicy",
                    (r, c) => roleInline.DeleteAsync(c, roles.Modifiable(c, r.RoleName).Name, r.PolicyName),
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Change<RoleRequest, DeleteServiceLinkedRoleResponse>(
                    "DeleteServiceLinkedRole",
                    serviceLinked.DeleteAsync,
                    (r, c) => arns.Role(c, r.RoleName)
                ),
                Change<UserRequest, NoMembers>(
                    "DeleteUser",
                    users.DeleteAsync,
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName)
                ),
                Change<DeleteUserPermissionsBoundaryRequest, NoMembers>(
                    "DeleteUserPermissionsBoundary",
                    (r, c) => userBoundaries.DeleteAsync(c, r.UserName),
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName)
                ),
                Change<UserPolicyRequest, NoMembers>(
                    "DeleteUserPolicy",
                    (r, c) => userInline.DeleteAsync(c, r.UserName, r.PolicyName),
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName)
                ),
                Change<GroupPolicyArnRequest, NoMembers>(
                    "DetachGroupPolicy",
                    (r, c) => groupAttached.DetachAsync(c, r.GroupName, r.PolicyArn),
                    (r, c) => arns.Group(c, r.GroupName),
                    (r, c) => IamKeys.Policy(r.PolicyArn)
                ),
                Change<RolePolicyArnRequest, NoMembers>(
                    "DetachRolePolicy",
                    (r, c) => roleAttached.DetachAsync(c, roles.Modifiable(c, r.RoleName, r.PolicyArn), r.PolicyArn),
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName, r.PolicyArn)
                ),
                Change<UserPolicyArnRequest, NoMembers>(
                    "DetachUserPolicy",
                    (r, c) => userAttached.DetachAsync(c, r.UserName, r.PolicyArn),
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName, r.PolicyArn)
                ),
                Read<GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse>(
                    "GetAccessKeyLastUsed",
                    keys.GetLastUsed,
                    (r, c) => arns.User(c, null)
                ),
                Read<GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse>(
                    "GetAccountAuthorizationDetails",
                    details.Get,
                    (r, c) => "*"
                ),
                Read<NoMembers, GetAccountPasswordPolicyResponse>("GetAccountPasswordPolicy", accounts.GetPasswordPolicy, (r, c) => "*"),
                Read<NoMembers, GetAccountSummaryResponse>("GetAccountSummary", summary.Get, (r, c) => "*"),
                Read<GetContextKeysForCustomPolicyRequest, GetContextKeysResponse>(
                    "GetContextKeysForCustomPolicy",
                    PolicySimulation.GetKeysForCustom,
                    (r, c) => "*"
                ),
                Read<GetContextKeysForPrincipalPolicyRequest, GetContextKeysResponse>(
                    "GetContextKeysForPrincipalPolicy",
                    simulation.GetKeysForPrincipal,
                    (r, c) => r.PolicySourceArn
                ),
                Read<GroupListRequest, GetGroupResponse>("GetGroup", groups.Get, (r, c) => arns.Group(c, r.GroupName)),
                Read<GroupPolicyRequest, GetGroupPolicyResponse>(
                    "GetGroupPolicy",
                    (r, c) =>
                        new GetGroupPolicyResponse
                        {
                            GroupName = r.GroupName,
                            PolicyName = r.PolicyName,
                            PolicyDocument = groupInline.Get(c, r.GroupName, r.PolicyName),
                        },
                    (r, c) => arns.Group(c, r.GroupName)
                ),
                Read<InstanceProfileRequest, InstanceProfileResponse>(
                    "GetInstanceProfile",
                    profiles.Get,
                    (r, c) => arns.InstanceProfile(c, r.InstanceProfileName)
                ),
                Read<LoginProfileRequest, LoginProfileResponse>("GetLoginProfile", logins.Get, (r, c) => arns.User(c, r.UserName)),
                Read<PolicyArnRequest, PolicyResponse>("GetPolicy", policies.Get, (r, c) => r.PolicyArn),
                Read<PolicyVersionRequest, PolicyVersionResponse>("GetPolicyVersion", versions.Get, (r, c) => r.PolicyArn),
                Read<RoleRequest, RoleResponse>(
                    "GetRole",
                    roles.Get,
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Read<RolePolicyRequest, GetRolePolicyResponse>(
                    "GetRolePolicy",
                    (r, c) =>
                        new GetRolePolicyResponse
                        {
                            RoleName = r.RoleName,
                            PolicyName = r.PolicyName,
                            PolicyDocument = roleInline.Get(c, r.RoleName, r.PolicyName),
                        },
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Read<ServiceLinkedRoleDeletionRequest, ServiceLinkedRoleDeletionResponse>(
                    "GetServiceLinkedRoleDeletionStatus",
                    serviceLinked.GetDeletionStatus,
                    (r, c) => IamArns.New(c, "role", "/aws-service-role/", "*")
                ),
                Read<GetUserRequest, UserResponse>(
                    "GetUser",
                    users.Get,
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName)
                ),
                Read<UserPolicyRequest, GetUserPolicyResponse>(
                    "GetUserPolicy",
                    (r, c) =>
                        new GetUserPolicyResponse
                        {
                            UserName = r.UserName,
                            PolicyName = r.PolicyName,
                            PolicyDocument = userInline.Get(c, r.UserName, r.PolicyName),
                        },
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName)
                ),
                Read<ListAccessKeysRequest, ListAccessKeysResponse>("ListAccessKeys", keys.List, (r, c) => arns.User(c, r.UserName)),
                Read<ListAccountAliasesRequest, ListAccountAliasesResponse>("ListAccountAliases", accounts.ListAliases, (r, c) => "*"),
                Read<ListAttachedGroupPoliciesRequest, ListAttachedPoliciesResponse>(
                    "ListAttachedGroupPolicies",
                    (r, c) => groupAttached.List(c, r.GroupName, r.PathPrefix, r),
                    (r, c) => arns.Group(c, r.GroupName)
                ),
                Read<ListAttachedRolePoliciesRequest, ListAttachedPoliciesResponse>(
                    "ListAttachedRolePolicies",
                    (r, c) => roleAttached.List(c, r.RoleName, r.PathPrefix, r),
                    (r, c) => arns.Role(c, r.RoleName)
                ),
                Read<ListAttachedUserPoliciesRequest, ListAttachedPoliciesResponse>(
                    "ListAttachedUserPolicies",
                    (r, c) => userAttached.List(c, r.UserName, r.PathPrefix, r),
                    (r, c) => arns.User(c, r.UserName)
                ),
                Read<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse>(
                    "ListEntitiesForPolicy",
                    policies.ListEntities,
                    (r, c) => r.PolicyArn
                ),
                Read<GroupListRequest, ListInlinePoliciesResponse>(
                    "ListGroupPolicies",
                    (r, c) => groupInline.List(c, r.GroupName, r),
                    (r, c) => arns.Group(c, r.GroupName)
                ),
                Read<ListGroupsRequest, ListGroupsResponse>("ListGroups", groups.List, (r, c) => IamArns.New(c, "group", r.PathPrefix, "")),
                Read<UserListRequest, ListGroupsResponse>("ListGroupsForUser", groups.ListForUser, (r, c) => arns.User(c, r.UserName)),
                Read<ListInstanceProfilesRequest, ListInstanceProfilesResponse>(
                    "ListInstanceProfiles",
                    profiles.List,
                    (r, c) => IamArns.New(c, "instance-profile", r.PathPrefix, "")
                ),
                Read<RoleListRequest, ListInstanceProfilesResponse>(
                    "ListInstanceProfilesForRole",
                    profiles.ListForRole,
                    (r, c) => arns.Role(c, r.RoleName)
                ),
                Read<ListInstanceProfileTagsRequest, ListTagsResponse>(
                    "ListInstanceProfileTags",
                    profiles.ListTags,
                    (r, c) => arns.InstanceProfile(c, r.InstanceProfileName)
                ),
                Read<OfUserRequest, ListMFADevicesResponse>("ListMFADevices", empty.MFADevices, (r, c) => arns.User(c, r.UserName)),
                Read<NoMembers, ListOpenIDConnectProvidersResponse>(
                    "ListOpenIDConnectProviders",
                    (r, c) => new ListOpenIDConnectProvidersResponse(),
                    (r, c) => "*"
                ),
                Read<ListPoliciesRequest, ListPoliciesResponse>(
                    "ListPolicies",
                    policies.List,
                    (r, c) => IamArns.New(c, "policy", r.PathPrefix, "")
                ),
                Read<ListPolicyTagsRequest, ListTagsResponse>("ListPolicyTags", policies.ListTags, (r, c) => r.PolicyArn),
                Read<ListPolicyVersionsRequest, ListPolicyVersionsResponse>("ListPolicyVersions", versions.List, (r, c) => r.PolicyArn),
                Read<RoleListRequest, ListInlinePoliciesResponse>(
                    "ListRolePolicies",
                    (r, c) => roleInline.List(c, r.RoleName, r),
                    (r, c) => arns.Role(c, r.RoleName)
                ),
                Read<ListRolesRequest, ListRolesResponse>("ListRoles", roles.List, (r, c) => IamArns.New(c, "role", r.PathPrefix, "")),
                Read<RoleListRequest, ListTagsResponse>(
                    "ListRoleTags",
                    (r, c) => roleTags.List(c, r.RoleName, r),
                    (r, c) => arns.Role(c, r.RoleName)
                ),
                Read<NoMembers, ListSAMLProvidersResponse>("ListSAMLProviders", (r, c) => new ListSAMLProvidersResponse(), (r, c) => "*"),
                Read<ListServerCertificatesRequest, ListServerCertificatesResponse>(
                    "ListServerCertificates",
                    (r, c) => new ListServerCertificatesResponse { IsTruncated = false },
                    (r, c) => "*"
                ),
                Read<ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse>(
                    "ListServiceSpecificCredentials",
                    empty.ServiceSpecificCredentials,
                    (r, c) => arns.User(c, r.UserName)
                ),
                Read<OfUserRequest, ListSigningCertificatesResponse>(
                    "ListSigningCertificates",
                    empty.SigningCertificates,
                    (r, c) => arns.User(c, r.UserName)
                ),
                Read<ListSSHPublicKeysRequest, ListSSHPublicKeysResponse>(
                    "ListSSHPublicKeys",
                    empty.SSHPublicKeys,
                    (r, c) => arns.User(c, r.UserName)
                ),
                Read<UserListRequest, ListInlinePoliciesResponse>(
                    "ListUserPolicies",
                    (r, c) => userInline.List(c, r.UserName, r),
                    (r, c) => arns.User(c, r.UserName)
                ),
                Read<ListUsersRequest, ListUsersResponse>("ListUsers", users.List, (r, c) => IamArns.New(c, "user", r.PathPrefix, "")),
                Read<UserListRequest, ListTagsResponse>(
                    "ListUserTags",
                    (r, c) => userTags.List(c, r.UserName, r),
                    (r, c) => arns.User(c, r.UserName)
                ),
                Read<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse>(
                    "ListVirtualMFADevices",
                    (r, c) => new ListVirtualMFADevicesResponse { IsTruncated = false },
                    (r, c) => "*"
                ),
                Change<PutGroupPolicyRequest, NoMembers>(
                    "PutGroupPolicy",
                    (r, c) => groupInline.PutAsync(c, r.GroupName, r.PolicyName, r.PolicyDocument),
                    (r, c) => arns.Group(c, r.GroupName)
                ),
                Change<PutRolePermissionsBoundaryRequest, NoMembers>(
                    "PutRolePermissionsBoundary",
                    (r, c) => roleBoundaries.PutAsync(c, roles.Modifiable(c, r.RoleName).Name, r.PermissionsBoundary),
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => IamKeys.Tags(null, r.PermissionsBoundary)
                ),
                Change<PutRolePolicyRequest, NoMembers>(
                    "PutRolePolicy",
                    (r, c) => roleInline.PutAsync(c, roles.Modifiable(c, r.RoleName).Name, r.PolicyName, r.PolicyDocument),
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Change<PutUserPermissionsBoundaryRequest, NoMembers>(
                    "PutUserPermissionsBoundary",
                    (r, c) => userBoundaries.PutAsync(c, r.UserName, r.PermissionsBoundary),
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => IamKeys.Tags(null, r.PermissionsBoundary)
                ),
                Change<PutUserPolicyRequest, NoMembers>(
                    "PutUserPolicy",
                    (r, c) => userInline.PutAsync(c, r.UserName, r.PolicyName, r.PolicyDocument),
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName)
                ),
                Change<InstanceProfileRoleRequest, NoMembers>(
                    "RemoveRoleFromInstanceProfile",
                    profiles.RemoveRoleAsync,
                    (r, c) => arns.InstanceProfile(c, r.InstanceProfileName)
                ),
                Change<GroupUserRequest, NoMembers>("RemoveUserFromGroup", groups.RemoveUserAsync, (r, c) => arns.Group(c, r.GroupName)),
                Change<PolicyVersionRequest, NoMembers>("SetDefaultPolicyVersion", versions.SetDefaultAsync, (r, c) => r.PolicyArn),
                Read<SimulateCustomPolicyRequest, SimulationResponse>("SimulateCustomPolicy", simulation.SimulateCustom, (r, c) => "*"),
                Read<SimulatePrincipalPolicyRequest, SimulationResponse>(
                    "SimulatePrincipalPolicy",
                    simulation.SimulatePrincipal,
                    (r, c) => r.PolicySourceArn
                ),
                Change<TagInstanceProfileRequest, NoMembers>(
                    "TagInstanceProfile",
                    profiles.TagAsync,
                    (r, c) => arns.InstanceProfile(c, r.InstanceProfileName),
                    (r, c) => IamKeys.Tags(r.Tags)
                ),
                Change<TagPolicyRequest, NoMembers>("TagPolicy", policies.TagAsync, (r, c) => r.PolicyArn, (r, c) => IamKeys.Tags(r.Tags)),
                Change<TagRoleRequest, NoMembers>(
                    "TagRole",
                    (r, c) => roleTags.TagAsync(c, r.RoleName, r.Tags),
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => IamKeys.Tags(r.Tags)
                ),
                Change<TagUserRequest, NoMembers>(
                    "TagUser",
                    (r, c) => userTags.TagAsync(c, r.UserName, r.Tags),
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => IamKeys.Tags(r.Tags)
                ),
                Change<UntagInstanceProfileRequest, NoMembers>(
                    "UntagInstanceProfile",
                    profiles.UntagAsync,
                    (r, c) => arns.InstanceProfile(c, r.InstanceProfileName)
                ),
                Change<UntagPolicyRequest, NoMembers>("UntagPolicy", policies.UntagAsync, (r, c) => r.PolicyArn),
                Change<UntagRoleRequest, NoMembers>(
                    "UntagRole",
                    (r, c) => roleTags.UntagAsync(c, r.RoleName, r.TagKeys),
                    (r, c) => arns.Role(c, r.RoleName)
                ),
                Change<UntagUserRequest, NoMembers>(
                    "UntagUser",
                    (r, c) => userTags.UntagAsync(c, r.UserName, r.TagKeys),
                    (r, c) => arns.User(c, r.UserName)
                ),
                Change<UpdateAccessKeyRequest, NoMembers>("UpdateAccessKey", keys.UpdateAsync, (r, c) => arns.User(c, r.UserName)),
                Change<UpdateAccountPasswordPolicyRequest, NoMembers>(
                    "UpdateAccountPasswordPolicy",
                    accounts.UpdatePasswordPolicyAsync,
                    (r, c) => "*"
                ),
                Change<UpdateAssumeRolePolicyRequest, NoMembers>(
                    "UpdateAssumeRolePolicy",
                    roles.UpdateTrustAsync,
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Change<UpdateGroupRequest, NoMembers>("UpdateGroup", groups.UpdateAsync, (r, c) => arns.Group(c, r.GroupName)),
                Change<UpdateLoginProfileRequest, NoMembers>("UpdateLoginProfile", logins.UpdateAsync, (r, c) => arns.User(c, r.UserName)),
                Change<UpdateRoleRequest, UpdateRoleResponse>(
                    "UpdateRole",
                    roles.UpdateAsync,
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Change<UpdateRoleDescriptionRequest, RoleResponse>(
                    "UpdateRoleDescription",
                    roles.UpdateDescriptionAsync,
                    (r, c) => arns.Role(c, r.RoleName),
                    (r, c) => arns.RoleKeys(c, r.RoleName)
                ),
                Change<UpdateUserRequest, NoMembers>(
                    "UpdateUser",
                    users.UpdateAsync,
                    (r, c) => arns.User(c, r.UserName),
                    (r, c) => arns.UserKeys(c, r.UserName)
                ),
                .. RefusedOperations.All,
            ],
        };
    }

    public AwsService Description { get; }

    private static AwsOperation Read<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, TResponse> run,
        Func<TRequest, OperationContext, string> resource,
        Func<TRequest, OperationContext, IContextKeys>? keys = null
    )
        where TRequest : class
        where TResponse : class => AwsOperation.Of(name, run, resource: resource).AuthorizedBy(OperationAuthorization.Of(keys));

    /// <summary>Changes come one after the other.</summary>
    private AwsOperation Change<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, ValueTask<TResponse>> run,
        Func<TRequest, OperationContext, string> resource,
        Func<TRequest, OperationContext, IContextKeys>? keys = null
    )
        where TRequest : class
        where TResponse : class =>
        AwsOperation
            .Of<TRequest, TResponse>(
                name,
                (request, context) => _state.ChangeAsync(() => run(request, context), context.Aborted),
                resource: resource
            )
            .AuthorizedBy(OperationAuthorization.Of(keys));
}
