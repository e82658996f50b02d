using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>Operations on long-term access keys.</summary>
public sealed class AccessKeyOperations(IamState state, TimeProvider time)
{
    private const int Limit = 2;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<AccessKeyOwnerRequest, CreateAccessKeyResponse>(state, "CreateAccessKey", CreateAsync)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new IamChange<AccessKeyRequest, NoMembers>(state, "DeleteAccessKey", DeleteAsync)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new AwsOperation<GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse>("GetAccessKeyLastUsed", GetLastUsed)
            {
                Resource = (r, c) => state.Arns.User(c, null),
            },
            new AwsOperation<ListAccessKeysRequest, ListAccessKeysResponse>("ListAccessKeys", List)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new IamChange<UpdateAccessKeyRequest, NoMembers>(state, "UpdateAccessKey", UpdateAsync)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
        ];

    public async ValueTask<CreateAccessKeyResponse> CreateAsync(AccessKeyOwnerRequest request, OperationContext context)
    {
        var (name, id) = Owner(request.UserName, context);
        if (KeysOf(context.AccountId, id).Count() >= Limit)
            throw IamErrors.QuotaExceeded("AccessKeysPerUser", Limit);
        var key = new UserAccessKey
        {
            AccountId = context.AccountId,
            AccessKeyId = UniqueId.NewAccessKey("AKIA"),
            SecretAccessKey = UniqueId.NewSecret(),
            UserId = id,
            IsActive = true,
            CreateDate = time.GetUtcNow(),
        };
        await PutAsync(key);
        return new CreateAccessKeyResponse
        {
            AccessKey = new NewAccessKey
            {
                UserName = name,
                AccessKeyId = key.AccessKeyId,
                Status = Status(key),
                SecretAccessKey = key.SecretAccessKey,
                CreateDate = key.CreateDate,
            },
        };
    }

    public ListAccessKeysResponse List(ListAccessKeysRequest request, OperationContext context)
    {
        var (name, id) = Owner(request.UserName, context);
        var page = Page.Of(KeysOf(context.AccountId, id), static key => key.AccessKeyId, request.Marker, request.MaxItems);
        return new ListAccessKeysResponse
        {
            UserName = name,
            AccessKeyMetadata =
            [
                .. page.Items.Select(key => new AccessKeyMetadata
                {
                    UserName = name,
                    AccessKeyId = key.AccessKeyId,
                    Status = Status(key),
                    CreateDate = key.CreateDate,
                }),
            ],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    public async ValueTask<NoMembers> UpdateAsync(UpdateAccessKeyRequest request, OperationContext context)
    {
        await PutAsync(Find(request.UserName, request.AccessKeyId, context) with { IsActive = request.Status == "Active" });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAsync(AccessKeyRequest request, OperationContext context)
    {
        await state.AccessKeys.RemoveAsync(KeyOf(Find(request.UserName, request.AccessKeyId, context)));
        await state.LastUses.RemoveAsync(request.AccessKeyId);
        return NoMembers.Instance;
    }

    public GetAccessKeyLastUsedResponse GetLastUsed(GetAccessKeyLastUsedRequest request, OperationContext context)
    {
        var key = Known(request.AccessKeyId, context) ?? throw NotFound(request.AccessKeyId);
        var use = state.LastUses.Find(key.AccessKeyId);
        return new GetAccessKeyLastUsedResponse
        {
            UserName = state.Users.FindById(context.AccountId, key.UserId)?.Name,
            AccessKeyLastUsed = new AccessKeyLastUsed
            {
                LastUsedDate = use?.Date,
                ServiceName = use?.Service ?? "N/A",
                Region = use?.Region ?? "N/A",
            },
        };
    }

    /// <summary>Ids are unique over all accounts, and a request tells the key before the account.</summary>
    internal static ResourceKey KeyOf(string accessKeyId) => new("", "", accessKeyId);

    internal static ResourceKey KeyOf(UserAccessKey key) => KeyOf(key.AccessKeyId);

    private static string Status(UserAccessKey key) => key.IsActive ? "Active" : "Inactive";

    private static Aws.AwsException NotFound(string id) => IamErrors.NoSuchEntity($"The Access Key with id {id} cannot be found.");

    private Task PutAsync(UserAccessKey key) => state.AccessKeys.PutAsync(KeyOf(key), key);

    private IEnumerable<UserAccessKey> KeysOf(string accountId, string userId) =>
        state.AccessKeys.List("", "").Where(key => key.AccountId == accountId && key.UserId == userId);

    private UserAccessKey? Known(string id, OperationContext context) =>
        state.AccessKeys.Find(KeyOf(id)) is { } key && key.AccountId == context.AccountId ? key : null;

    private UserAccessKey Find(string? userName, string id, OperationContext context)
    {
        var key = Known(id, context);
        return key is not null && key.UserId == Owner(userName, context).Id ? key : throw NotFound(id);
    }

    /// <summary>Name (null for root) and unique id.</summary>
    private (string? Name, string Id) Owner(string? userName, OperationContext context)
    {
        if (userName is null && context.Caller.Principal is Daybreak.Cloud.Policy.Principal.Root)
            return (null, context.AccountId);
        var name =
            userName
            ?? (context.Caller.Principal as Daybreak.Cloud.Policy.Principal.User)?.Name
            ?? throw IamErrors.Validation("Must specify userName when calling with non-User credentials");
        var user = state.Users.Get(context, name);
        return (user.Name, user.Id);
    }
}
