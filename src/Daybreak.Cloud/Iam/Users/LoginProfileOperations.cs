using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam.Accounts;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>Operations on the passwords of users.</summary>
public sealed class LoginProfileOperations(IamState state, TimeProvider time)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<CreateLoginProfileRequest, LoginProfileResponse>(state, "CreateLoginProfile", CreateAsync)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new IamChange<LoginProfileRequest, NoMembers>(state, "DeleteLoginProfile", DeleteAsync)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new AwsOperation<LoginProfileRequest, LoginProfileResponse>("GetLoginProfile", Get)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new IamChange<UpdateLoginProfileRequest, NoMembers>(state, "UpdateLoginProfile", UpdateAsync)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
        ];

    public async ValueTask<LoginProfileResponse> CreateAsync(CreateLoginProfileRequest request, OperationContext context)
    {
        var user = Find(request.UserName, context);
        if (user.LoginProfile is not null)
            throw IamErrors.EntityAlreadyExists($"Login Profile for user {user.Name} already exists.");
        Check(request.Password, context);
        var made = user with
        {
            LoginProfile = new LoginProfile
            {
                CreateDate = time.GetUtcNow(),
                PasswordResetRequired = request.PasswordResetRequired == true,
            },
        };
        await state.Users.PutAsync(made);
        return LoginProfileResponse.Of(made);
    }

    public LoginProfileResponse Get(LoginProfileRequest request, OperationContext context) =>
        LoginProfileResponse.Of(WithProfile(request.UserName, context));

    public async ValueTask<NoMembers> UpdateAsync(UpdateLoginProfileRequest request, OperationContext context)
    {
        var user = WithProfile(request.UserName, context);
        Check(request.Password, context);
        await state.Users.PutAsync(
            user with
            {
                LoginProfile = user.LoginProfile! with
                {
                    PasswordResetRequired = request.PasswordResetRequired ?? user.LoginProfile.PasswordResetRequired,
                },
            }
        );
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAsync(LoginProfileRequest request, OperationContext context)
    {
        await state.Users.PutAsync(WithProfile(request.UserName, context) with { LoginProfile = null });
        return NoMembers.Instance;
    }

    private void Check(string? password, OperationContext context)
    {
        var policy = state.Accounts.Find(AccountOperations.KeyOf(context.AccountId))?.PasswordPolicy;
        if (password is not null && !PasswordPolicy.Admits(policy, password))
            throw Aws.AwsException.Sender("PasswordPolicyViolation", "Password does not conform to the account password policy.");
    }

    private User WithProfile(string? name, OperationContext context) =>
        Find(name, context) is { LoginProfile: not null } user
            ? user
            : throw IamErrors.NoSuchEntity($"Login Profile for User {name ?? CallerName(context)} cannot be found.");

    private User Find(string? name, OperationContext context) =>
        state.Users.Get(
            context,
            name ?? CallerName(context) ?? throw IamErrors.Validation("Must specify userName when calling with non-User credentials")
        );

    private static string? CallerName(OperationContext context) => (context.Caller.Principal as Daybreak.Cloud.Policy.Principal.User)?.Name;
}

public sealed record LoginProfileRequest
{
    [Length(1, 64), Name]
    public string? UserName { get; init; }
}

public sealed record CreateLoginProfileRequest
{
    [Length(1, 64), Name]
    public string? UserName { get; init; }

    [Length(1, 128), Pattern(@"[\u0009\u000A\u000D\u0020-\u00FF]+"), Sensitive]
    public string? Password { get; init; }

    public bool? PasswordResetRequired { get; init; }
}

public sealed record UpdateLoginProfileRequest
{
    [Length(1, 64), Name]
    public required string UserName { get; init; }

    [Length(1, 128), Pattern(@"[\u0009\u000A\u000D\u0020-\u00FF]+"), Sensitive]
    public string? Password { get; init; }

    public bool? PasswordResetRequired { get; init; }
}

public sealed record LoginProfileResponse
{
    public required LoginProfileDescription LoginProfile { get; init; }

    internal static LoginProfileResponse Of(User user) =>
        new()
        {
            LoginProfile = new LoginProfileDescription
            {
                UserName = user.Name,
                CreateDate = user.LoginProfile!.CreateDate,
                PasswordResetRequired = user.LoginProfile.PasswordResetRequired,
            },
        };
}

public sealed record LoginProfileDescription
{
    public required string UserName { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required bool PasswordResetRequired { get; init; }
}
