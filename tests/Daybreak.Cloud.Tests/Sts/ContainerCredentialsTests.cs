using System.Net;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.State;
using Daybreak.Cloud.Sts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Cloud.Tests.Sts;

/// <summary>Roles for databases: credentials over the container-credentials endpoint.</summary>
public sealed class ContainerCredentialsTests : IAsyncLifetime
{
    private const string Account = "444455556666";
    private const string Role = "arn:aws:iam::444455556666:role/rds";
    private const string Cluster = "arn:aws:rds:us-east-1:444455556666:cluster:c1";

    private static readonly ServerRole RoleOfCluster = new("rds.amazonaws.com", Role, "c1", Account, Cluster);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-").FullName;
    private StateStore _store;
    private CloudIdentity _identity;

    public ContainerCredentialsTests()
    {
        _store = StateStore.Open(_directory);
        _identity = new CloudIdentity(_store, new CloudOptions(), _time);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _identity.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Server_with_its_token_gets_credentials_of_its_role()
    {
        await TrustAsync(
            """{"StringEquals":{"aws:SourceAccount":"444455556666"},"ArnLike":{"aws:SourceArn":"arn:aws:rds:*:444455556666:cluster:c*"}}"""
        );
        var token = _identity.ContainerCredentials.Add(() => RoleOfCluster);
        var (status, answer) = await AskAsync(token);
        Assert.Equal(200, status);
        var key = _identity
            .AccessKeys.Select(keys => keys.Find(answer.GetProperty("AccessKeyId").GetString()!))
            .Single(found => found is not null)!;
        Assert.Equal("arn:aws:sts::444455556666:assumed-role/rds/c1", key.Caller.Arn);
        Assert.Equal(key.Credentials.SecretAccessKey, answer.GetProperty("SecretAccessKey").GetString());
        Assert.Equal(key.Credentials.SessionToken, answer.GetProperty("Token").GetString());
        Assert.Equal(_time.GetUtcNow() + ContainerCredentials.ReportedLifetime, answer.GetProperty("Expiration").GetDateTimeOffset());
        Assert.Equal(Role, answer.GetProperty("RoleArn").GetString());
    }

    [Fact]
    public async Task Credentials_are_kept_until_they_are_about_to_expire()
    {
        await TrustAsync("{}");
        var token = _identity.ContainerCredentials.Add(() => RoleOfCluster);
        var first = (await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString();
        _time.Advance(TimeSpan.FromMinutes(44));
        Assert.Equal(first, (await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(first, (await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString());
    }

    [Fact]
    public async Task New_role_of_the_same_name_has_credentials_of_its_own()
    {
        await TrustAsync("{}");
        var token = _identity.ContainerCredentials.Add(() => RoleOfCluster);
        var first = (await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString();
        await RunAsync("DeleteRole", new RoleRequest { RoleName = "rds" });
        await TrustAsync("{}");
        Assert.NotEqual(first, (await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString());
    }

    [Theory]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"111122223333"}}""")]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:rds:*:444455556666:db:*"}}""")]
    public async Task Role_that_trusts_others_gives_nothing_and_says_why(string condition)
    {
        await TrustAsync(condition);
        var (status, answer) = await AskAsync(_identity.ContainerCredentials.Add(() => RoleOfCluster));
        Assert.Equal(403, status);
        Assert.Equal(
            $"User: rds.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: {Role} because no role trust "
                + "policy allows the sts:AssumeRole action",
            answer.GetProperty("message").GetString()
        );
    }

    [Fact]
    public async Task Trust_that_is_taken_back_counts_at_once()
    {
        await TrustAsync("{}");
        var token = _identity.ContainerCredentials.Add(() => RoleOfCluster);
        Assert.Equal(200, (await AskAsync(token)).Status);
        await RunAsync(
            "UpdateAssumeRolePolicy",
            new UpdateAssumeRolePolicyRequest { RoleName = "rds", PolicyDocument = Trust("lambda.amazonaws.com", "{}") }
        );
        Assert.Equal(403, (await AskAsync(token)).Status);
        await RunAsync("DeleteRole", new RoleRequest { RoleName = "rds" });
        var (status, answer) = await AskAsync(token);
        Assert.Equal(403, status);
        Assert.Equal($"The role {Role} does not exist.", answer.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Without_its_token_nobody_gets_anything()
    {
        await TrustAsync("{}");
        var token = _identity.ContainerCredentials.Add(() => RoleOfCluster);
        foreach (var wrong in new[] { "", token[1..], token + "0", new string('0', token.Length) })
            Assert.Equal(401, (await AskAsync(wrong)).Status);
        _identity.ContainerCredentials.Remove(token);
        Assert.Equal(401, (await AskAsync(token)).Status);
    }

    [Fact]
    public async Task Role_that_is_taken_away_counts_at_once_and_its_keys_are_unknown_from_then_on()
    {
        await TrustAsync("{}");
        var associated = true;
        var token = _identity.ContainerCredentials.Add(() =>
            associated ? RoleOfCluster : throw AwsException.Sender("NoRole", "There is none.", HttpStatusCode.NotFound)
        );
        var key = (await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString()!;
        Assert.Contains(_identity.AccessKeys, keys => keys.Find(key) is not null);

        associated = false;
        await _identity.ContainerCredentials.EndSessionsAsync(token);

        Assert.DoesNotContain(_identity.AccessKeys, keys => keys.Find(key) is not null);
        var (status, answer) = await AskAsync(token);
        Assert.Equal((404, """{"code":"NoRole","message":"There is none."}"""), (status, answer.GetRawText()));
        associated = true;
        Assert.NotEqual(key, (await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString());
    }

    [Fact]
    public async Task Server_is_told_to_ask_again_as_soon_as_its_service_wants()
    {
        await TrustAsync("{}");
        var (_, answer) = await AskAsync(_identity.ContainerCredentials.Add(() => RoleOfCluster, TimeSpan.FromSeconds(3)));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(3), answer.GetProperty("Expiration").GetDateTimeOffset());
    }

    [Fact]
    public async Task Keys_stay_their_server_s_until_they_expire()
    {
        const string Server = "444455556666/us-east-1/db-1";
        await TrustAsync("{}");
        var token = _identity.ContainerCredentials.Add(() => RoleOfCluster with { Server = Server });
        async Task<string> KeyAsync() => (await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString()!;
        var first = await KeyAsync();
        _time.Advance(TimeSpan.FromMinutes(50));
        var second = await KeyAsync();
        Assert.NotEqual(first, second);

        _identity.ContainerCredentials.Remove(token);

        Assert.All([first, second], key => Assert.Equal(Server, _identity.ServiceRoles.ServerOf(key)));
        await RestartAsync();
        Assert.All([first, second], key => Assert.Equal(Server, _identity.ServiceRoles.ServerOf(key)));
        Assert.Null(_identity.ServiceRoles.ServerOf("ASIAOFNOBODY"));
    }

    [Fact]
    public async Task Role_that_is_taken_away_takes_the_keys_before_the_last_ones_with_it()
    {
        await TrustAsync("{}");
        var token = _identity.ContainerCredentials.Add(() => RoleOfCluster);
        var keys = new List<string>();
        for (var renewal = 0; renewal < 3; renewal++)
        {
            _time.Advance(TimeSpan.FromMinutes(46));
            keys.Add((await AskAsync(token)).Answer.GetProperty("AccessKeyId").GetString()!);
        }
        Assert.Equal(3, keys.Distinct().Count());

        await _identity.ContainerCredentials.EndSessionsAsync(token);

        // The first token had expired, as the response says.
        Assert.Equal([true, false, false], keys.Select(key => _identity.AccessKeys.Any(known => known.Find(key) is not null)));
    }

    private static string Trust(string service, string condition) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"sts:AssumeRole","Condition":{{condition}}}]}""";

    private async Task RestartAsync()
    {
        _identity.Dispose();
        await _store.DisposeAsync();
        _store = StateStore.Open(_directory);
        _identity = new CloudIdentity(_store, new CloudOptions(), _time);
    }

    private Task TrustAsync(string condition) =>
        RunAsync(
            "CreateRole",
            new CreateRoleRequest { RoleName = "rds", AssumeRolePolicyDocument = Trust("rds.amazonaws.com", condition) }
        );

    private async Task RunAsync(string operation, object request)
    {
        var context = new OperationContext(
            Account,
            "us-east-1",
            Caller.Root(Account, "test"),
            "id",
            "http://127.0.0.1",
            TestContext.Current.CancellationToken
        );
        await _identity
            .IamOf(static (_, _) => [], _time)
            .Description.Operations.Single(known => known.Name == operation)
            .RunAsync(request, context);
    }

    private async Task<(int Status, JsonElement Answer)> AskAsync(string token)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        http.Request.Headers.Authorization = token;
        await _identity.ContainerCredentials.HandleAsync(http);
        await http.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        return (http.Response.StatusCode, JsonSerializer.Deserialize<JsonElement>(body.ToArray()));
    }
}
