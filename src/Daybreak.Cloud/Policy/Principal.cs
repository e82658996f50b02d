using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Policy;

/// <summary>The caller, from the point of view of policies.</summary>
public abstract record Principal
{
    private Principal(string? account, string arn)
    {
        Account = account;
        Arn = arn;
    }

    /// <summary>12 digits; null for a service and for a caller without a signature.</summary>
    public string? Account { get; }

    /// <summary>The caller's name in AWS's messages.</summary>
    public string Arn { get; }

    /// <summary>Value of <c>aws:PrincipalArn</c>; for a session, its role.</summary>
    public virtual string? PrincipalArn => Arn;

    /// <summary>Value of <c>aws:PrincipalType</c>.</summary>
    protected abstract string Type { get; }

    /// <summary>Value of <c>aws:userid</c>.</summary>
    public virtual string? UniqueId => null;

    internal bool TryGetKey(string key, out StringValues values)
    {
        string? value = null;
        if (Is(key, "aws:PrincipalArn"))
            value = PrincipalArn;
        else if (Is(key, "aws:PrincipalAccount"))
            value = Account;
        else if (Is(key, "aws:PrincipalType"))
            value = Type;
        else if (Is(key, "aws:userid"))
            value = UniqueId;
        else if (Is(key, "aws:username"))
            value = (this as User)?.Name;
        else if (Is(key, "aws:PrincipalIsAWSService"))
            value = this is Service ? "true" : "false";
        else if (Is(key, "aws:PrincipalServiceName"))
            value = (this as Service)?.Name;
        values = value;
        return value is not null;
    }

    private static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The root user of an account.</summary>
    public sealed record Root(string AccountId) : Principal(AccountId, $"arn:aws:iam::{AccountId}:root")
    {
        protected override string Type => "Account";

        public override string? UniqueId => AccountId;
    }

    /// <param name="Id"><c>AIDA…</c></param>
    public sealed record User(string AccountId, string UserArn, string Name, string Id) : Principal(AccountId, UserArn)
    {
        protected override string Type => "User";

        public override string? UniqueId => Id;
    }

    /// <param name="SessionArn"><c>arn:aws:sts::A:assumed-role/ROLE/SESSION</c></param>
    /// <param name="RoleId"><c>AROA…</c></param>
    public sealed record RoleSession(string AccountId, string SessionArn, string RoleArn, string RoleId, string SessionName)
        : Principal(AccountId, SessionArn)
    {
        public override string? PrincipalArn => RoleArn;

        /// <summary>
        /// The role was deleted. A new role may have the same ARN by now, so policies can only name this session by unique ids.
        /// </summary>
        public bool IsOfDeletedRole { get; init; }

        protected override string Type => "AssumedRole";

        public override string? UniqueId => $"{RoleId}:{SessionName}";
    }

    /// <param name="SessionArn"><c>arn:aws:sts::A:federated-user/NAME</c></param>
    public sealed record FederatedUser(string AccountId, string SessionArn, string Name) : Principal(AccountId, SessionArn)
    {
        protected override string Type => "FederatedUser";

        public override string? UniqueId => $"{AccountId}:{Name}";
    }

    /// <summary>An AWS service that acts for itself, such as <c>rds.amazonaws.com</c>.</summary>
    public sealed record Service(string Name) : Principal(null, Name)
    {
        public override string? PrincipalArn => null;

        protected override string Type => "Service";
    }

    /// <summary>A caller without a signature.</summary>
    public sealed record Anonymous() : Principal(null, "anonymous")
    {
        public override string? PrincipalArn => null;

        protected override string Type => "Anonymous";
    }
}
