using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>A cloud whose functions are scripted, and a client that speaks its API over plain HTTP.</summary>
public class LambdaCloud : IAsyncLifetime
{
    public const string Functions = "/2015-03-31/functions";
    public const string Role = "arn:aws:iam::444455556666:role/r";

    private CloudHost? _host;

    internal ScriptedRuntime Runtime { get; } = new();

    protected virtual CloudOptions Options => new() { Port = 0, FunctionRuntime = Runtime };

    public CloudHost Host => _host ?? throw new InvalidOperationException("not started");

    public HttpClient Http { get; private set; } = new();

    public static byte[] Code { get; } = Zip.Of("f.py", "def handler(event, context): return event");

    /// <summary>The access key and scope for signatures.</summary>
    public static AuthenticationHeaderValue Signed(string accessKey = "test", string region = "us-east-1", string service = "lambda") =>
        SigningHandler.Claim(accessKey, region, service);

    public static string NewName() => $"f-{Guid.NewGuid():N}";

    public virtual async ValueTask InitializeAsync()
    {
        _host = await CloudHost.StartAsync(Options);
        Http = new HttpClient(new SigningHandler()) { BaseAddress = _host.Endpoint };
        Http.DefaultRequestHeaders.Authorization = Signed();
        await CreateRoleAsync(Http);
        await StartedAsync();
    }

    protected virtual Task StartedAsync() => Task.CompletedTask;

    /// <summary>The role <c>r</c>, which Lambda may assume, in the account of an access key.</summary>
    public static async Task CreateRoleAsync(HttpClient http, string accessKey = "test")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Authorization = Signed(accessKey, service: "iam");
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["Action"] = "CreateRole",
                ["Version"] = "2010-05-08",
                ["RoleName"] = "r",
                ["AssumeRolePolicyDocument"] =
                    """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""",
            }
        );
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public virtual async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates a function and waits for nothing.</summary>
    public async Task<string> CreateAsync(string? name = null, Action<JsonObject>? change = null)
    {
        name ??= NewName();
        var answer = await SendAsync(HttpMethod.Post, Functions, CreateRequest(name, change));
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return name;
    }

    public static JsonObject CreateRequest(string name, Action<JsonObject>? change = null)
    {
        var request = new JsonObject
        {
            ["FunctionName"] = name,
            ["Runtime"] = "python3.12",
            ["Role"] = Role,
            ["Handler"] = "f.handler",
            ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Code) },
        };
        change?.Invoke(request);
        return request;
    }

    public Task<Answer> InvokeAsync(string name, string payload, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, $"{Functions}/{name}/invocations", payload, headers);

    public Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null) => SendAsync(method, path, body?.ToJsonString());

    public Task<Answer> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers) =>
        SendAsync(Http, method, path, body, headers);

    /// <summary>The same by a client of its own.</summary>
    public static async Task<Answer> SendAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        string? body,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
        {
            HttpHeaders target = name == "Content-Type" ? request.Content!.Headers : request.Headers;
            target.Remove(name);
            target.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    public sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Text)
    {
        public JsonNode Json => JsonNode.Parse(Text)!;

        public string? Error => Headers.GetValueOrDefault("x-amzn-ErrorType");

        public string? Message => (string?)(Json["message"] ?? Json["Message"]);
    }
}
