using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

/// <summary>Calls to AWS from within functions come back here or lead nowhere.</summary>
public sealed class AwsCallTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    private const string Older = "/usr/lib/python3/dist-packages";

    [Fact]
    public async Task Boto3_that_does_not_know_the_variable_calls_the_local_AWS()
    {
        if (
            !File.Exists(Older + "/boto3/__init__.py")
            || !File.ReadAllText(Older + "/boto3/__init__.py").Contains("__version__ = '1.26.", StringComparison.Ordinal)
        )
            Assert.Skip("This machine has no python3-boto3 of Debian 12.");
        var name = await CreateAsync(
            $$"""
            import sys
            sys.path.insert(0, '{{Older}}')
            import boto3
            def handler(event, context):
                other = boto3.client('sts', endpoint_url='http://127.0.0.1:1')
                return [boto3.__version__, boto3.client('sts').get_caller_identity()['Arn'], boto3.session.Session().resource('ec2').meta.client.meta.endpoint_url, other.meta.endpoint_url]
            """
        );

        var answer = JsonNode.Parse((await cloud.InvokeAsync(name, "{}")).Text)!;

        Assert.StartsWith("1.26.", (string?)answer[0], StringComparison.Ordinal);
        Assert.Equal($"arn:aws:sts::444455556666:assumed-role/r/{name}", (string?)answer[1]);
        Assert.Equal(cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority), (string?)answer[2]);
        Assert.Equal("http://127.0.0.1:1", (string?)answer[3]);
    }

    [Fact]
    public async Task Host_name_of_AWS_leads_nowhere_and_the_log_says_why()
    {
        if (cloud.Isolation.StartsWith("process group", StringComparison.Ordinal))
            Assert.Skip(cloud.Isolation);
        const string Source = """
            import socket
            def attempt(name):
                try:
                    socket.create_connection((name, 443), timeout=5).close()
                    return 'connected'
                except OSError as e: return type(e).__name__
            def handler(event, context):
                return [attempt('lambda.us-east-1.amazonaws.com'), attempt('localhost.localdomain.invalid'), socket.gethostbyname('localhost')]
            """;

        // Twice, since the second environment may have the place and the user of the first.
        for (var round = 0; round < 2; round++)
        {
            var name = await CreateAsync(Source);
            var answer = await cloud.InvokeAsync(name, "{}", ("X-Amz-Log-Type", "Tail"));
            await cloud.SendAsync(HttpMethod.Delete, $"{LambdaCloud.Functions}/{name}");

            var log = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(answer.Headers["X-Amz-Log-Result"]));
            var isServed =
                cloud.Reach
                == "AWS's host names lead nowhere: an SDK that does not know AWS_ENDPOINT_URL needs the endpoint set in the code";
            Assert.Equal(isServed ? """["gaierror", "gaierror", "127.0.0.1"]""" : """["OSError", "gaierror", "127.0.0.1"]""", answer.Text);
            if (isServed && Environment.IsPrivilegedProcess)
                Assert.Contains(
                    "Daybreak: lambda.us-east-1.amazonaws.com belongs to AWS and was not looked up, since calls to AWS stay on "
                        + "this machine. An SDK that does not know "
                        + $"AWS_ENDPOINT_URL needs its endpoint set in the code: {cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority)}\n",
                    log,
                    StringComparison.Ordinal
                );
        }
    }

    private Task<string> CreateAsync(string source) =>
        cloud.CreateAsync(change: request =>
        {
            request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Zip.Of("f.py", source)) };
            request["Timeout"] = 30;
        });
}
