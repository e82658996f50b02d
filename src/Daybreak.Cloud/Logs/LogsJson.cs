using System.Text.Json.Serialization;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Streams;

namespace Daybreak.Cloud.Logs;

/// <summary>The form of log groups and streams in the state.</summary>
[JsonSerializable(typeof(LogGroupSettings))]
[JsonSerializable(typeof(LogStreamRow))]
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class LogsJson : JsonSerializerContext;
