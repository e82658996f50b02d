using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Credentials;

/// <summary>
/// The real program in surroundings that hold credentials in each of the standard places; the endpoint sees which were used.
/// </summary>
[Trait("Pace", "slow")]
public sealed class ChainTests
{
    private const string ContainerAnswer = """
        {"RoleArn":"arn:aws:iam::111122223333:role/r","AccessKeyId":"ASIACONTAINER","SecretAccessKey":"very-secret-key","Token":"very-secret-token",
         "AccountId":"111122223333","Expiration":"2099-01-01T00:00:00Z"}
        """;

    /// <summary>The access key and the token that arrived, and the bridge's standard error.</summary>
    private static async Task<(string Key, string? Token, string Errors)> UsedAsync(
        TemporaryDirectory directory,
        Dictionary<string, string> variables,
        string? region = "us-west-2"
    )
    {
        EndpointRequest? seen = null;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            seen = await peer.ReadRequestAsync();
            await peer.SendAsync(ScriptedEndpoint.Reply("1"));
        });
        await using var bridge = new BridgeProcess(directory.Path, variables);
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url, DefaultRegion = region })).ShouldBeResult();
        var scope = seen!.Header("Authorization")!.Split("Credential=")[1].Split(',')[0];
        return ($"{scope.Split('/')[0]} {scope.Split('/')[2]}", seen.Header("X-Amz-Security-Token"), bridge.Errors);
    }

    [Fact]
    public async Task Environment_comes_first()
    {
        using var directory = new TemporaryDirectory();
        directory.Write(".aws/credentials", "[default]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = very-secret-key\n");
        var (key, token, _) = await UsedAsync(directory, BridgeProcess.Keys);
        Assert.Equal("AKIDEXAMPLE us-west-2", key);
        Assert.Null(token);
    }

    [Fact]
    public async Task Profile_gives_key_and_region()
    {
        using var directory = new TemporaryDirectory();
        directory.Write(".aws/credentials", "[team]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = very-secret-key\n");
        directory.Write(".aws/config", "[profile team]\nregion = ap-south-1\n");
        var (key, _, _) = await UsedAsync(directory, new() { ["AWS_PROFILE"] = "team", ["AWS_REGION"] = "" }, region: null);
        Assert.Equal("AKIDPROFILE ap-south-1", key);
    }

    [Fact]
    public async Task Credential_process_is_run()
    {
        using var directory = new TemporaryDirectory();
        var program = directory.Write(
            "give",
            "#!/bin/sh\necho '{\"Version\":1,\"AccessKeyId\":\"ASIAPROCESS\",\"SecretAccessKey\":\"very-secret-key\","
                + "\"SessionToken\":\"very-secret-token\",\"Expiration\":\"2099-01-01T00:00:00Z\"}'\n",
            UnixFileMode.UserRead | UnixFileMode.UserExecute
        );
        directory.Write(".aws/config", $"[default]\ncredential_process = {program}\n");
        var (key, token, _) = await UsedAsync(directory, []);
        Assert.Equal("ASIAPROCESS us-west-2", key);
        Assert.Equal("very-secret-token", token);
    }

    [Fact]
    public async Task Container_endpoint_is_asked_with_its_token()
    {
        using var directory = new TemporaryDirectory();
        await using var container = new StubHttp(request =>
            request.Header("Authorization") == "token-of-the-container" ? (200, ContainerAnswer) : (401, "{\"code\":\"no\"}")
        );
        var (key, token, _) = await UsedAsync(
            directory,
            new()
            {
                ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/role",
                ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "token-of-the-container",
            }
        );
        Assert.Equal("ASIACONTAINER us-west-2", key);
        Assert.Equal("very-secret-token", token);
        Assert.All(container.Seen, request => Assert.Equal("GET /role HTTP/1.1", request.RequestLine));
    }

    [Theory]
    [InlineData(false, "No AWS credentials: the container endpoint answers 'it may not: sts:AssumeRole'.")]
    [InlineData(true, "it may not: sts:AssumeRole")]
    public async Task Refusal_of_the_container_endpoint_reaches_sql_and_the_log(bool ofCluster, string detail)
    {
        using var directory = new TemporaryDirectory();
        await using var container = new StubHttp(_ =>
            (403, """{"code":"AccessDenied","message":"it may not:\nsts:AssumeRole","more":"very-secret"}""")
        );
        await using var bridge = new BridgeProcess(
            directory.Path,
            new Dictionary<string, string>
            {
                ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url,
                ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "token-of-the-container",
                ["DAYBREAK_CLUSTER_CREDENTIALS"] = ofCluster ? "1" : "",
            }
        );

        var error = (await bridge.InvokeAsync(new Call())).ShouldBeError("LM008");

        Assert.Equal(detail, error.Detail);
        await bridge.HasLoggedAsync("it may not: sts:AssumeRole");
        Assert.DoesNotContain("very-secret", bridge.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-the-container", bridge.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_metadata_is_asked_in_version_2()
    {
        using var directory = new TemporaryDirectory();
        await using var instance = new StubHttp(request =>
            request.RequestLine switch
            {
                "PUT /latest/api/token HTTP/1.1" => (200, "session"),
                _ when request.Header("x-aws-ec2-metadata-token") != "session" => (401, ""),
                "GET /latest/meta-data/iam/security-credentials HTTP/1.1" or "GET /latest/meta-data/iam/security-credentials/ HTTP/1.1" => (
                    200,
                    "role"
                ),
                "GET /latest/meta-data/iam/security-credentials/role HTTP/1.1" => (
                    200,
                    """
                    {"Code":"Success","LastUpdated":"2026-01-01T00:00:00Z","Type":"AWS-HMAC","AccessKeyId":"ASIAINSTANCE",
                     "SecretAccessKey":"very-secret-key","Token":"very-secret-token","Expiration":"2099-01-01T00:00:00Z"}
                    """
                ),
                _ => (404, ""),
            }
        );
        var (key, _, _) = await UsedAsync(
            directory,
            new() { ["AWS_EC2_METADATA_DISABLED"] = "false", ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = instance.Url }
        );
        Assert.Equal("ASIAINSTANCE us-west-2", key);
    }

    [Fact]
    public async Task Web_identity_is_exchanged_at_sts()
    {
        using var directory = new TemporaryDirectory();
        await using var sts = new StubHttp(_ =>
            (
                200,
                """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
                <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/session</Arn><AssumedRoleId>AROAX:session</AssumedRoleId></AssumedRoleUser>
                <Credentials><AccessKeyId>ASIAWEBIDENTITY</AccessKeyId><SecretAccessKey>very-secret-key</SecretAccessKey>
                <SessionToken>very-secret-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
                </AssumeRoleWithWebIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleWithWebIdentityResponse>
                """
            )
        );
        var (key, token, errors) = await UsedAsync(
            directory,
            new()
            {
                ["AWS_ROLE_ARN"] = "arn:aws:iam::111122223333:role/r",
                ["AWS_ROLE_SESSION_NAME"] = "session",
                ["AWS_WEB_IDENTITY_TOKEN_FILE"] = directory.Write("token", "token-of-the-pod"),
                ["AWS_ENDPOINT_URL_STS"] = sts.Url,
            }
        );
        Assert.Equal("ASIAWEBIDENTITY us-west-2", key);
        Assert.Equal("very-secret-token", token);
        var asked = System.Text.Encoding.UTF8.GetString(Assert.Single(sts.Seen).Body);
        Assert.Contains("Action=AssumeRoleWithWebIdentity", asked, StringComparison.Ordinal);
        Assert.Contains("WebIdentityToken=token-of-the-pod", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-the-pod", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpoint_url = {0}\n", null, "/profile/2015-03-31")]
    [InlineData(
        "endpoint_url = http://127.0.0.1:9\nservices = ours\n[services ours]\nlambda =\n  endpoint_url = {0}\n",
        null,
        "/profile/2015-03-31"
    )]
    [InlineData("endpoint_url = http://127.0.0.1:9\n", "AWS_ENDPOINT_URL", "/2015-03-31")]
    [InlineData("endpoint_url = http://127.0.0.1:9\n", "AWS_ENDPOINT_URL_LAMBDA", "/2015-03-31")]
    public async Task Endpoint_of_the_profile_is_used_unless_the_environment_names_one(string profile, string? variable, string path)
    {
        using var directory = new TemporaryDirectory();
        EndpointRequest? seen = null;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            seen = await peer.ReadRequestAsync();
            await peer.SendAsync(ScriptedEndpoint.Reply("1"));
        });
        directory.Write(
            ".aws/config",
            "[profile team]\n" + string.Format(System.Globalization.CultureInfo.InvariantCulture, profile, endpoint.Url + "/profile")
        );
        var variables = new Dictionary<string, string>(BridgeProcess.Keys) { ["AWS_PROFILE"] = "team" };
        if (variable is not null)
            variables[variable] = endpoint.Url;
        await using var bridge = new BridgeProcess(directory.Path, variables);
        (await bridge.InvokeAsync(new Call())).ShouldBeResult();
        Assert.StartsWith($"POST {path}/", seen!.RequestLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_of_the_profile_is_ignored_when_it_says_so()
    {
        using var directory = new TemporaryDirectory();
        await using var proxy = new StubHttp(_ => (502, ""));
        directory.Write(".aws/config", "[default]\nendpoint_url = http://127.0.0.1:9\nignore_configured_endpoint_urls = true\n");
        await using var bridge = new BridgeProcess(
            directory.Path,
            new Dictionary<string, string>(BridgeProcess.Keys) { ["HTTPS_PROXY"] = proxy.Url }
        );
        (await bridge.InvokeAsync(new Call())).ShouldBeError("LM001");
        Assert.Equal("CONNECT lambda.us-west-2.amazonaws.com:443 HTTP/1.1", Assert.Single(proxy.Seen).RequestLine);
    }

    [Fact]
    public async Task Failures_of_every_source_name_no_secret()
    {
        using var directory = new TemporaryDirectory();
        var program = directory.Write(
            "fail",
            "#!/bin/sh\necho very-secret-output\necho very-secret-complaint >&2\nexit 1\n",
            UnixFileMode.UserRead | UnixFileMode.UserExecute
        );
        directory.Write(".aws/config", $"[default]\ncredential_process = {program} very-secret-argument\n");
        await using var bridge = new BridgeProcess(directory.Path);
        var error = (await bridge.InvokeAsync(new Call())).ShouldBeError("LM008");
        Assert.DoesNotContain("very-secret", error.Detail + error.Hint, StringComparison.Ordinal);
        while (!bridge.Errors.Contains("LM008", StringComparison.Ordinal))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("very-secret", bridge.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_anywhere_is_told_as_such()
    {
        using var directory = new TemporaryDirectory();
        await using var bridge = new BridgeProcess(directory.Path);
        var error = (await bridge.InvokeAsync(new Call())).ShouldBeError("LM008");
        Assert.StartsWith("No AWS credentials", error.Detail, StringComparison.Ordinal);
        (await bridge.InvokeAsync(new Call { RequestId = 2 })).ShouldBeError("LM008");
    }
}
