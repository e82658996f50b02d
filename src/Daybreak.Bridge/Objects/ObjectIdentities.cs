using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Objects;

/// <summary>With whose credentials requests to Amazon S3 are signed: beside a local cluster, imports and exports have roles of their
/// own.</summary>
/// <param name="server">The server's credentials, of those that have but one identity.</param>
/// <param name="roles">Those of <c>daybreak.assume</c>.</param>
public sealed class ObjectIdentities(CredentialKeeper server, AssumedRoles roles, Func<string, string?> variable, TimeProvider time)
    : IDisposable
{
    private const string ImportToken = "DAYBREAK_CLUSTER_S3_IMPORT_TOKEN";
    private const string ExportToken = "DAYBREAK_CLUSTER_S3_EXPORT_TOKEN";
    private readonly CredentialKeeper? _import = OfFeature(ImportToken, variable, time);
    private readonly CredentialKeeper? _export = OfFeature(ExportToken, variable, time);

    internal CredentialKeeper Of(ObjectFrame asked) =>
        !asked.IamRole.IsEmpty ? roles.For(asked.IamRole.Span, asked.ExternalId.Span, asked.SessionName.Span)
        : asked.Operation is ObjectOperation.GetObject or ObjectOperation.NextPiece ? _import ?? server
        : _export ?? server;

    public void Dispose()
    {
        _import?.Dispose();
        _export?.Dispose();
    }

    private static CredentialKeeper? OfFeature(string token, Func<string, string?> variable, TimeProvider time) =>
        ClusterCredentials.TryCreate(variable, token) is { } source ? new(source, time) : null;
}
