using System.Text;
using System.Xml.Linq;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Iam;

/// <summary>
/// A cloud with one user, role, group and policy, called without a client that would check or fix what it sends; and all that
/// IAM lists, to tell whether a refused request changed something.
/// </summary>
public sealed class IamWire : IAsyncLifetime
{
    public const string PolicyArn = "arn:aws:iam::444455556666:policy/there";
    public const string Trust =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"rds.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    private static readonly string[] Kinds = ["User", "Group", "Role"];

    private readonly HttpClient _http = new(new SigningHandler());
    private CloudHost? _host;

    public Uri Endpoint => _host!.Endpoint;

    public async ValueTask InitializeAsync()
    {
        _host = await CloudHost.StartAsync(new CloudOptions { Port = 0 });
        foreach (var (action, name) in new[] { ("CreateUser", "UserName"), ("CreateGroup", "GroupName") })
            (await SendAsync(action, (name, "there"))).Ok();
        (await SendAsync("CreateRole", ("RoleName", "there"), ("AssumeRolePolicyDocument", Trust))).Ok();
        (await SendAsync("CreatePolicy", ("PolicyName", "there"), ("PolicyDocument", Document(Allow())))).Ok();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host!.DisposeAsync();
    }

    internal static string Document(params string[] statements) =>
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";

    internal static string Allow(string action = "s3:*", string more = "") =>
        $$"""{"Effect":"Allow","Action":"{{action}}","Resource":"*"{{more}}}""";

    internal async Task<Answer> SendAsync(string action, params (string Name, string Value)[] parameters)
    {
        var form = string.Join(
            '&',
            parameters
                .Prepend(("Action", action))
                .Append(("Version", "2010-05-08"))
                .Select(static pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}")
        );
        return await PostAsync(form);
    }

    /// <param name="form">The body of the request.</param>
    internal async Task<Answer> PostAsync(string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint)
        {
            Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        request.Headers.Authorization = SigningHandler.Claim("test", "us-east-1", "iam");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Runs a request that is to be refused, and makes sure that nothing is there or gone because of it.</summary>
    internal async Task AssertRefusedAsync(Func<Task<Answer>> request, int status, string code, string message)
    {
        var before = await EverythingAsync();
        var answer = await request();
        Assert.Equal((status, code, message), (answer.Status, answer.Code, answer.Message));
        Assert.Equal(before, await EverythingAsync());
    }

    /// <summary>All responses of IAM about its data, without request ids.</summary>
    internal async Task<string> EverythingAsync()
    {
        var all = new StringBuilder();
        (string, (string, string)[])[] questions =
        [
            ("GetAccountSummary", []),
            ("ListUsers", []),
            ("ListGroups", []),
            ("ListRoles", []),
            ("ListPolicies", [("Scope", "Local")]),
            ("ListInstanceProfiles", []),
            ("ListPolicyVersions", [("PolicyArn", PolicyArn)]),
            ("ListPolicyTags", [("PolicyArn", PolicyArn)]),
            .. Kinds.SelectMany(static kind =>
                new[] { $"List{kind}Policies", $"ListAttached{kind}Policies", $"Get{kind}" }.Select(action =>
                    (action, new[] { ($"{kind}Name", "there") })
                )
            ),
            ("ListUserTags", [("UserName", "there")]),
            ("ListRoleTags", [("RoleName", "there")]),
            ("ListAccessKeys", [("UserName", "there")]),
        ];
        foreach (var (action, parameters) in questions)
            all.Append((await SendAsync(action, parameters)).Ok());
        return all.ToString();
    }

    internal sealed record Answer(int Status, string Body)
    {
        public string? Code => Element("Code");

        public string? Message => Element("Message");

        /// <summary>The response without its request id; an error response fails the test.</summary>
        public XElement Ok()
        {
            Assert.True(Status == 200, Body);
            var root = XElement.Parse(Body);
            root.Elements().Single(static element => element.Name.LocalName == "ResponseMetadata").Remove();
            return root;
        }

        private string? Element(string name) =>
            XElement.Parse(Body).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }
}
