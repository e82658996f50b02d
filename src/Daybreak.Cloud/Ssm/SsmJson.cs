using System.Text.Json.Serialization;
using Daybreak.Cloud.Ssm.Parameters;

namespace Daybreak.Cloud.Ssm;

/// <summary>The form of parameters in the state.</summary>
[JsonSerializable(typeof(Parameter))]
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class SsmJson : JsonSerializerContext;
