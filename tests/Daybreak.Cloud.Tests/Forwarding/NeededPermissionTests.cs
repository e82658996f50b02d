using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.Forwarding.Permissions;
using Daybreak.Cloud.FrontDoor;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Cloud.Tests.Forwarding;

/// <summary>What IAM has to allow for a request of a service that is not here.</summary>
public sealed class NeededPermissionTests
{
    private const string Json = "application/x-amz-json-1.0";
    private const string Form = "application/x-www-form-urlencoded; charset=utf-8";
    private const string Queue = "arn:aws:sqs:eu-west-1:444455556666:q";
    private const string Table = "arn:aws:dynamodb:eu-west-1:444455556666:table/";

    [Theory]
    [InlineData("AmazonSQS.SendMessage", """{"QueueUrl":"http://127.0.0.1:5000/444455556666/q"}""", $"sendmessage {Queue}")]
    [InlineData("AmazonSQS.SendMessage", """{"QueueUrl":"http://x/123456789012/q"}""", "sendmessage arn:aws:sqs:eu-west-1:123456789012:q")]
    [InlineData("AmazonSQS.SendMessageBatch", """{"QueueUrl":"http://x/444455556666/q"}""", $"sendmessage {Queue}")]
    [InlineData("AmazonSQS.CreateQueue", """{"QueueName":"q"}""", $"createqueue {Queue}")]
    [InlineData("AmazonSQS.ListQueues", "{}", "listqueues *")]
    [InlineData("AmazonSQS.SendMessage", """{"QueueUrl":"q"}""", "sendmessage *")]
    [InlineData("AmazonSQS.SendMessage", "not JSON", "sendmessage *")]
    public void Of_SQS(string target, string body, string needed) => Assert.Equal(needed, Needed("sqs", "POST", "/", body, Json, target));

    [Theory]
    [InlineData("/", "Action=SendMessage&QueueUrl=http%3A%2F%2Fx%2F444455556666%2Fq&MessageBody=a", $"sendmessage {Queue}")]
    [InlineData("/444455556666/q", "Action=ReceiveMessage", $"receivemessage {Queue}")]
    [InlineData(
        "/444455556666/other",
        "Action=SendMessage&QueueUrl=http://x/444455556666/q",
        $"sendmessage {Queue}, sendmessage {Queue}ther"
    )]
    public void Of_SQS_by_its_older_protocol(string path, string body, string needed) =>
        Assert.Equal(needed.Replace("qther", "other", StringComparison.Ordinal), Needed("sqs", "POST", path, body, Form));

    [Theory]
    [InlineData("Action=Publish&TopicArn=arn:aws:sns:r:1:t&Message=m", "Publish arn:aws:sns:r:1:t")]
    [InlineData("Action=PublishBatch&TopicArn=arn:aws:sns:r:1:t", "Publish arn:aws:sns:r:1:t")]
    [InlineData("Action=Publish&PhoneNumber=1&Message=m", "Publish *")]
    [InlineData("Action=CreateTopic&Name=t", "CreateTopic arn:aws:sns:eu-west-1:444455556666:t")]
    public void Of_SNS(string body, string needed) => Assert.Equal(needed, Needed("sns", "POST", "/", body, Form));

    [Theory]
    [InlineData(
        "PutEvents",
        """{"Entries":[{"EventBusName":"b"},{},{"EventBusName":"arn:aws:events:r:1:event-bus/c"}]}""",
        "PutEvents arn:aws:events:eu-west-1:444455556666:event-bus/b, PutEvents arn:aws:events:eu-west-1:444455556666:event-bus/default, "
            + "PutEvents arn:aws:events:r:1:event-bus/c"
    )]
    [InlineData("PutEvents", "{}", "PutEvents arn:aws:events:eu-west-1:444455556666:event-bus/default")]
    [InlineData("PutRule", """{"Name":"n"}""", "PutRule arn:aws:events:eu-west-1:444455556666:rule/n")]
    [InlineData("PutTargets", """{"Rule":"n","EventBusName":"b"}""", "PutTargets arn:aws:events:eu-west-1:444455556666:rule/b/n")]
    [InlineData("ListRules", "{}", "ListRules *")]
    public void Of_EventBridge(string operation, string body, string needed) =>
        Assert.Equal(needed, Needed("events", "POST", "/", body, "application/x-amz-json-1.1", $"AWSEvents.{operation}"));

    [Theory]
    [InlineData("PutItem", """{"TableName":"t"}""", $"PutItem {Table}t")]
    [InlineData("Query", """{"TableName":"t","IndexName":"i"}""", $"Query {Table}t/index/i")]
    [InlineData("GetItem", """{"TableName":"arn:aws:dynamodb:r:1:table/t"}""", "GetItem arn:aws:dynamodb:r:1:table/t")]
    [InlineData("ListTables", "{}", $"ListTables {Table}*")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"a":[],"b":[]}}""", $"BatchWriteItem {Table}a, BatchWriteItem {Table}b")]
    [InlineData("BatchWriteItem", "{}", $"* {Table}*")]
    [InlineData(
        "TransactWriteItems",
        """{"TransactItems":[{"Put":{"TableName":"a"}},{"ConditionCheck":{"TableName":"b"}},{"Other":{"TableName":"c"}}]}""",
        $"PutItem {Table}a, ConditionCheckItem {Table}b, * {Table}c"
    )]
    [InlineData("ExecuteStatement", """{"Statement":" DELETE FROM t"}""", $"PartiQLDelete {Table}*")]
    public void Of_DynamoDB(string operation, string body, string needed) =>
        Assert.Equal(needed, Needed("dynamodb", "POST", "/", body, Json, $"DynamoDB_20120810.{operation}"));

    [Theory]
    [InlineData("GET", "/", "ListAllMyBuckets *")]
    [InlineData("GET", "/b", "ListBucket arn:aws:s3:::b")]
    [InlineData("HEAD", "/b", "ListBucket arn:aws:s3:::b")]
    [InlineData("GET", "/b/?list-type=2&prefix=x%2F", "ListBucket arn:aws:s3:::b")]
    [InlineData("PUT", "/b", "CreateBucket arn:aws:s3:::b")]
    [InlineData("GET", "/b?policy", "GetBucketPolicy arn:aws:s3:::b")]
    [InlineData("PUT", "/b?lifecycle", "PutLifecycleConfiguration arn:aws:s3:::b")]
    [InlineData("DELETE", "/b?policy", "DeleteBucketPolicy arn:aws:s3:::b")]
    [InlineData("DELETE", "/b?cors", "PutBucketCORS arn:aws:s3:::b")]
    [InlineData("GET", "/b?policy&acl", "* arn:aws:s3:::b")]
    [InlineData("GET", "/b?unheardOf", "* arn:aws:s3:::b")]
    [InlineData("GET", "/b/k%20l/m", "GetObject arn:aws:s3:::b/k l/m")]
    [InlineData("GET", "/b/k?versionId=v", "GetObjectVersion arn:aws:s3:::b/k")]
    [InlineData("GET", "/b/k?X-Amz-Algorithm=a&X-Amz-Signature=s&response-content-type=t", "GetObject arn:aws:s3:::b/k")]
    [InlineData("GET", "/b/k?attributes", "GetObject arn:aws:s3:::b/k, GetObjectAttributes arn:aws:s3:::b/k")]
    [InlineData("PUT", "/b/k", "PutObject arn:aws:s3:::b/k")]
    [InlineData("PUT", "/b/k?partNumber=1&uploadId=u", "PutObject arn:aws:s3:::b/k")]
    [InlineData("POST", "/b/k?uploads", "PutObject arn:aws:s3:::b/k")]
    [InlineData("DELETE", "/b/k?uploadId=u", "AbortMultipartUpload arn:aws:s3:::b/k")]
    [InlineData("DELETE", "/b/k", "DeleteObject arn:aws:s3:::b/k")]
    [InlineData("POST", "/b/k", "* arn:aws:s3:::b/k")]
    public void Of_S3(string method, string target, string needed) => Assert.Equal(needed, Needed("s3", method, target));

    [Fact]
    public void Copying_needs_reading_the_source() =>
        Assert.Equal(
            "PutObject arn:aws:s3:::b/k, GetObjectVersion arn:aws:s3:::from/a b, PutObjectAcl arn:aws:s3:::b/k",
            Needed("s3", "PUT", "/b/k", headers: [("x-amz-copy-source", "/from/a%20b?versionId=3"), ("x-amz-acl", "public-read")])
        );

    [Fact]
    public void Deleting_several_objects_needs_the_permission_for_each() =>
        Assert.Equal(
            "DeleteObject arn:aws:s3:::b/x, DeleteObjectVersion arn:aws:s3:::b/y&",
            Needed(
                "s3",
                "POST",
                "/b?delete",
                """<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Object><Key>x</Key></Object><Object><Key>y&amp;</Key><VersionId>1</VersionId></Object></Delete>"""
            )
        );

    [Theory]
    [InlineData("localhost:4566", "/b/k", "b", "k", "/b/k")]
    [InlineData("127.0.0.1:4566", "/b/k", "b", "k", "/b/k")]
    [InlineData("my.bucket.localhost:4566", "/k", "my.bucket", "k", "/my.bucket/k")]
    [InlineData("b.s3.localhost:4566", "/k", "b", "k", "/b/k")]
    [InlineData("s3.localhost:4566", "/b/k", "b", "k", "/b/k")]
    [InlineData("b.s3.eu-west-1.amazonaws.com", "/", "b", "", "/b/")]
    [InlineData("s3.eu-west-1.amazonaws.com", "/b", "b", "", "/b")]
    public void A_bucket_is_in_the_host_or_in_the_path(string host, string path, string bucket, string key, string sent)
    {
        using var request = Request("GET", path, "", [("Host", host)]);
        var place = S3Place.Of(request);
        Assert.Equal((bucket, key, sent), (place.Bucket, place.Key, place.Path));
    }

    [Fact]
    public void Mail_is_judged_by_the_domain_that_it_comes_from() =>
        Assert.Equal(
            "SendEmail arn:aws:ses:eu-west-1:444455556666:identity/example.com",
            Needed("ses", "POST", "/", "Action=SendEmail&Source=A%20%3Ca%40example.com%3E", Form)
        );

    [Theory]
    [InlineData("kms", "TrentService.ListKeys", "{}", "ListKeys *")]
    [InlineData("kms", "TrentService.Encrypt", """{"KeyId":"arn:aws:kms:r:1:key/k"}""", "Encrypt arn:aws:kms:r:1:key/k")]
    [InlineData("secretsmanager", "secretsmanager.GetSecretValue", """{"SecretId":"name"}""", "GetSecretValue *")]
    public void Of_other_services_that_name_their_operation(string service, string target, string body, string needed) =>
        Assert.Equal(needed, Needed(service, "POST", "/", body, "application/x-amz-json-1.1", target));

    [Fact]
    public void Of_a_REST_service_every_action_is_needed()
    {
        Assert.Equal("* *", Needed("apigateway", "GET", "/restapis"));
        Assert.Equal("PutMetricData *", Needed("monitoring", "POST", "/service/GraniteServiceVersion20100801/operation/PutMetricData"));
    }

    [Theory]
    [InlineData("/?Action=DeleteQueue", "{}", Json, "AmazonSQS.ListQueues")] // the operation is named twice
    [InlineData("/?QueueUrl=http://x/444455556666/other", "{}", Json, "AmazonSQS.PurgeQueue")] // and the queue
    [InlineData("/", "Action=ListQueues", Form, "AmazonSQS.DeleteQueue")]
    [InlineData("/?QueueUrl=a", "Action=PurgeQueue", Form, null)]
    [InlineData("/", "Action=ListQueues&Action=DeleteQueue", Form, null)]
    [InlineData("/", "QueueUrl=a&Action=PurgeQueue&QueueUr%6C=b", Form, null)]
    public void What_can_be_read_in_two_ways_is_refused(string target, string body, string type, string? operation)
    {
        var error = Assert.Throws<AwsException>(() => Needed("sqs", "POST", target, body, type, operation));
        Assert.Equal("InvalidRequest", error.Code);
    }

    [Theory]
    [InlineData("sqs", "DynamoDB_20120810.DeleteTable")] // the peer may go by this name
    [InlineData("dynamodb", "AmazonSQS.PurgeQueue")]
    [InlineData("kms", "nothing")]
    [InlineData("kms", "TrentService.List*")]
    public void A_target_of_another_service_is_refused(string service, string target) =>
        Assert.Throws<AwsException>(() => Needed(service, "POST", "/", "{}", Json, target));

    private static string Needed(
        string service,
        string method,
        string target,
        string body = "",
        string? type = null,
        string? operation = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = Request(
            method,
            target,
            body,
            [
                .. headers,
                .. type is null ? [] : new[] { ("Content-Type", type) },
                .. operation is null ? [] : new[] { ("X-Amz-Target", operation) },
            ]
        );
        var needed = new NeededPermissions("eu-west-1", "444455556666").Of(RequestedOperation.Of(service, request), request);
        Assert.All(needed, static permission => Assert.Equal("444455556666", permission.Account));
        return string.Join(", ", needed.Select(static permission => $"{permission.Action} {permission.Resource}"));
    }

    private static AwsRequest Request(string method, string target, string body, (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        var request = http.Features.GetRequiredFeature<IHttpRequestFeature>();
        (request.Method, request.RawTarget) = (method, target);
        if (target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
            request.QueryString = target[mark..];
        request.Headers.Host = "127.0.0.1:4566";
        foreach (var (name, value) in headers)
            request.Headers[name] = value;
        var bytes = Encoding.UTF8.GetBytes(body);
        request.Body = new MemoryStream(bytes);
        request.Headers.ContentLength = bytes.Length;
        var made = new AwsRequest(http, "id", new BodyMemory());
        made.ReadBodyAsync(long.MaxValue, static (_, _) => throw new InvalidOperationException()).AsTask().GetAwaiter().GetResult();
        return made;
    }
}
