using Daybreak.Aws;
using Daybreak.Bridge.Credentials;

namespace Daybreak.Bridge.Invocation;

/// <summary>The credentials of an assumed role, which STS gives to those of the server.</summary>
/// <param name="role">The role to assume.</param>
/// <param name="server">The server's own credentials.</param>
/// <param name="sts">Where they are exchanged; null beside a local cluster.</param>
public sealed class AssumeRoleSource(AssumedRole role, CredentialKeeper server, Func<StsClient>? sts) : ICredentialSource
{
    public const string SourceName = "assumed role";

    /// <summary>The network of a local cluster leads to the local AWS only, which STS's own name does not.</summary>
    public const string NotBesideClusters =
        "Servers of the local AWS call with the role of their cluster or instance only: daybreak.assume is not built for them.";

    public async Task<CredentialSnapshot> FetchAsync(CancellationToken cancel)
    {
        if (sts is null)
            throw new CredentialException(NotBesideClusters) { IsOfAssumedRole = true };
        var with = await server.GetAsync(cancel);
        try
        {
            try
            {
                return SnapshotOf(await sts().AssumeAsync(role, with.Credentials, cancel));
            }
            catch (StsRefusalException refusal) when (refusal.RefusesKey)
            {
                // As in a call, a key that is refused is replaced once.
                if (await server.RenewAsync(with, cancel) is not { } other)
                    throw;
                return SnapshotOf(await sts().AssumeAsync(role, other.Credentials, cancel));
            }
        }
        catch (StsRefusalException refusal)
        {
            throw new CredentialException(
                $"The IAM role {role.Arn} cannot be assumed: AWS STS answers {refusal.Code}: {refusal.Message}",
                refusal
            )
            {
                IsOfAssumedRole = true,
            };
        }
    }

    private CredentialSnapshot SnapshotOf(AwsCredentials credentials) => new(credentials, role.AccountId, $"{SourceName} {role.Arn}");
}
