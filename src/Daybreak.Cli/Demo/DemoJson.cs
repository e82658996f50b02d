using System.Text.Json.Serialization;

namespace Daybreak.Cli.Demo;

/// <summary>Source-generated, so that the demo starts faster.</summary>
[JsonSerializable(typeof(SimpleFunction.CreateFunction))]
internal sealed partial class DemoJson : JsonSerializerContext;
