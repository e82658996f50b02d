using System.Text.Json.Serialization;
using Daybreak.Cloud.SecretsManager.Secrets;

namespace Daybreak.Cloud.SecretsManager;

/// <summary>The form of secrets in the state.</summary>
[JsonSerializable(typeof(Secret))]
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class SecretsJson : JsonSerializerContext;
