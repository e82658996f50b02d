using System.Text.Json.Serialization;
using Daybreak.Cloud.S3.Events;

namespace Daybreak.Cloud.S3.Storage;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Bucket))]
[JsonSerializable(typeof(StoredEvent))]
[JsonSerializable(typeof(StoredObject))]
[JsonSerializable(typeof(UploadedPart))]
[JsonSerializable(typeof(UploadState))]
internal sealed partial class S3Json : JsonSerializerContext;
