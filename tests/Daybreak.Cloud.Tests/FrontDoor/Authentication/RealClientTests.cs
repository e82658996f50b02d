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
        await Boto.RunAsync(
            server.Endpoint,
            "front_door/authentication/boto3_is_told_what_is_wrong_and_its_presigned_address_holds.py",
            server.Endpoint.ToString(),
            SignedServer.Session.SecretAccessKey,
            SignedServer.Session.SessionToken!
        );
    }

    private Task<AwsClient.Result> RunAsync(string aws, string key, params string[] arguments) =>
        AwsClient.RunAsync(aws, server.Endpoint, key, ["--endpoint-url", server.Endpoint.ToString(), .. arguments]);
}
