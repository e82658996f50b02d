using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Events;

/// <summary>The operations on event invoke configurations, with recorded answers where there are some.</summary>
public sealed class EventInvokeConfigTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private readonly string _name = LambdaCloud.NewName();

    private Dictionary<string, string> Values =>
        new()
        {
            ["region"] = "us-east-1",
            ["account"] = "444455556666",
            ["fn"] = _name,
        };

    private string Arn => ArnOf(_name);

    [Fact]
    public async Task A_configuration_looks_as_in_AWS_is_listed_merged_replaced_and_deleted()
    {
        await cloud.CreateAsync(_name);
        Match("event_invoke_config_retries0", await SendAsync(HttpMethod.Put, """{"MaximumRetryAttempts":0}"""));
        var full = await SendAsync(HttpMethod.Post, """{"MaximumRetryAttempts":1,"MaximumEventAgeInSeconds":60}""");
        Match("event_invoke_config_full", full);
        Assert.Equal(System.Text.Json.JsonValueKind.Number, full.Json["LastModified"]!.GetValueKind());
        Match("event_invoke_config_full", await SendAsync(HttpMethod.Post, """{"MaximumRetryAttempts":1}""")); // the age stays
        Match("event_invoke_config_full", await SendAsync(HttpMethod.Get));
        Match("event_invoke_config_list", await cloud.SendAsync(HttpMethod.Get, $"{PathOf(_name)}/list"));
        var replaced = await SendAsync(HttpMethod.Put, """{"MaximumRetryAttempts":0}""");
        Assert.Null(replaced.Json["MaximumEventAgeInSeconds"]);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete)).Status);
        await ExpectAsync("eic_delete_missing", HttpMethod.Delete);
        await ExpectAsync("eic_delete_missing", HttpMethod.Get);
        await ExpectAsync("eic_update_missing", HttpMethod.Post, """{"MaximumRetryAttempts":1}""");
    }

    [Fact]
    public async Task What_cannot_be_set_is_refused_as_in_AWS()
    {
        await cloud.CreateAsync(_name);
        await ExpectAsync("eic_no_args", HttpMethod.Put, "{}");
        await ExpectAsync("eic_dest_missing", HttpMethod.Put, Failing(ArnOf("doesnotexist")));
        await ExpectAsync("eic_dest_self", HttpMethod.Put, Failing(Arn));
        await ExpectAsync(
            $"The provided destination config DestinationConfig(onSuccess=null, onFailure=OnFailure(destination={Topic("kinesis")})) is invalid.",
            Failing(Topic("kinesis"))
        );
        await ExpectAsync(
            "1 validation error detected: Value '3' at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 2",
            """{"MaximumRetryAttempts":3}"""
        );
        var missing = await cloud.SendAsync(HttpMethod.Put, PathOf("nope"), """{"MaximumRetryAttempts":1}""");
        Assert.Equal((HttpStatusCode.NotFound, "The function doesn't exist."), (missing.Status, missing.Message));
    }

    [Theory]
    [InlineData("sqs", "Amazon SQS")]
    [InlineData("sns", "Amazon SNS")]
    [InlineData("events", "Amazon EventBridge")]
    public async Task Destinations_that_are_not_here_are_refused_by_name(string service, string name)
    {
        await cloud.CreateAsync(_name);
        var refused = await SendAsync(HttpMethod.Put, Failing(Topic(service)));
        Assert.Equal(HttpStatusCode.NotImplemented, refused.Status);
        Assert.Equal(
            $"Daybreak does not implement {name} as a destination of events, unless it was started with --forward {service}=URL: give a "
                + "function, which can pass the record on.",
            refused.Message
        );
    }

    [Fact]
    public async Task Dead_letter_queues_are_refused_by_name()
    {
        await cloud.CreateAsync(_name, static request => request["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = "" });
        var path = $"{LambdaCloud.Functions}/{_name}/configuration";
        var queue = await cloud.SendAsync(HttpMethod.Put, path, $$$"""{"DeadLetterConfig":{"TargetArn":"{{{Topic("sqs")}}}"}}""");
        Assert.Equal(
            (
                HttpStatusCode.NotImplemented,
                "Daybreak does not implement Amazon SQS as the target of a DeadLetterConfig, unless it was started with --forward sqs=URL: give "
                    + "a function as the OnFailure destination of PutFunctionEventInvokeConfig instead."
            ),
            (queue.Status, queue.Message)
        );
        var other = await cloud.SendAsync(HttpMethod.Put, path, $$$"""{"DeadLetterConfig":{"TargetArn":"{{{Arn}}}"}}""");
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameterValueException"), (other.Status, other.Error));
    }

    [Fact]
    public async Task The_role_has_to_be_allowed_to_invoke_the_destination()
    {
        await cloud.CreateAsync(_name);
        var target = await cloud.CreateAsync();
        var refused = await SendAsync(HttpMethod.Put, Failing(ArnOf(target)));
        Assert.Equal(
            (
                HttpStatusCode.BadRequest,
                $"The function's execution role does not have permissions to call InvokeFunction on {ArnOf(target)}"
            ),
            (refused.Status, refused.Message)
        );
        // The function's own policy may let the role in as well.
        var permission = new JsonObject
        {
            ["StatementId"] = "s",
            ["Action"] = "lambda:InvokeFunction",
            ["Principal"] = LambdaCloud.Role,
        };
        Assert.Equal(
            HttpStatusCode.Created,
            (await cloud.SendAsync(HttpMethod.Post, $"{LambdaCloud.Functions}/{target}/policy", permission)).Status
        );
        var set = await SendAsync(HttpMethod.Put, Failing(ArnOf(target)));
        Assert.Equal(ArnOf(target), (string?)set.Json["DestinationConfig"]!["OnFailure"]!["Destination"]);
        var removed = await SendAsync(HttpMethod.Post, Failing(""));
        Assert.Equal("{}", removed.Json["DestinationConfig"]!["OnFailure"]!.ToJsonString());
    }

    [Fact]
    public async Task A_configuration_goes_with_its_alias_its_version_and_its_function()
    {
        await cloud.CreateAsync(_name, static request => request["Publish"] = true);
        await cloud.SendAsync(
            HttpMethod.Post,
            $"{LambdaCloud.Functions}/{_name}/aliases",
            new JsonObject { ["Name"] = "live", ["FunctionVersion"] = "$LATEST" }
        );
        foreach (var qualifier in new[] { "live", "1", "$LATEST" })
        {
            var put = await cloud.SendAsync(HttpMethod.Put, $"{PathOf(_name)}?Qualifier={qualifier}", """{"MaximumRetryAttempts":1}""");
            Assert.Equal($"{Arn}:{qualifier}", (string?)put.Json["FunctionArn"]);
        }
        await cloud.SendAsync(HttpMethod.Delete, $"{LambdaCloud.Functions}/{_name}/aliases/live");
        Assert.Equal(["$LATEST", "1"], await QualifiersAsync());
        await cloud.SendAsync(HttpMethod.Delete, $"{LambdaCloud.Functions}/{_name}?Qualifier=1");
        Assert.Equal(["$LATEST"], await QualifiersAsync());
        await cloud.SendAsync(HttpMethod.Delete, $"{LambdaCloud.Functions}/{_name}");
        await cloud.CreateAsync(_name);
        Assert.Empty(await QualifiersAsync());
    }

    private static string PathOf(string name) => $"/2019-09-25/functions/{name}/event-invoke-config";

    private static string ArnOf(string name) => $"arn:aws:lambda:us-east-1:444455556666:function:{name}";

    private static string Topic(string service) => $"arn:aws:{service}:us-east-1:444455556666:topic";

    private static string Failing(string arn) => "{\"DestinationConfig\":{\"OnFailure\":{\"Destination\":\"" + arn + "\"}}}";

    private async Task<string[]> QualifiersAsync() =>
        [
            .. (await cloud.SendAsync(HttpMethod.Get, $"{PathOf(_name)}/list")).Json["FunctionEventInvokeConfigs"]!
                .AsArray()
                .Select(static config => ((string)config!["FunctionArn"]!).Split(':')[^1]),
        ];

    private Task<LambdaCloud.Answer> SendAsync(HttpMethod method, string? body = null) => cloud.SendAsync(method, PathOf(_name), body);

    private void Match(string recorded, LambdaCloud.Answer answer) => Recorded.Match(Recorded.Response(recorded), answer.Json, Values);

    private async Task ExpectAsync(string recorded, HttpMethod method, string? body = null)
    {
        var expected = Recorded.Error(recorded);
        var answer = await SendAsync(method, body);
        Assert.Equal(((int)expected["status"]!, (string)expected["code"]!), ((int)answer.Status, answer.Error));
        Recorded.MatchText((string)expected["message"]!, answer.Message, Values, recorded);
        Assert.Equal((string?)expected["type"], (string?)answer.Json["Type"]);
    }

    private async Task ExpectAsync(string message, string body)
    {
        var answer = await SendAsync(HttpMethod.Put, body);
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
    }
}
