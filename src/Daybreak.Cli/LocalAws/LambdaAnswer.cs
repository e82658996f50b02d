using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daybreak.Cli.LocalAws;

/// <summary>An answer of Lambda, which may be a refusal.</summary>
internal sealed record LambdaAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    /// <exception cref="CommandFailedException">It is a refusal.</exception>
    public JsonObject Json()
    {
        ExpectSuccess();
        return JsonNode.Parse(Body)!.AsObject();
    }

    /// <exception cref="CommandFailedException">It is a refusal.</exception>
    public void ExpectSuccess()
    {
        if ((int)Status is < 200 or >= 300)
            throw Failure();
    }

    public CommandFailedException Failure()
    {
        var kind = Headers.TryGetValue("x-amzn-ErrorType", out var type) ? type.Split(':')[0] : $"{(int)Status}";
        return new CommandFailedException(ExitCode.Failure, $"Lambda refused, {kind}: {Message()}");
    }

    private string Message()
    {
        try
        {
            var body = JsonNode.Parse(Body);
            return (body?["message"] ?? body?["Message"])?.GetValue<string>() ?? Body;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Body;
        }
    }
}
