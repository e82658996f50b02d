using System.Text.Json;
using System.Text.Json.Nodes;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.SecretsManager.Values;
using Daybreak.Cloud.Ssm;

namespace Daybreak.Cloud.Hosting;

/// <summary>Reads secrets for Parameter Store, as if its caller had asked Secrets Manager.</summary>
/// <param name="secrets">Secrets Manager.</param>
internal sealed class SecretReferences(AwsService secrets, IAuthorizer authorizer) : ISecretReferences
{
    private readonly AwsOperation _get = secrets.Operations.Single(static operation => operation.Name == "GetSecretValue");

    public async ValueTask<ReferencedSecret?> ReadAsync(string secretId, OperationContext context)
    {
        var request = new GetSecretValueRequest { SecretId = secretId };
        // Services reach each other by no VPC.
        var direct = context with
        {
            Route = null,
        };
        authorizer.Authorize(secrets, _get, request, direct);
        GetSecretValueResponse answer;
        try
        {
            answer = (GetSecretValueResponse)await _get.RunAsync(request, direct);
        }
        catch (AwsException error) when (error.Code == "ResourceNotFoundException")
        {
            return null;
        }
        var value = answer.SecretString ?? throw NotImplemented.Of("references of ssm to secrets that are not text");
        var created = answer.CreatedDate!.Value;
        var source = new JsonObject
        {
            ["CreatedDate"] = created.ToUnixTimeMilliseconds() / 1000.0,
            ["Name"] = answer.Name,
            ["VersionId"] = answer.VersionId,
            ["SecretString"] = value,
            ["VersionStages"] = new JsonArray([.. (answer.VersionStages ?? []).Select(static stage => (JsonNode)stage)]),
            ["ARN"] = answer.ARN,
        };
        return new ReferencedSecret(answer.ARN!, value, created, source.ToJsonString(JsonSerializerOptions.Web));
    }
}
