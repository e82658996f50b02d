using System.Text;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Credentials;

/// <summary>
/// Profiles whose credentials come from a service: the SDK finds the clients of these services by reflection, which the native program must
/// have kept.
/// </summary>
[Trait("Pace", "slow")]
public sealed class RoleProfileTests
{
    private const string Role = "arn:aws:iam::111122223333:role/caller";

    private const string AssumedRole = """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/caller/s</Arn><AssumedRoleId>AROAX:s</AssumedRoleId></AssumedRoleUser>
        <Credentials><AccessKeyId>ASIAASSUMED</AccessKeyId><SecretAccessKey>very-secret-key</SecretAccessKey>
        <SessionToken>very-secret-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
        </AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>
        """;

    private const string Refusal = """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>
        <Message>User: arn:aws:iam::111122223333:user/base is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/caller</Message>
        </Error><RequestId>1</RequestId></ErrorResponse>
        """;

    private const string Base = "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = very-secret-key\n";

    private static string ProfileWith(string more) => $"[default]\nrole_arn = {Role}\nsource_profile = base\nregion = eu-central-1\n{more}";

    [Fact]
    public async Task Role_is_assumed_with_the_key_of_the_source_profile()
    {
        using var directory = new TemporaryDirectory();
        directory.Write(".aws/credentials", Base);
        directory.Write(".aws/config", ProfileWith("external_id = of-the-partner\nrole_session_name = from-sql\n"));
        await using var sts = new StubHttp(_ => (200, AssumedRole));

        var (key, token) = await UsedAsync(directory, new() { ["AWS_ENDPOINT_URL_STS"] = sts.Url });

        Assert.Equal("ASIAASSUMED", key);
        Assert.Equal("very-secret-token", token);
        var asked = Assert.Single(sts.Seen);
        Assert.Contains("Credential=AKIDBASE/", asked.Header("Authorization"), StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString(asked.Body);
        Assert.Contains("Action=AssumeRole&", body, StringComparison.Ordinal);
        Assert.Contains("ExternalId=of-the-partner", body, StringComparison.Ordinal);
        Assert.Contains("RoleSessionName=from-sql", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT", "sts-fips.us-west-2.amazonaws.com")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", "sts.us-west-2.api.aws")]
    public async Task Role_is_asked_for_at_the_variant_of_the_endpoint_that_is_wanted(string variable, string host)
    {
        using var directory = new TemporaryDirectory();
        directory.Write(".aws/credentials", Base);
        directory.Write(".aws/config", ProfileWith(""));
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var proxy = new ScriptedEndpoint(async peer =>
        {
            asked.TrySetResult((await peer.ReadRequestAsync())!.RequestLine);
            await peer.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        });
        await using var bridge = new BridgeProcess(
            directory.Path,
            new Dictionary<string, string> { [variable] = "true", ["HTTPS_PROXY"] = proxy.Url }
        );

        Assert.Equal($"CONNECT {host}:443 HTTP/1.1", await asked.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Role_that_is_refused_is_told_in_the_words_of_the_service()
    {
        using var directory = new TemporaryDirectory();
        directory.Write(".aws/credentials", Base);
        directory.Write(".aws/config", ProfileWith(""));
        await using var sts = new StubHttp(_ => (403, Refusal));

        var detail = await RefusedAsync(directory, new() { ["AWS_ENDPOINT_URL_STS"] = sts.Url });

        Assert.Equal(
            "No AWS credentials: AWS STS answers 'User: arn:aws:iam::111122223333:user/base is not authorized to perform: sts:AssumeRole on "
                + $"resource: {Role}'.",
            detail
        );
    }

    [Fact]
    public async Task Role_that_wants_a_code_is_refused_in_words()
    {
        using var directory = new TemporaryDirectory();
        directory.Write(".aws/credentials", Base);
        directory.Write(".aws/config", ProfileWith("mfa_serial = arn:aws:iam::111122223333:mfa/base\n"));

        var detail = await RefusedAsync(directory, []);

        Assert.Equal(
            "No AWS credentials: the profile \"default\" asks for a code of multi-factor authentication (mfa_serial), which a server cannot type.",
            detail
        );
    }

    [Fact]
    public async Task Sso_profile_is_served_with_the_token_of_a_login()
    {
        using var directory = new TemporaryDirectory();
        await using var portal = new StubHttp(_ =>
            (
                200,
                """
                {"roleCredentials":{"accessKeyId":"ASIAPORTAL","secretAccessKey":"very-secret-key","sessionToken":"very-secret-token",
                 "expiration":4070908800000}}
                """
            )
        );
        directory.Write(".aws/config", SsoProfile);
        const string NameOfSession = "48537f613ab85111413f2369616ae97481429bd1"; // SHA-1 of `ours`, as the aws CLI names the file of a login
        directory.Write(
            $".aws/sso/cache/{NameOfSession}.json",
            """
            {"startUrl":"https://ours.awsapps.com/start","region":"us-east-1","accessToken":"very-secret-login",
             "expiresAt":"2099-01-01T00:00:00Z"}
            """
        );

        var (key, token) = await UsedAsync(directory, new() { ["AWS_ENDPOINT_URL_SSO"] = portal.Url });

        Assert.Equal("ASIAPORTAL", key);
        Assert.Equal("very-secret-token", token);
        var asked = Assert.Single(portal.Seen);
        Assert.Equal("GET /federation/credentials?account_id=111122223333&role_name=caller HTTP/1.1", asked.RequestLine);
        Assert.Equal("very-secret-login", asked.Header("x-amz-sso_bearer_token"));
    }

    [Fact]
    public async Task Sso_profile_without_a_login_is_refused_in_words()
    {
        using var directory = new TemporaryDirectory();
        directory.Write(".aws/config", SsoProfile);

        var detail = await RefusedAsync(directory, []);

        Assert.Equal(
            "No AWS credentials: the profile \"default\" has no valid login to IAM Identity Center: run `aws sso login` as the server's user.",
            detail
        );
    }

    private const string SsoProfile = """
        [default]
        sso_session = ours
        sso_account_id = 111122223333
        sso_role_name = caller
        [sso-session ours]
        sso_start_url = https://ours.awsapps.com/start
        sso_region = us-east-1
        sso_registration_scopes = sso:account:access

        """;

    private static async Task<(string Key, string? Token)> UsedAsync(TemporaryDirectory directory, Dictionary<string, string> variables)
    {
        EndpointRequest? seen = null;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            seen = await peer.ReadRequestAsync();
            await peer.SendAsync(ScriptedEndpoint.Reply("1"));
        });
        await using var bridge = new BridgeProcess(directory.Path, variables);
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        return (seen!.Header("Authorization")!.Split("Credential=")[1].Split('/')[0], seen.Header("X-Amz-Security-Token"));
    }

    private static async Task<string?> RefusedAsync(TemporaryDirectory directory, Dictionary<string, string> variables)
    {
        await using var bridge = new BridgeProcess(directory.Path, variables);
        var error = (await bridge.InvokeAsync(new Call())).ShouldBeError("LM008");
        await bridge.HasLoggedAsync("LM008");
        Assert.DoesNotContain("very-secret", error.Detail + error.Hint + bridge.Errors, StringComparison.Ordinal);
        Assert.Contains($"\"{directory.Path}/.aws/config\" is there", error.Hint, StringComparison.Ordinal);
        return error.Detail;
    }
}
