using System.Text.Json.Serialization;
using Daybreak.Cloud.Kms.Aliases;
using Daybreak.Cloud.Kms.Keys;

namespace Daybreak.Cloud.Kms;

/// <summary>The form of keys in the state.</summary>
[JsonSerializable(typeof(Key))]
[JsonSerializable(typeof(KeyAlias))]
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class KmsJson : JsonSerializerContext;
