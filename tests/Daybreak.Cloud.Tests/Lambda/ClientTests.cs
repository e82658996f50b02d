using System.Text.Json;

namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>The clients that people use, unchanged.</summary>
[Trait("Pace", "slow")]
public sealed class ClientTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    [Fact]
    public async Task The_aws_clis_deploy_call_and_delete_a_function()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;
        try
        {
            var zip = Path.Combine(directory, "simple.zip");
            await File.WriteAllBytesAsync(zip, LambdaCloud.Code, TestContext.Current.CancellationToken);
            foreach (var aws in AwsClient.AwsClis)
            {
                var name = LambdaCloud.NewName();
                Task<AwsClient.Result> Lambda(params string[] arguments) =>
                    AwsClient.RunAsync(
                        aws,
                        cloud.Host.Endpoint,
                        "test",
                        ["--endpoint-url", cloud.Host.Endpoint.ToString(), "--output", "json", "lambda", .. arguments]
                    );
                using var created = JsonDocument.Parse(
                    (
                        await Lambda(
                            "create-function",
                            "--function-name",
                            name,
                            "--runtime",
                            "python3.12",
                            "--handler",
                            "f.handler",
                            "--role",
                            LambdaCloud.Role,
                            "--zip-file",
                            $"fileb://{zip}",
                            "--tags",
                            "a=b",
                            "--environment",
                            "Variables={AB=c}"
                        )
                    ).Ok()
                );
                Assert.Equal("Pending", created.RootElement.GetProperty("State").GetString());
                (await Lambda("wait", "function-active-v2", "--function-name", name)).Ok();

                var output = Path.Combine(directory, "out.json");
                // The payload's option is base64 in version 2 and text in version 1; a file is the same in both.
                var input = Path.Combine(directory, "in.json");
                await File.WriteAllTextAsync(input, """{"n": 1}""", TestContext.Current.CancellationToken);
                using var invoked = JsonDocument.Parse(
                    (await Lambda("invoke", "--function-name", name, "--payload", $"fileb://{input}", "--log-type", "Tail", output)).Ok()
                );
                Assert.Equal("""{"n": 1}""", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
                Assert.Equal("$LATEST", invoked.RootElement.GetProperty("ExecutedVersion").GetString());

                (await Lambda("delete-function", "--function-name", name)).Ok();
                var gone = await Lambda("get-function", "--function-name", name);
                Assert.Contains("(ResourceNotFoundException)", gone.Error, StringComparison.Ordinal);
                Assert.Contains(
                    $": Function not found: arn:aws:lambda:us-east-1:444455556666:function:{name}",
                    gone.Error,
                    StringComparison.Ordinal
                );
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Boto3_reads_every_part_of_a_function()
    {
        var name = await cloud.CreateAsync(change: request => request["Tags"] = new System.Text.Json.Nodes.JsonObject { ["team"] = "a b" });
        await Boto.RunAsync(cloud.Host.Endpoint, "lambda/boto3_reads_every_part_of_a_function.py", name);
        Assert.Contains(cloud.Runtime.Calls, call => call.Invocation.ClientContext == """{"custom":{"k":"\u00FC"}}""");
    }

    [Fact]
    public async Task Accounts_and_regions_do_not_see_each_other()
    {
        var name = await cloud.CreateAsync();
        async Task<string> Seen(string accessKey, string region) =>
            (
                await AwsClient.RunAsync(
                    "python3",
                    cloud.Host.Endpoint,
                    accessKey,
                    Boto.Program("lambda/accounts_and_regions_do_not_see_each_other.py"),
                    name,
                    region
                )
            )
                .Ok()
                .Trim();
        Assert.Equal($"['arn:aws:lambda:us-east-1:444455556666:function:{name}']", await Seen("test", "us-east-1"));
        Assert.Equal($"['arn:aws:lambda:us-east-1:444455556666:function:{name}']", await Seen("444455556666", "us-east-1"));
        Assert.Equal("[]", await Seen("111122223333", "us-east-1"));
        Assert.Equal("[]", await Seen("test", "eu-west-1"));

        var stranger = ("Authorization", LambdaCloud.Signed("111122223333").ToString());
        var byArn = await cloud.SendAsync(
            HttpMethod.Get,
            $"{LambdaCloud.Functions}/arn:aws:lambda:us-east-1:444455556666:function:{name}",
            null,
            stranger
        );
        Assert.Equal("AccessDeniedException", byArn.Error);
        Assert.Equal(
            "User: arn:aws:iam::111122223333:user/local-administrator is not authorized to perform: lambda:GetFunction on "
                + $"resource: arn:aws:lambda:us-east-1:444455556666:function:{name} "
                + "because no resource-based policy allows the lambda:GetFunction action",
            byArn.Message
        );
    }
}
