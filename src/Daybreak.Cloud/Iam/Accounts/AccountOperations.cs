using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>Operations on an account itself: its alias and its password policy.</summary>
public sealed class AccountOperations(IamState state)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<AccountAliasRequest, NoMembers>(state, "CreateAccountAlias", CreateAliasAsync),
            new IamChange<AccountAliasRequest, NoMembers>(state, "DeleteAccountAlias", DeleteAliasAsync),
            new IamChange<NoMembers, NoMembers>(state, "DeleteAccountPasswordPolicy", DeletePasswordPolicyAsync),
            new AwsOperation<NoMembers, GetAccountPasswordPolicyResponse>("GetAccountPasswordPolicy", GetPasswordPolicy),
            new AwsOperation<ListAccountAliasesRequest, ListAccountAliasesResponse>("ListAccountAliases", ListAliases),
            new IamChange<UpdateAccountPasswordPolicyRequest, NoMembers>(state, "UpdateAccountPasswordPolicy", UpdatePasswordPolicyAsync),
        ];

    /// <summary>Replaces an alias that the account had.</summary>
    public async ValueTask<NoMembers> CreateAliasAsync(AccountAliasRequest request, OperationContext context)
    {
        if (state.Accounts.All().Any(entry => entry.Value.Alias == request.AccountAlias && entry.Value.AccountId != context.AccountId))
            throw IamErrors.EntityAlreadyExists($"The account alias {request.AccountAlias} already exists.");
        await PutAsync(Of(context) with { Alias = request.AccountAlias });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAliasAsync(AccountAliasRequest request, OperationContext context)
    {
        if (Of(context).Alias != request.AccountAlias)
            throw IamErrors.NoSuchEntity($"The account alias {request.AccountAlias} cannot be found.");
        await PutAsync(Of(context) with { Alias = null });
        return NoMembers.Instance;
    }

    public ListAccountAliasesResponse ListAliases(ListAccountAliasesRequest request, OperationContext context) =>
        new() { AccountAliases = Of(context).Alias is { } alias ? [alias] : [], IsTruncated = false };

    public GetAccountPasswordPolicyResponse GetPasswordPolicy(NoMembers request, OperationContext context) =>
        new() { PasswordPolicy = Of(context).PasswordPolicy ?? throw NoPasswordPolicy(context) };

    /// <summary>Settings that the request does not name return to their defaults.</summary>
    public async ValueTask<NoMembers> UpdatePasswordPolicyAsync(UpdateAccountPasswordPolicyRequest request, OperationContext context)
    {
        await PutAsync(Of(context) with { PasswordPolicy = request.ToPolicy() });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeletePasswordPolicyAsync(NoMembers request, OperationContext context)
    {
        var account = Of(context);
        if (account.PasswordPolicy is null)
            throw NoPasswordPolicy(context);
        await PutAsync(account with { PasswordPolicy = null });
        return NoMembers.Instance;
    }

    private static Aws.AwsException NoPasswordPolicy(OperationContext context) =>
        IamErrors.NoSuchEntity($"The Password Policy with domain name {context.AccountId} cannot be found.");

    private Account Of(OperationContext context) =>
        state.Accounts.Find(KeyOf(context.AccountId)) ?? new Account { AccountId = context.AccountId };

    private Task PutAsync(Account account) => state.Accounts.PutAsync(KeyOf(account.AccountId), account);

    internal static ResourceKey KeyOf(string accountId) => new(accountId, "", "account");
}
