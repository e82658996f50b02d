using System.Text.Json.Serialization;

namespace Daybreak.Cloud.S3.Storage;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Bucket))]
[JsonSerializable(typeof(StoredObject))]
[JsonSerializable(typeof(UploadedPart))]
[JsonSerializable(typeof(UploadState))]
internal sealed partial class S3Json : JsonSerializerContext;
