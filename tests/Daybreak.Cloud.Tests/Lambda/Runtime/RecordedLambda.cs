using System.Text.Json;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

/// <summary>The recorded answers of the real Lambda.</summary>
internal static class RecordedLambda
{
    public static JsonDocument Open() => JsonDocument.Parse(SharedFile.Read("recorded/lambda.json"));
}
