using System.Globalization;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.SecretsManager.Policies;
using Daybreak.Cloud.SecretsManager.Secrets;

namespace Daybreak.Cloud.SecretsManager.Values;

/// <summary>Values of secrets: read, written, and which version is the current one.</summary>
internal sealed class ValueOperations(SecretStore secrets, SecretValues values, SecretPolicies policies, TimeProvider time)
{
    private const int PageSize = 100;

    private const string DefaultKey = "DefaultEncryptionKey";

    public IEnumerable<AwsOperation> Operations() =>
        [
            policies.Row<GetSecretValueRequest, GetSecretValueResponse>("GetSecretValue", GetAsync, static (r, _) => KeysOf(r)),
            policies.Row<PutSecretValueRequest, SecretResponse>("PutSecretValue", PutAsync),
            policies.Row<UpdateSecretVersionStageRequest, SecretResponse>("UpdateSecretVersionStage", MoveAsync),
            policies.Row<ListSecretVersionIdsRequest, ListSecretVersionIdsResponse>("ListSecretVersionIds", ListVersions),
            new AwsOperation<GetRandomPasswordRequest, GetRandomPasswordResponse>("GetRandomPassword", RandomPassword.Get),
        ];

    public async ValueTask<GetSecretValueResponse> GetAsync(GetSecretValueRequest request, OperationContext context)
    {
        var secret = secrets.Usable(request.SecretId, context);
        var version = request.VersionId is { } id
            ? WithValue(secret.Version(id)) ?? throw SecretsErrors.VersionNotFound(id)
            : WithValue(secret.Staged(request.VersionStage ?? SecretValues.Current))
                ?? throw SecretsErrors.StageNotFound(request.VersionStage ?? SecretValues.Current);
        if (request.VersionId is not null && request.VersionStage is { } stage && !version.Stages.Contains(stage))
            throw SecretsErrors.StageOfOtherVersion();
        var value = secrets.Unseal(secret, version, context);
        await NoteAccessAsync(secret, version);
        return new GetSecretValueResponse
        {
            ARN = secret.Arn,
            Name = secret.Name,
            VersionId = version.Id,
            SecretBinary = version.IsBinary ? new ReadOnlyMemory<byte>(value) : null,
            SecretString = version.IsBinary ? null : Encoding.UTF8.GetString(value),
            VersionStages = version.Stages.IsEmpty ? null : version.Stages,
            CreatedDate = version.CreatedDate,
        };
    }

    public ValueTask<SecretResponse> PutAsync(PutSecretValueRequest request, OperationContext context)
    {
        var token = request.ClientRequestToken ?? throw SecretsErrors.TokenMissing();
        var value =
            SecretValue.Of(request.SecretString, request.SecretBinary)
            ?? throw SecretsErrors.InvalidRequest("You must provide either SecretString or SecretBinary.");
        return secrets.ChangeAsync(
            request,
            context,
            secret =>
            {
                SecretStore.CheckUnowned(secret);
                var changed = values.With(secret, token, value, request.VersionStages, context);
                return (changed, SecretOperations.Answer(changed, token) with { VersionStages = changed.Version(token)!.Stages });
            }
        );
    }

    public ValueTask<SecretResponse> MoveAsync(UpdateSecretVersionStageRequest request, OperationContext context) =>
        secrets.ChangeAsync(
            request,
            context,
            secret =>
            {
                SecretStore.CheckUnowned(secret);
                var (stage, from, to) = (request.VersionStage, request.RemoveFromVersionId, request.MoveToVersionId);
                foreach (var id in new[] { from, to })
                {
                    if (id is not null && secret.Version(id) is null)
                        throw SecretsErrors.VersionNotFound(id);
                }
                if (to is not null && stage == SecretValues.Current && WithValue(secret.Version(to)) is null)
                    throw SecretsErrors.VersionNotFound(to);
                var holder = secret.Staged(stage)?.Id;
                if (to is null && stage == SecretValues.Current)
                    throw SecretsErrors.CurrentOnlyMoves();
                if (from is not null && from != holder)
                    throw SecretsErrors.StageOfOtherVersion();
                if (to is not null && holder is not null && holder != to && from is null)
                    throw SecretsErrors.MustRemove(stage, holder);
                var changed = from is null && to is null ? secret : SecretValues.Move(secret, stage, to);
                return (changed, SecretOperations.Answer(changed, null));
            }
        );

    public ListSecretVersionIdsResponse ListVersions(ListSecretVersionIdsRequest request, OperationContext context)
    {
        var start = 0;
        if (request.NextToken is { } token && (!int.TryParse(token, out start) || start < 0))
            throw SecretsErrors.InvalidToken();
        var secret = secrets.Named(request.SecretId, context);
        var found = secret.Versions.Where(version => !version.Stages.IsEmpty || request.IncludeDeprecated == true).ToList();
        var page = found.Skip(start).Take(request.MaxResults ?? PageSize).ToList();
        return new ListSecretVersionIdsResponse
        {
            Versions =
            [
                .. page.Select(static version => new VersionEntry
                {
                    VersionId = version.Id,
                    VersionStages = version.Stages.IsEmpty ? null : version.Stages,
                    CreatedDate = version.CreatedDate,
                    LastAccessedDate = version.LastAccessedDate,
                    KmsKeyIds = [version.KmsKeyId ?? DefaultKey],
                }),
            ],
            NextToken = start + page.Count < found.Count ? (start + page.Count).ToString(CultureInfo.InvariantCulture) : null,
            ARN = secret.Arn,
            Name = secret.Name,
        };
    }

    private static SecretVersion? WithValue(SecretVersion? version) => version is { HasValue: true } ? version : null;

    /// <summary>Days are all that AWS shows, so that most reads write nothing.</summary>
    private async ValueTask NoteAccessAsync(Secret secret, SecretVersion version)
    {
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        if (secret.LastAccessedDate == today && version.LastAccessedDate == today)
            return;
        await secrets.ChangeAsync(
            secret.Key,
            found =>
                found is null
                    ? ((Secret?)null, true)
                    : (
                        found with
                        {
                            LastAccessedDate = today,
                            Versions =
                            [
                                .. found.Versions.Select(one => one.Id == version.Id ? one with { LastAccessedDate = today } : one),
                            ],
                        },
                        true
                    )
        );
    }

    private static ContextKeys KeysOf(GetSecretValueRequest request)
    {
        var keys = new ContextKeys { { "secretsmanager:VersionStage", request.VersionStage ?? SecretValues.Current } };
        if (request.VersionId is { } id)
            keys.Add("secretsmanager:VersionId", id);
        return keys;
    }
}
