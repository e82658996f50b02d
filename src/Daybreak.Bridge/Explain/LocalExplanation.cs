using System.Globalization;
using System.Text.Json;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;
using Daybreak.Explaining;

namespace Daybreak.Bridge.Explain;

/// <summary>
/// Has the local AWS explain a call of this server's instance, which the token of its role identifies. The request does not take the
/// network path to Lambda, so a closed door of the network does not stop it.
/// </summary>
internal sealed class LocalExplanation : IDisposable
{
    private const string Variable = "DAYBREAK_CLUSTER_EXPLANATION";
    private const string TokenVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private const int LongestAnswer = 1024 * 1024;

    private readonly Uri _explainer;
    private readonly string _token;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        MaxResponseContentBufferSize = LongestAnswer,
        Timeout = OutsideChecks.Limit,
    };

    private LocalExplanation(Uri explainer, string token) => (_explainer, _token) = (explainer, token);

    /// <summary>Returns null unless the server's environment says that it belongs to a local cluster.</summary>
    public static LocalExplanation? TryCreate(Func<string, string?> variable) =>
        Uri.TryCreate(variable(Variable), UriKind.Absolute, out var explainer)
        && explainer.IsLoopback
        && variable(TokenVariable) is { Length: > 0 } token
            ? new LocalExplanation(explainer, token)
            : null;

    public async Task<ReadOnlyMemory<byte>> AskAsync(ExplainFrame question, CancellationToken cancel)
    {
        var (function, region, form) = (question.FunctionName, question.Region, question.Form);
        try
        {
            var read = new InvokeArguments(form, function, region).WithRowLiteralRead();
            (function, region) = (read.FunctionName, read.Region);
            if (question.IamRole is not null)
                return Failed(
                    "iamRole",
                    AssumeRoleSource.NotBesideClusters,
                    "Take the role back with daybreak.unassume, and give the cluster a role that may invoke the function."
                );
            if (string.IsNullOrEmpty(function))
                throw InvocationFailures.WrongArgument("function_name is NULL.", "Name a function.");
            using var request = new HttpRequestMessage(HttpMethod.Get, UriOf(question, function, region));
            request.Headers.TryAddWithoutValidation("Authorization", _token);
            using var response = await _http.SendAsync(request, cancel);
            var answer = await response.Content.ReadAsByteArrayAsync(cancel);
            using var parsed = JsonDocument.Parse(answer);
            if (response.IsSuccessStatusCode && parsed.RootElement.TryGetProperty("stages", out _))
                return answer;
            return Failed(
                "database",
                $"The local AWS answers {(int)response.StatusCode}: {parsed.RootElement.GetProperty("message").GetString()}",
                "See the log of the local AWS."
            );
        }
        catch (InvocationException wrong)
        {
            return Failed("target", wrong.Error.Detail!, wrong.Error.Hint ?? "Name a function.");
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
                || (failure is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            return Failed("database", $"The local AWS does not answer ({failure.GetType().Name}).", "Start it again.");
        }

        ReadOnlyMemory<byte> Failed(string stage, string text, string what) =>
            ExplanationBytes.Of(new(question.Database ?? "", function ?? "", [Stage.Failed(stage, text, Stage.FixOf(what))]));
    }

    public void Dispose() => _http.Dispose();

    private Uri UriOf(ExplainFrame question, string function, string? region)
    {
        var query = new (string Name, string? Value)[]
        {
            ("function", function),
            ("region", region),
            ("dbname", question.Database),
            ("user", question.User),
            ("regionSetting", question.DefaultRegion),
            ("connectTimeout", question.ConnectTimeoutMs.ToString(CultureInfo.InvariantCulture)),
            ("requestTimeout", question.RequestTimeoutMs.ToString(CultureInfo.InvariantCulture)),
        };
        var given = query.Where(static one => !string.IsNullOrEmpty(one.Value));
        return new Uri($"{_explainer}?{string.Join('&', given.Select(static one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"))}");
    }
}
