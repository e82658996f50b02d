using System.Text.Json.Serialization;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>The answer that AWS SDKs read. <see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/></summary>
internal sealed record RoleCredentials(string AccessKeyId, string SecretAccessKey, string? Token, string RoleArn, string Expiration);

internal sealed record Refusal([property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("message")] string Message);

[JsonSerializable(typeof(RoleCredentials))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class RolesJson : JsonSerializerContext;
