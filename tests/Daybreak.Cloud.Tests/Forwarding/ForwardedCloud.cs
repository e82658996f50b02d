using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.Forwarding;

/// <summary>A cloud that sends everything that is not here on to a scripted peer, and users with one policy each.</summary>
public sealed class ForwardedCloud : LambdaCloud
{
    private ScriptedPeer? _peer;

    internal ScriptedPeer Peer => _peer!;

    protected override CloudOptions Options =>
        base.Options with
        {
            Forwards =
            [
                new ForwardRule("*", Peer.Url),
                new ForwardRule("s3", Peer.Url),
                new ForwardRule("athena", new Uri("http://127.0.0.1:1/")),
            ],
            ForwardIdleLimit = TimeSpan.FromSeconds(10),
        };

    public override async ValueTask InitializeAsync()
    {
        _peer = await ScriptedPeer.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Peer.DisposeAsync();
    }

    /// <summary>Sends a request of a user who has just this policy; the peer keeps what arrives.</summary>
    internal async Task<Answer> SendAsync(
        (string Id, string Secret) key,
        string service,
        HttpMethod method,
        string path,
        string? body,
        params (string Name, string Value)[] headers
    )
    {
        using var http = new HttpClient(new SigningHandler(secret: key.Secret)) { BaseAddress = Host.Endpoint };
        return await SendAsync(http, method, path, body, [("Authorization", Signed(key.Id, service: service).ToString()), .. headers]);
    }

    /// <summary>A new user with a policy of these statements; its access key.</summary>
    internal async Task<(string Id, string Secret)> UserAsync(string statements)
    {
        var name = NewName();
        await IamAsync(("Action", "CreateUser"), ("UserName", name));
        await IamAsync(
            ("Action", "PutUserPolicy"),
            ("UserName", name),
            ("PolicyName", "p"),
            ("PolicyDocument", $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""")
        );
        var made = await IamAsync(("Action", "CreateAccessKey"), ("UserName", name));
        return (Between(made, "<AccessKeyId>"), Between(made, "<SecretAccessKey>"));
    }

    internal async Task<string> IamAsync(params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Authorization = Signed(service: "iam");
        request.Content = new FormUrlEncodedContent(
            parameters.Append(("Version", "2010-05-08")).Select(static one => KeyValuePair.Create(one.Item1, one.Item2))
        );
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    private static string Between(string text, string tag) => text.Split(tag)[1].Split('<')[0];
}
