using System.Net;
using System.Text;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.FrontDoor;

/// <summary>A service that is not here is refused so that its own clients show the refusal.</summary>
public sealed class UnknownServiceTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    [Fact]
    public async Task Boto3_shows_code_and_service_whatever_protocol_it_speaks()
    {
        // rest-xml, json 1.1, json 1.1 or 1.0, query, json 1.0, query, json 1.1, json 1.1, rest-json, rest-xml
        var shown = await Boto.RunAsync(cloud.Host.Endpoint, """
            for service, call, arguments in [
                ('s3', 'list_buckets', {}), ('secretsmanager', 'list_secrets', {}), ('sqs', 'list_queues', {}), ('sns', 'list_topics', {}),
                ('dynamodb', 'list_tables', {}), ('cloudformation', 'list_stacks', {}), ('kms', 'list_keys', {}), ('ssm', 'describe_parameters', {}),
                ('apigatewayv2', 'get_apis', {}), ('route53', 'list_hosted_zones', {}), ('s3', 'put_object', dict(Bucket='b', Key='k', Body=b'x'))]:
                try: getattr(client(service), call)(**arguments)
                except ClientError as e: print(e)
            """);

        Assert.Equal(
            """
            An error occurred (NotImplemented) when calling the ListBuckets operation: Daybreak does not implement the service 's3'.
            An error occurred (NotImplemented) when calling the ListSecrets operation: Daybreak does not implement the service 'secretsmanager'.
            An error occurred (NotImplemented) when calling the ListQueues operation: Daybreak does not implement the service 'sqs'.
            An error occurred (NotImplemented) when calling the ListTopics operation: Daybreak does not implement the service 'sns'.
            An error occurred (NotImplemented) when calling the ListTables operation: Daybreak does not implement the service 'dynamodb'.
            An error occurred (NotImplemented) when calling the ListStacks operation: Daybreak does not implement the service 'cloudformation'.
            An error occurred (NotImplemented) when calling the ListKeys operation: Daybreak does not implement the service 'kms'.
            An error occurred (NotImplemented) when calling the DescribeParameters operation: Daybreak does not implement the service 'ssm'.
            An error occurred (NotImplemented) when calling the GetApis operation: Daybreak does not implement the service 'apigateway'.
            An error occurred (NotImplemented) when calling the ListHostedZones operation: Daybreak does not implement the service 'route53'.
            An error occurred (NotImplemented) when calling the PutObject operation: Daybreak does not implement the service 's3'.
            """,
            shown.TrimEnd());
    }

    [Theory]
    [InlineData("s3api", "list-buckets", "ListBuckets", "s3")]
    [InlineData("secretsmanager", "list-secrets", "ListSecrets", "secretsmanager")]
    [InlineData("sns", "list-topics", "ListTopics", "sns")]
    public async Task The_aws_CLI_shows_it(string service, string command, string operation, string name)
    {
        var run = await AwsClient.AwsAsync(cloud.Host.Endpoint, service, command);

        Assert.Contains($"An error occurred (NotImplemented) when calling the {operation} operation: Daybreak does not implement the service '{name}'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEAD_of_S3_has_a_status_and_no_body()
    {
        var answer = await cloud.SendAsync(HttpMethod.Head, "/bucket", null, ("Authorization", LambdaCloud.Signed(service: "s3").ToString()));

        Assert.Equal((HttpStatusCode.NotImplemented, "NotImplemented", ""), (answer.Status, answer.Error, answer.Text));
    }

    [Fact]
    public async Task Smithy_s_rpc_is_answered_in_CBOR()
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Post, "/service/GraniteServiceVersion20100801/operation/ListMetrics", "", ("Authorization", LambdaCloud.Signed(service: "monitoring").ToString()),
            ("smithy-protocol", "rpc-v2-cbor"));

        Assert.Equal(("rpc-v2-cbor", "application/cbor"), (answer.Headers["smithy-protocol"], answer.Headers["Content-Type"]));
        static string Text(string text) => $"y\0{(char)text.Length}{text}"; // 0x79, two bytes of length
        Assert.Equal(
            // The first byte, a map of two, is no text in UTF-8.
            $"\uFFFD{Text("__type")}{Text("NotImplemented")}{Text("message")}{Text("Daybreak does not implement the service 'monitoring'.")}", answer.Text);
    }
}
