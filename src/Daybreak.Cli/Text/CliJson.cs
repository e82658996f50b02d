using System.Text.Json;
using System.Text.Json.Serialization;

namespace Daybreak.Cli.Text;

/// <summary>Source-generated, so that commands start faster.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CliJson : JsonSerializerContext;
