using System.Text.Json;
using Daybreak.Bench.Echo;

// The peer: Daybreak.Bench.Echo PORT. Without a port it ends at once, which is the bare start of the runtime.
if (args is not [var port])
    return;
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
var app = builder.Build();
app.MapPost("/", static (JsonElement input) => Results.Json(Function.Handle(input)));
await app.RunAsync();
