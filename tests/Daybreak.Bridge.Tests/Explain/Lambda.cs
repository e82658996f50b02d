using System.Globalization;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Explain;

/// <summary>Endpoints of AWS Lambda and AWS STS that answer what a test says, and AWS's usual answer else.</summary>
public sealed class Lambda : IAsyncDisposable
{
    public const string Arn = "arn:aws:lambda:us-west-2:444455556666:function:my-function";
    public const string Role = "arn:aws:sts::444455556666:assumed-role/app-role/session";

    private readonly ScriptedEndpoint _lambda;
    private readonly ScriptedEndpoint _sts;

    public Lambda()
    {
        _lambda = new(peer =>
            AnswerAsync(
                peer,
                request =>
                    request.RequestLine switch
                    {
                        "POST /2015-03-31/functions/my-function/invocations HTTP/1.1"
                            when request.Header("x-amz-invocation-type") == "DryRun" && IsSigned(request, "lambda") => Judge(request)
                            ?? DryRun,
                        "GET /2015-03-31/functions/my-function/configuration HTTP/1.1" when IsSigned(request, "lambda") => Configuration,
                        "GET / HTTP/1.1" when request.Header("authorization") is null => (404, "", "<UnknownOperationException/>"),
                        var other => (500, "Unexpected", other),
                    }
            )
        );
        _sts = new(peer =>
            AnswerAsync(
                peer,
                request => IsSigned(request, "sts") && request.RequestLine == "POST / HTTP/1.1" ? Caller : (500, "", "unexpected")
            )
        );
    }

    public (int Status, string Error, string Body) DryRun { get; set; } = (204, "", "");

    /// <summary>What a DryRun is answered where that depends on it.</summary>
    public Func<EndpointRequest, (int Status, string Error, string Body)?> Judge { get; set; } = static _ => null;

    public (int Status, string Error, string Body) Configuration { get; set; } =
        (200, "", """{"FunctionName":"my-function","State":"Active","Timeout":3}""");

    public (int Status, string Error, string Body) Caller { get; set; } = (200, "", CallerIs(Role));

    /// <summary>How far the endpoint's clock is from ours.</summary>
    public TimeSpan Ahead { get; set; }

    public string Url => _lambda.Url;

    public int Port => _lambda.Port;

    public static string CallerIs(string arn) =>
        $"""
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>{arn}</Arn><UserId>AROA:session</UserId><Account>444455556666</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
            """;

    public static string StsError(string code, string message) =>
        $"""<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>""";

    /// <summary>Keys, and where STS is.</summary>
    public Dictionary<string, string> Variables(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "very-secret-key",
            ["AWS_SESSION_TOKEN"] = "very-secret-token",
            ["AWS_ENDPOINT_URL_STS"] = _sts.Url,
        };
        foreach (var (name, value) in more)
            variables[name] = value;
        return variables;
    }

    public async ValueTask DisposeAsync()
    {
        await _lambda.DisposeAsync();
        await _sts.DisposeAsync();
    }

    private static bool IsSigned(EndpointRequest request, string service) =>
        request.Header("authorization") is { } value
        && value.Contains($"/us-west-2/{service}/aws4_request", StringComparison.Ordinal)
        && request.Header("x-amz-security-token") == "very-secret-token";

    private async Task AnswerAsync(EndpointPeer peer, Func<EndpointRequest, (int Status, string Error, string Body)> answer)
    {
        while (await peer.ReadRequestAsync() is { } request)
        {
            var (status, error, body) = answer(request);
            var date = (TimeProvider.System.GetUtcNow() + Ahead).ToString("R", CultureInfo.InvariantCulture);
            await peer.SendAsync(
                $"HTTP/1.1 {status} X\r\nDate: "
                    + $"{date}\r\n{(error.Length > 0 ? $"x-amzn-ErrorType: {error}\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}"
            );
        }
    }
}
