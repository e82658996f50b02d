using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Groups;

/// <summary>Operations on groups and their members.</summary>
public sealed class GroupOperations(IamState state, TimeProvider time)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<GroupUserRequest, NoMembers>(state, "AddUserToGroup", AddUserAsync)
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
            new IamChange<CreateGroupRequest, GroupResponse>(state, "CreateGroup", CreateAsync)
            {
                Resource = static (r, c) => IamArns.New(c, "group", r.Path, r.GroupName),
            },
            new IamChange<GroupRequest, NoMembers>(state, "DeleteGroup", DeleteAsync)
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
            new AwsOperation<GroupListRequest, GetGroupResponse>("GetGroup", Get)
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
            new AwsOperation<ListGroupsRequest, ListGroupsResponse>("ListGroups", List)
            {
                Resource = static (r, c) => IamArns.New(c, "group", r.PathPrefix, ""),
            },
            new AwsOperation<UserListRequest, ListGroupsResponse>("ListGroupsForUser", ListForUser)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new IamChange<GroupUserRequest, NoMembers>(state, "RemoveUserFromGroup", RemoveUserAsync)
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
            new IamChange<UpdateGroupRequest, NoMembers>(state, "UpdateGroup", UpdateAsync)
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
        ];

    public async ValueTask<GroupResponse> CreateAsync(CreateGroupRequest request, OperationContext context)
    {
        var group = new Group
        {
            AccountId = context.AccountId,
            Name = request.GroupName,
            Path = request.Path ?? "/",
            Id = UniqueId.New(IdentityKind.Group.IdPrefix),
            CreateDate = time.GetUtcNow(),
        };
        await state.Groups.AddAsync(group);
        return new GroupResponse { Group = Describe(group) };
    }

    public GetGroupResponse Get(GroupListRequest request, OperationContext context)
    {
        var group = state.Groups.Get(context, request.GroupName);
        var page = Page.Of(MembersOf(group), static user => user.Name, request.Marker, request.MaxItems);
        return new GetGroupResponse
        {
            Group = Describe(group),
            Users = [.. page.Items.Select(static user => UserOperations.Describe(user) with { Tags = null, PermissionsBoundary = null })],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    public ListGroupsResponse List(ListGroupsRequest request, OperationContext context) =>
        Answer(
            state.Groups.List(context.AccountId).Where(group => group.Path.StartsWith(request.PathPrefix ?? "/", StringComparison.Ordinal)),
            request
        );

    public ListGroupsResponse ListForUser(UserListRequest request, OperationContext context)
    {
        var user = state.Users.Get(context, request.UserName);
        return Answer(state.Groups.List(context.AccountId).Where(group => user.GroupIds.Contains(group.Id)), request);
    }

    public async ValueTask<NoMembers> UpdateAsync(UpdateGroupRequest request, OperationContext context)
    {
        var group = state.Groups.Get(context, request.GroupName);
        var changed = group with { Name = request.NewGroupName ?? group.Name, Path = request.NewPath ?? group.Path };
        if (changed.Name.Equals(group.Name, StringComparison.OrdinalIgnoreCase))
        {
            await state.Groups.PutAsync(changed);
        }
        else
        {
            await state.Groups.AddAsync(changed);
            await state.Groups.RemoveAsync(group);
        }
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAsync(GroupRequest request, OperationContext context)
    {
        var group = state.Groups.Get(context, request.GroupName);
        if (MembersOf(group).Any())
            throw IamErrors.DeleteConflict("Cannot delete entity, must remove users from group first.");
        if (!group.AttachedPolicies.IsEmpty)
            throw IamErrors.DeleteConflict("Cannot delete entity, must detach all policies first.");
        if (!group.InlinePolicies.IsEmpty)
            throw IamErrors.DeleteConflict("Cannot delete entity, must delete policies first.");
        await state.Groups.RemoveAsync(group);
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> AddUserAsync(GroupUserRequest request, OperationContext context)
    {
        var group = state.Groups.Get(context, request.GroupName);
        var user = state.Users.Get(context, request.UserName);
        if (!user.GroupIds.Contains(group.Id))
            await state.Users.PutAsync(user with { GroupIds = user.GroupIds.Add(group.Id) });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> RemoveUserAsync(GroupUserRequest request, OperationContext context)
    {
        var group = state.Groups.Get(context, request.GroupName);
        var user = state.Users.Get(context, request.UserName);
        if (user.GroupIds.Contains(group.Id))
            await state.Users.PutAsync(user with { GroupIds = user.GroupIds.Remove(group.Id) });
        return NoMembers.Instance;
    }

    private static ListGroupsResponse Answer(IEnumerable<Group> groups, PagedRequest paging)
    {
        var page = Page.Of(groups, static group => group.Name, paging.Marker, paging.MaxItems);
        return new ListGroupsResponse
        {
            Groups = [.. page.Items.Select(Describe)],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    internal static GroupDescription Describe(Group group) =>
        new()
        {
            Path = group.Path,
            GroupName = group.Name,
            GroupId = group.Id,
            Arn = group.Arn,
            CreateDate = group.CreateDate,
        };

    private IEnumerable<User> MembersOf(Group group) => state.Users.List(group.AccountId).Where(user => user.GroupIds.Contains(group.Id));
}
