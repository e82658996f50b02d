using System.Text.Json;
using System.Text.Json.Serialization;

namespace Daybreak.Cli.Text;

/// <summary>Compiled instead of reflected: commands start faster.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CliJson : JsonSerializerContext;
