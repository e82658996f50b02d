// An executable assembly, which speaks the Runtime API itself. A project would take the package Amazon.Lambda.RuntimeSupport for what
// LambdaBootstrap does here.
using System.Text.Json;
using Daybreak.Tests.Executable;

await LambdaBootstrap.RunAsync(static order =>
    JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, JsonElement> { ["echo"] = order.RootElement, ["by"] = JsonSerializer.SerializeToElement("executable") }
    )
);
