using System.Text.Json;

namespace Daybreak.Cloud.Tests.FrontDoor.Authentication;

/// <summary>The signers that people use: every aws CLI here, boto3, its presigned addresses.</summary>
[Trait("Pace", "slow")]
public sealed class RealClientTests(SignedServer server) : IClassFixture<SignedServer>
{
    public static TheoryData<string> Clis() => new(AwsClient.AwsClis);

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task The_aws_CLI_signs_in(string aws)
    {
        foreach (var (key, account) in new[] { ("test", "444455556666"), ("123456789012", "123456789012") })
        {
            var result = await RunAsync(aws, key, "sts", "get-caller-identity", "--output", "json");
            using var identity = JsonDocument.Parse(result.Ok());

            Assert.Equal($"arn:aws:iam::{account}:user/local-administrator", identity.RootElement.GetProperty("Arn").GetString());
            Assert.Equal(account, identity.RootElement.GetProperty("Account").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task The_aws_CLI_is_told_that_the_key_is_unknown(string aws)
    {
        var query = await RunAsync(aws, "unknown", "sts", "get-caller-identity");
        var rest = await RunAsync(aws, "unknown", "lambda", "list-functions");

        Assert.Contains(
            "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation",
            query.Error,
            StringComparison.Ordinal
        );
        Assert.EndsWith(": The security token included in the request is invalid.", query.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains(
            "An error occurred (UnrecognizedClientException) when calling the ListFunctions operation",
            rest.Error,
            StringComparison.Ordinal
        );
        Assert.EndsWith(": The security token included in the request is invalid.", rest.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boto3_is_told_what_is_wrong_and_its_presigned_address_holds()
    {
        const string Program = """
            import boto3, botocore, sys, urllib.request
            from botocore.config import Config
            endpoint, secret, token = sys.argv[1:]
            def client(name, **more):
                return boto3.client(name, endpoint_url=endpoint, region_name="eu-central-1", config=Config(retries={"max_attempts": 0}), **more)
            session = dict(aws_access_key_id="ASIASESSION000000000", aws_secret_access_key=secret, aws_session_token=token)
            for more in (session, {**session, "aws_session_token": None}, {**session, "aws_secret_access_key": "wrong"}):
                try:
                    print(client("sts", **more).get_caller_identity()["Arn"])
                except botocore.exceptions.ClientError as error:
                    print(error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"])
            for name, method, operation in (("sts", "GET", "get_caller_identity"), ("lambda", "GET", "list_functions")):
                url = client(name, **session).generate_presigned_url(operation, ExpiresIn=60, HttpMethod=method)
                print("assumed-role/r/s" in urllib.request.urlopen(url).read().decode())
                try:
                    urllib.request.urlopen(url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"))
                except urllib.error.HTTPError as error:
                    print(error.code)
            """;
        var result = await AwsClient.PythonAsync(
            server.Endpoint,
            Program,
            server.Endpoint.ToString(),
            SignedServer.Session.SecretAccessKey,
            SignedServer.Session.SessionToken!
        );

        Assert.Equal(
            [
                "arn:aws:sts::444455556666:assumed-role/r/s",
                "403 InvalidClientTokenId",
                "403 SignatureDoesNotMatch",
                "True",
                "403",
                "True",
                "403",
            ],
            result.Ok().Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private Task<AwsClient.Result> RunAsync(string aws, string key, params string[] arguments) =>
        AwsClient.RunAsync(aws, server.Endpoint, key, ["--endpoint-url", server.Endpoint.ToString(), .. arguments]);
}
