using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Ssm.Parameters;
using Daybreak.Cloud.Ssm.Tags;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Writing;

/// <summary>Parameters made, overwritten and deleted.</summary>
internal sealed class WriteOperations(ParameterStore parameters, ParameterAccess access, TimeProvider time)
{
    private const string Standard = "Standard";
    private const string Advanced = "Advanced";
    private const string Text = "text";
    private const int MostOfStandard = 4096;
    private const int MostOfAdvanced = 8192;
    private const int KeptVersions = 100;

    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<PutParameterRequest, PutParameterResponse>("PutParameter", PutAsync) { Permissions = PermissionsToPut },
            access.Row<DeleteParameterRequest, NoMembers>(
                "DeleteParameter",
                DeleteAsync,
                static (request, context) => [KeyOf(request.Name, context)]
            ),
            access.Row<DeleteParametersRequest, DeleteParametersResponse>(
                "DeleteParameters",
                DeleteAsync,
                static (request, context) => request.Names.Select(name => KeyOf(name, context))
            ),
        ];

    public ValueTask<PutParameterResponse> PutAsync(PutParameterRequest request, OperationContext context)
    {
        var name = request.Name.Trim(' ');
        ParameterName.CheckNew(name);
        if (request.Overwrite == true && request.Tags is { Count: > 0 })
            throw SsmErrors.TagsAndOverwrite();
        CheckDataType(request.DataType);
        var key = KeyOf(name, context);
        return parameters.ChangeAsync<PutParameterResponse>(
            key,
            found =>
            {
                if (found is not null && request.Overwrite != true)
                    throw SsmErrors.AlreadyExists();
                var version = Next(request, key, found?.Newest, context);
                var changed = found is null
                    ? new Parameter(key.AccountId, key.Region, name, [version]) { Tags = TagOperations.Added(null, request.Tags ?? []) }
                    : found with
                    {
                        Versions = WithoutOldest(found).Add(version),
                    };
                return (changed, new PutParameterResponse { Version = version.Version, Tier = version.Tier });
            }
        );
    }

    public async ValueTask<NoMembers> DeleteAsync(DeleteParameterRequest request, OperationContext context) =>
        await TryDeleteAsync(request.Name, context) ? NoMembers.Instance : throw SsmErrors.NotFound();

    public async ValueTask<DeleteParametersResponse> DeleteAsync(DeleteParametersRequest request, OperationContext context)
    {
        List<string> deleted = [];
        List<string> missing = [];
        foreach (var name in request.Names)
            (await TryDeleteAsync(name, context) ? deleted : missing).Add(name);
        return new DeleteParametersResponse { DeletedParameters = deleted, InvalidParameters = missing };
    }

    private ValueTask<bool> TryDeleteAsync(string name, OperationContext context) =>
        parameters.ChangeAsync<bool>(KeyOf(name, context), static found => (null, found is not null));

    /// <summary>What is not sent stays as it was.</summary>
    private ParameterVersion Next(PutParameterRequest request, ResourceKey key, ParameterVersion? newest, OperationContext context)
    {
        var type = request.Type ?? newest?.Type ?? throw SsmErrors.TypeMissing();
        var pattern = request.AllowedPattern ?? newest?.AllowedPattern;
        CheckPattern(pattern, request.Value);
        var number = (newest?.Version ?? 0) + 1;
        var keyId = type == Parameter.Secure ? request.KeyId ?? newest?.KeyId ?? Parameter.DefaultKey : null;
        return new ParameterVersion(
            number,
            type,
            TierOf(request, newest),
            request.DataType is { Length: > 0 } ? request.DataType : newest?.DataType ?? Text,
            parameters.Store(key, number, keyId, request.Value, context),
            time.GetUtcNow(),
            context.Caller.Arn
        )
        {
            KeyId = keyId,
            Description = request.Description ?? newest?.Description,
            AllowedPattern = pattern is "" ? null : pattern,
        };
    }

    private static string TierOf(PutParameterRequest request, ParameterVersion? newest)
    {
        var bytes = Encoding.UTF8.GetByteCount(request.Value);
        if (bytes > MostOfAdvanced)
            throw request.Tier is Advanced or "Intelligent-Tiering" ? SsmErrors.TooLongForAdvanced() : SsmErrors.TooLongForStandard();
        if (request.Tier == Standard && newest?.Tier == Advanced)
            throw SsmErrors.NoDowngrade();
        if (request.Tier == Advanced || newest?.Tier == Advanced)
            return Advanced;
        if (bytes <= MostOfStandard)
            return Standard;
        return request.Tier == "Intelligent-Tiering" ? Advanced : throw SsmErrors.TooLongForStandard();
    }

    private static void CheckDataType(string? type)
    {
        if (type is "aws:ec2:image" or "aws:ssm:integration")
            throw NotImplemented.Of($"the parameter DataType of PutParameter with the value {type}");
        if (type is not (null or "" or Text))
            throw SsmErrors.UnknownDataType(type);
    }

    private static void CheckPattern(string? pattern, string value)
    {
        if (string.IsNullOrEmpty(pattern))
            return;
        try
        {
            if (!Regex.IsMatch(value, $@"^(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTime))
                throw SsmErrors.PatternMismatch(pattern);
        }
        catch (ArgumentException)
        {
            throw SsmErrors.InvalidPattern(pattern);
        }
        catch (RegexMatchTimeoutException)
        {
            throw SsmErrors.PatternMismatch(pattern);
        }
    }

    private static ImmutableArray<ParameterVersion> WithoutOldest(Parameter parameter)
    {
        if (parameter.Versions.Length < KeptVersions)
            return parameter.Versions;
        return parameter.Versions[0].Labels.IsEmpty
            ? parameter.Versions.RemoveAt(0)
            : throw SsmErrors.OldestHasLabel(parameter.Name, parameter.Versions[0].Version);
    }

    private IEnumerable<ResourcePermission> PermissionsToPut(PutParameterRequest request, OperationContext context)
    {
        var key = KeyOf(request.Name.Trim(' '), context);
        var keys = TagOperations.KeysOf(request.Tags ?? []);
        keys.Add("ssm:Overwrite", request.Overwrite == true ? "true" : "false");
        yield return access.Of(key, keys);
        if (request.Tags is { Count: > 0 })
            yield return access.Of(key, TagOperations.KeysOf(request.Tags), "AddTagsToResource");
    }

    private static ResourceKey KeyOf(string name, OperationContext context) => ParameterName.KeyOf(name, context.AccountId, context.Region);
}
