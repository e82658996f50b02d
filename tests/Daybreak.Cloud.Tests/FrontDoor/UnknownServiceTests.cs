using System.Net;
using System.Text;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.FrontDoor;

/// <summary>A service that is not here is refused so that its own clients show the refusal.</summary>
[Trait("Pace", "slow")]
public sealed class UnknownServiceTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    [Fact]
    public Task Boto3_shows_code_and_service_whatever_protocol_it_speaks() =>
        Boto.RunAsync(cloud.Host.Endpoint, "front_door/boto3_shows_code_and_service_whatever_protocol_it_speaks.py");

    public static TheoryData<string> Clis => [.. AwsClient.AwsClis];

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Every_aws_CLI_shows_it(string cli)
    {
        (string Command, string Operation, string Service)[] table =
        [
            ("codebuild list-projects", "ListProjects", "codebuild"),
            ("sqs list-queues", "ListQueues", "sqs"),
            ("sns list-topics", "ListTopics", "sns"),
            ("dynamodb list-tables", "ListTables", "dynamodb"),
            ("cloudformation list-stacks", "ListStacks", "cloudformation"),
            ("glue list-jobs", "ListJobs", "glue"),
            ("kinesis list-streams", "ListStreams", "kinesis"),
            ("apigatewayv2 get-apis", "GetApis", "apigateway"),
            ("route53 list-hosted-zones", "ListHostedZones", "route53"),
        ];
        foreach (var (command, operation, service) in table)
            Assert.Equal(
                $"An error occurred (NotImplemented) when calling the {operation} operation: Daybreak does not implement the "
                    + $"service '{service}'. --forward {service}=URL passes its requests on.",
                await ShownAsync(cli, command)
            );
    }

    [Fact]
    public async Task A_type_of_content_that_no_header_may_carry_is_not_repeated()
    {
        using var http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 })
        {
            BaseAddress = cloud.Host.Endpoint,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "Unknown_2020.Caf\u00E9");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0; caf\u00E9");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.NotImplemented, "application/x-amz-json-1.0"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.ToString())
        );
    }

    private async Task<string> ShownAsync(string cli, string command)
    {
        var run = await AwsClient.RunAsync(
            cli,
            cloud.Host.Endpoint,
            "test",
            ["--endpoint-url", cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority), .. command.Split(' ')]
        );
        var shown = run.Error.Trim().Replace(" (reached max retries: 0)", "", StringComparison.Ordinal); // as Debian's CLI counts a single attempt
        return shown.StartsWith("aws: [ERROR]: ", StringComparison.Ordinal) ? shown["aws: [ERROR]: ".Length..] : shown;
    }

    [Fact]
    public async Task A_HEAD_of_rest_xml_has_a_status_and_no_body()
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Head,
            "/bucket",
            null,
            ("Authorization", LambdaCloud.Signed(service: "s3express").ToString())
        );

        Assert.Equal((HttpStatusCode.NotImplemented, "NotImplemented", ""), (answer.Status, answer.Error, answer.Text));
    }

    [Fact]
    public async Task Smithy_s_rpc_is_answered_in_CBOR()
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Post,
            "/service/GraniteServiceVersion20100801/operation/ListMetrics",
            "",
            ("Authorization", LambdaCloud.Signed(service: "monitoring").ToString()),
            ("smithy-protocol", "rpc-v2-cbor")
        );

        Assert.Equal(("rpc-v2-cbor", "application/cbor"), (answer.Headers["smithy-protocol"], answer.Headers["Content-Type"]));
        static string Text(string text) => $"y\0{(char)text.Length}{text}"; // 0x79, two bytes of length
        const string Refusal = "Daybreak does not implement the service 'monitoring'. --forward monitoring=URL passes its requests on.";
        Assert.Equal(
            // The first byte, a map of two, is no text in UTF-8.
            $"\uFFFD{Text("__type")}{Text("NotImplemented")}{Text("message")}{Text(Refusal)}",
            answer.Text
        );
    }
}
