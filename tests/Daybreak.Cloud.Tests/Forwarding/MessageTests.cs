using System.Net;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Tests.Lambda;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Tests.Forwarding;

/// <summary>What queues, topics and event buses get of events that have ended.</summary>
[Trait("Pace", "slow")]
public sealed class MessageTests(ForwardedCloud cloud) : IClassFixture<ForwardedCloud>, IAsyncLifetime
{
    private readonly string _name = LambdaCloud.NewName();

    public async ValueTask InitializeAsync()
    {
        cloud.Peer.Answer = null;
        cloud.Peer.Requests.Clear();
        cloud.Runtime.Run = static (_, invocation, _) =>
            ValueTask.FromResult(
                invocation.Payload.Span.IndexOf("fail"u8) >= 0
                    ? ScriptedRuntime.Failure("""{"errorMessage":"no such order"}""")
                    : ScriptedRuntime.Result("[1]"u8.ToArray())
            );
        await AllowAsync("sqs:SendMessage\",\"sns:Publish\",\"events:PutEvents");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_queue_gets_the_record_of_a_success()
    {
        await cloud.CreateAsync(_name);
        await ConfigureAsync("OnSuccess", "sqs", "done");
        await AcceptAsync("""{"order":1}""");
        var asked = await NextAsync();
        Assert.Equal(("AmazonSQS.SendMessage", "application/x-amz-json-1.0"), (asked["X-Amz-Target"], asked["Content-Type"]));
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=444455556666/", asked["Authorization"], StringComparison.Ordinal);
        var body = JsonNode.Parse(asked.Body)!;
        Assert.EndsWith("/444455556666/done", (string?)body["QueueUrl"], StringComparison.Ordinal);
        var record = JsonNode.Parse((string)body["MessageBody"]!)!;
        Assert.Equal(
            ("Success", """{"order":1}""", "[1]"),
            (
                (string?)record["requestContext"]!["condition"],
                record["requestPayload"]!.ToJsonString(),
                record["responsePayload"]!.ToJsonString()
            )
        );
    }

    [Fact]
    public async Task A_bus_gets_it_as_the_detail_of_an_event()
    {
        cloud.Peer.Answer = async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            _bus.SetResult(await reader.ReadToEndAsync());
            await http.Response.WriteAsync("""{"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}""");
        };
        await cloud.CreateAsync(_name);
        await ConfigureAsync("OnSuccess", "events", "event-bus/b");
        await AcceptAsync("{}");
        var entry = JsonNode.Parse(await _bus.Task)!["Entries"]![0]!;
        Assert.Equal(
            ("lambda", "Lambda Function Invocation Result - Success", "arn:aws:events:us-east-1:444455556666:event-bus/b"),
            ((string?)entry["Source"], (string?)entry["DetailType"], (string?)entry["EventBusName"])
        );
        Assert.Equal("Success", (string?)JsonNode.Parse((string)entry["Detail"]!)!["requestContext"]!["condition"]);
    }

    private readonly TaskCompletionSource<string> _bus = new();

    [Fact]
    public async Task A_failure_goes_to_its_destination_and_to_the_dead_letters()
    {
        await cloud.CreateAsync(_name, request => request["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = Arn("sqs", "dead") });
        var shown = await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/{_name}/configuration");
        Assert.Equal(Arn("sqs", "dead"), (string?)shown.Json["DeadLetterConfig"]!["TargetArn"]);
        await ConfigureAsync("OnFailure", "sns", "news");
        var id = await AcceptAsync("\"fail\"");
        ScriptedPeer.Asked[] both = [await NextAsync(), await NextAsync()];
        var letter = JsonNode.Parse(both.Single(static one => one["X-Amz-Target"].Length > 0).Body)!;
        Assert.Equal("\"fail\"", (string?)letter["MessageBody"]);
        Assert.Equal(
            $$$"""{"RequestID":{"DataType":"String","StringValue":"{{{id}}}"},"ErrorCode":{"DataType":"Number","StringValue":"200"},"ErrorMessage":{"DataType":"String","StringValue":"no such order"}}""",
            letter["MessageAttributes"]!.ToJsonString()
        );
        var published = both.Single(static one => one["X-Amz-Target"].Length == 0);
        Assert.StartsWith(
            $"Action=Publish&Version=2010-03-31&TopicArn={Uri.EscapeDataString(Arn("sns", "news"))}&Message=",
            published.Body,
            StringComparison.Ordinal
        );
        Assert.Contains("RetriesExhausted", published.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_waits_for_an_endpoint_that_fails_and_not_for_one_that_refuses()
    {
        var failures = 0;
        cloud.Peer.Answer = http =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref failures) == 1 ? 503 : 400;
            return Task.CompletedTask;
        };
        await cloud.CreateAsync(_name);
        await ConfigureAsync("OnSuccess", "sqs", "done");
        await AcceptAsync("{}");
        await NextAsync();
        await NextAsync(); // a second later
        while ((await cloud.Host.QueuedEventsAsync()).Any(one => one.Function.Name == _name))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Empty(cloud.Peer.Requests);
    }

    [Fact]
    public async Task The_role_has_to_be_allowed_to_send()
    {
        await AllowAsync("sns:Publish");
        var dead = await cloud.SendAsync(
            HttpMethod.Post,
            LambdaCloud.Functions,
            LambdaCloud.CreateRequest(_name, request => request["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = Arn("sqs", "dead") })
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "The provided execution role does not have permissions to call SendMessage on SQS"),
            (dead.Status, dead.Message)
        );
        await cloud.CreateAsync(_name);
        var refused = await PutAsync("OnSuccess", Arn("sqs", "done"));
        Assert.Equal(
            $"The function's execution role does not have permissions to call SendMessage on {Arn("sqs", "done")}",
            refused.Message
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("OnSuccess", Arn("sns", "a.fifo"))).Status);
        Assert.Equal(HttpStatusCode.NotImplemented, (await PutAsync("OnFailure", "arn:aws:s3:::bucket")).Status);
    }

    private static string Arn(string service, string resource) => $"arn:aws:{service}:us-east-1:444455556666:{resource}";

    private Task AllowAsync(string actions) =>
        cloud.IamAsync(
            ("Action", "PutRolePolicy"),
            ("RoleName", "r"),
            ("PolicyName", "send"),
            ("PolicyDocument", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{actions}}"],"Resource":"*"}]}""")
        );

    private async Task<LambdaCloud.Answer> PutAsync(string on, string arn) =>
        await cloud.SendAsync(
            HttpMethod.Put,
            $"/2019-09-25/functions/{_name}/event-invoke-config",
            $$$$"""{"MaximumRetryAttempts":0,"DestinationConfig":{"{{{{on}}}}":{"Destination":"{{{{arn}}}}"}}}"""
        );

    private async Task ConfigureAsync(string on, string service, string resource)
    {
        var answer = await PutAsync(on, Arn(service, resource));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    private async Task<string> AcceptAsync(string payload)
    {
        var answer = await cloud.InvokeAsync(_name, payload, ("X-Amz-Invocation-Type", "Event"));
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        return answer.Headers["x-amzn-RequestId"];
    }

    private async Task<ScriptedPeer.Asked> NextAsync()
    {
        while (true)
        {
            if (cloud.Peer.Requests.TryDequeue(out var asked))
                return asked;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
