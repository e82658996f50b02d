using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>Operations on users and their tags.</summary>
public sealed class UserOperations(IamState state, TimeProvider time)
{
    private readonly IdentityTags<User> _tags = new(state.Users);
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<CreateUserRequest, UserResponse>(state, "CreateUser", CreateAsync)
            {
                Resource = static (r, c) => IamArns.New(c, "user", r.Path, r.UserName),
                Keys = static (r, c) => IamKeys.Tags(r.Tags, r.PermissionsBoundary),
            },
            new IamChange<UserRequest, NoMembers>(state, "DeleteUser", DeleteAsync)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName),
            },
            new AwsOperation<GetUserRequest, UserResponse>("GetUser", Get)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName),
            },
            new AwsOperation<ListUsersRequest, ListUsersResponse>("ListUsers", List)
            {
                Resource = static (r, c) => IamArns.New(c, "user", r.PathPrefix, ""),
            },
            new AwsOperation<UserListRequest, ListTagsResponse>("ListUserTags", (r, c) => _tags.List(c, r.UserName, r))
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new IamChange<TagUserRequest, NoMembers>(state, "TagUser", (r, c) => _tags.TagAsync(c, r.UserName, r.Tags))
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = static (r, c) => IamKeys.Tags(r.Tags),
            },
            new IamChange<UntagUserRequest, NoMembers>(state, "UntagUser", (r, c) => _tags.UntagAsync(c, r.UserName, r.TagKeys))
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new IamChange<UpdateUserRequest, NoMembers>(state, "UpdateUser", UpdateAsync)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName),
            },
        ];

    public async ValueTask<UserResponse> CreateAsync(CreateUserRequest request, OperationContext context)
    {
        var user = new User
        {
            AccountId = context.AccountId,
            Name = request.UserName,
            Path = request.Path ?? "/",
            Id = UniqueId.New(IdentityKind.User.IdPrefix),
            CreateDate = time.GetUtcNow(),
            PermissionsBoundary = PermissionsBoundaries<User>.Check(state, context, request.PermissionsBoundary),
            Tags = TagSet.New(request.Tags),
        };
        await state.Users.AddAsync(user);
        return new UserResponse { User = Describe(user) };
    }

    public UserResponse Get(GetUserRequest request, OperationContext context)
    {
        if (request.UserName is { } name)
            return new UserResponse { User = Describe(state.Users.Get(context, name)) };
        return context.Caller.Principal switch
        {
            Daybreak.Cloud.Policy.Principal.User user => new UserResponse { User = Describe(state.Users.Get(context, user.Name)) },
            Daybreak.Cloud.Policy.Principal.Root root => new UserResponse
            {
                User = new UserDescription
                {
                    Path = "/",
                    UserId = root.AccountId,
                    Arn = root.Arn,
                    CreateDate = _started,
                },
            },
            _ => throw IamErrors.Validation("Must specify userName when calling with non-User credentials"),
        };
    }

    public ListUsersResponse List(ListUsersRequest request, OperationContext context)
    {
        var users = state
            .Users.List(context.AccountId)
            .Where(user => user.Path.StartsWith(request.PathPrefix ?? "/", StringComparison.Ordinal));
        var page = Page.Of(users, static user => user.Name, request.Marker, request.MaxItems);
        return new ListUsersResponse
        {
            Users = [.. page.Items.Select(static user => Describe(user) with { Tags = null, PermissionsBoundary = null })],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    public async ValueTask<NoMembers> UpdateAsync(UpdateUserRequest request, OperationContext context)
    {
        var user = state.Users.Get(context, request.UserName);
        state.Users.CheckModifiable(user);
        var changed = user with { Name = request.NewUserName ?? user.Name, Path = request.NewPath ?? user.Path };
        if (changed.Name.Equals(user.Name, StringComparison.OrdinalIgnoreCase))
        {
            await state.Users.PutAsync(changed);
        }
        else
        {
            await state.Users.AddAsync(changed);
            await state.Users.RemoveAsync(user);
        }
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAsync(UserRequest request, OperationContext context)
    {
        var user = state.Users.Get(context, request.UserName);
        if (user.LoginProfile is not null)
            throw IamErrors.DeleteConflict("Cannot delete entity, must delete login profile first.");
        if (!user.AttachedPolicies.IsEmpty)
            throw IamErrors.DeleteConflict("Cannot delete entity, must detach all policies first.");
        if (!user.InlinePolicies.IsEmpty)
            throw IamErrors.DeleteConflict("Cannot delete entity, must delete policies first.");
        if (!user.GroupIds.IsEmpty || state.AccessKeys.List("", "").Any(key => key.UserId == user.Id))
            throw IamErrors.DeleteConflict("Cannot delete entity, must remove referenced objects first.");
        await state.Users.RemoveAsync(user);
        return NoMembers.Instance;
    }

    internal static UserDescription Describe(User user) =>
        new()
        {
            Path = user.Path,
            UserName = user.Name,
            UserId = user.Id,
            Arn = user.Arn,
            CreateDate = user.CreateDate,
            PermissionsBoundary = AttachedPermissionsBoundary.Of(user.PermissionsBoundary),
            Tags = TagSet.OrNull(user.Tags),
        };
}
