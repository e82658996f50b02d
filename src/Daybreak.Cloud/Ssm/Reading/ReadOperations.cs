using System.Globalization;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Ssm.Listing;
using Daybreak.Cloud.Ssm.Parameters;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Reading;

/// <summary>Values of parameters: by name, by path, and those they had.</summary>
internal sealed class ReadOperations(ParameterStore parameters, ParameterAccess access, ISecretReferences secrets)
{
    private const int PathPage = 10;
    private const int HistoryPage = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [
            access.Row<GetParameterRequest, GetParameterResponse>(
                "GetParameter",
                GetAsync,
                static (request, context) => KeysOf([request.Name], context)
            ),
            access.Row<GetParametersRequest, GetParametersResponse>(
                "GetParameters",
                GetAsync,
                static (request, context) => KeysOf(request.Names, context)
            ),
            access.Row<GetParametersByPathRequest, GetParametersByPathResponse>(
                "GetParametersByPath",
                (request, context) => ValueTask.FromResult(ByPath(request, context)),
                static (request, context) =>
                    [
                        ParameterName.KeyOf(
                            request.Path.Length > 1 ? request.Path.TrimEnd('/') : request.Path,
                            context.AccountId,
                            context.Region
                        ),
                    ],
                static request => new ContextKeys { { "ssm:Recursive", request.Recursive == true ? "true" : "false" } }
            ),
            access.Row<GetParameterHistoryRequest, GetParameterHistoryResponse>(
                "GetParameterHistory",
                (request, context) => ValueTask.FromResult(History(request, context)),
                static (request, context) => KeysOf([request.Name], context)
            ),
        ];

    public async ValueTask<GetParameterResponse> GetAsync(GetParameterRequest request, OperationContext context) =>
        new()
        {
            Parameter = await ReadAsync(
                ParameterReference.Of(request.Name, context) ?? throw SsmErrors.InvalidName(),
                request.WithDecryption == true,
                context
            ),
        };

    public async ValueTask<GetParametersResponse> GetAsync(GetParametersRequest request, OperationContext context)
    {
        var found = new SortedDictionary<string, ParameterAnswer>(StringComparer.Ordinal);
        List<string> invalid = [];
        foreach (var name in request.Names)
        {
            try
            {
                var reference = ParameterReference.Of(name, context) ?? throw SsmErrors.NotFound();
                var answer = await ReadAsync(reference, request.WithDecryption == true, context);
                found[answer.Name + answer.Selector] = answer;
            }
            catch (AwsException error) when (error.Code is "ParameterNotFound" or "ParameterVersionNotFound")
            {
                invalid.Add(name);
            }
        }
        return new GetParametersResponse { Parameters = [.. found.Values], InvalidParameters = invalid };
    }

    public GetParametersByPathResponse ByPath(GetParametersByPathRequest request, OperationContext context)
    {
        var filters = ParameterFilters.OfPath(request.ParameterFilters);
        var prefix = ParameterName.PrefixOf(request.Path);
        if (prefix.StartsWith(ParameterName.Public, StringComparison.Ordinal))
            throw NotImplemented.Of($"the public parameters below {request.Path} of ssm");
        var names = parameters.Index.Below(
            context.AccountId,
            context.Region,
            prefix,
            NamePage.After(request.NextToken),
            request.Recursive == true
        );
        var page = NamePage.Of(
            names,
            request.MaxResults ?? PathPage,
            name =>
                parameters.Find(new ResourceKey(context.AccountId, context.Region, name)) is { } found
                && ParameterFilters.VersionOf(found, filters) is { } version
                    ? Answer(found, version, request.WithDecryption == true, context)
                    : null
        );
        return new GetParametersByPathResponse { Parameters = page.Items, NextToken = page.NextToken };
    }

    public GetParameterHistoryResponse History(GetParameterHistoryRequest request, OperationContext context)
    {
        var start = 0;
        if (request.NextToken is { } token && (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start)))
            throw SsmErrors.InvalidToken();
        var reference = ParameterReference.Of(request.Name, context) ?? throw SsmErrors.InvalidName();
        var parameter = parameters.Find(reference.Key) ?? throw SsmErrors.NotFound();
        var page = parameter.Versions.Skip(start).Take(request.MaxResults ?? HistoryPage).ToList();
        return new GetParameterHistoryResponse
        {
            Parameters =
            [
                .. page.Select(version => new HistoryEntry
                {
                    Name = reference.Shown ?? parameter.Name,
                    Type = version.Type,
                    KeyId = version.KeyId,
                    LastModifiedDate = version.LastModifiedDate,
                    LastModifiedUser = version.User,
                    Description = version.Description,
                    Value = ValueOf(parameter, version, request.WithDecryption == true, context),
                    AllowedPattern = version.AllowedPattern,
                    Version = version.Version,
                    Labels = version.Labels,
                    Tier = version.Tier,
                    Policies = [],
                    DataType = version.DataType,
                }),
            ],
            NextToken = start + page.Count < parameter.Versions.Length ? (start + page.Count).ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    private async ValueTask<ParameterAnswer> ReadAsync(ParameterReference reference, bool decrypted, OperationContext context)
    {
        if (reference.Key.Name.StartsWith(ParameterName.SecretReference, StringComparison.Ordinal))
            return await ReferencedAsync(reference.Key.Name, decrypted, context);
        if (reference.Key.Name.StartsWith(ParameterName.Public, StringComparison.Ordinal))
            throw NotImplemented.Of($"the public parameter {reference.Key.Name} of ssm");
        var parameter = parameters.Find(reference.Key) ?? throw SsmErrors.NotFound();
        return Answer(parameter, reference.VersionOf(parameter), decrypted, context) with
        {
            Name = reference.Shown ?? parameter.Name,
            Selector = reference.Selector,
        };
    }

    private async ValueTask<ParameterAnswer> ReferencedAsync(string name, bool decrypted, OperationContext context)
    {
        if (!decrypted)
            throw SsmErrors.SecretsOnlyDecrypted();
        var secret =
            await secrets.ReadAsync(name[ParameterName.SecretReference.Length..], context) ?? throw SsmErrors.ReferenceNotFound(name);
        return new ParameterAnswer
        {
            Name = name,
            Type = Parameter.Secure,
            Value = secret.Value,
            Version = 0,
            SourceResult = secret.SourceResult,
            LastModifiedDate = secret.CreatedDate,
            ARN = secret.Arn,
        };
    }

    private ParameterAnswer Answer(Parameter parameter, ParameterVersion version, bool decrypted, OperationContext context) =>
        new()
        {
            Name = parameter.Name,
            Type = version.Type,
            Value = ValueOf(parameter, version, decrypted, context),
            Version = version.Version,
            LastModifiedDate = version.LastModifiedDate,
            ARN = parameter.Arn,
            DataType = version.DataType,
        };

    private string ValueOf(Parameter parameter, ParameterVersion version, bool decrypted, OperationContext context)
    {
        if (version.KeyId is null || decrypted)
            return parameters.ValueOf(parameter, version, context);
        return Convert.ToBase64String(version.KeyId == Parameter.DefaultKey ? [.. EncryptedHead, .. version.Stored] : version.Stored);
    }

    // What is encrypted by KMS begins so: AQICAHh in base64.
    private static ReadOnlySpan<byte> EncryptedHead => [1, 2, 2, 0, 0x78, 0x78];

    private static IEnumerable<ResourceKey> KeysOf(IEnumerable<string> names, OperationContext context) =>
        names.Select(name => ParameterReference.Of(name, context)?.Key).OfType<ResourceKey>();
}
