using System.Text.Json;

namespace Daybreak.Bench.Echo;

/// <summary>The function, and what its peer, a server of Kestrel's, calls.</summary>
public static class Function
{
    public static JsonElement Handle(JsonElement input) => input;
}
