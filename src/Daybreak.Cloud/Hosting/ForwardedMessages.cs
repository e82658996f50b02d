using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Daybreak.Aws;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Hosting;

/// <summary>Sends the messages of functions to where requests for SQS, SNS and EventBridge go on to.</summary>
/// <param name="accountId">The account in whose name they are sent.</param>
internal sealed class ForwardedMessages(Forwards forwards, ExecutionRoles roles, string accountId) : IMessages
{
    private static readonly ServiceAction SendMessage = new("sqs:SendMessage"),
        Publish = new("sns:Publish"),
        PutEvents = new("events:PutEvents");

    public bool Reach(string service) => forwards.Has(service);

    public bool May(string roleArn, string region, string targetArn) =>
        Arn.TryParse(targetArn, out var target)
        && roles.MayInOwnAccount(
            roleArn,
            region,
            target.Service switch
            {
                "sqs" => SendMessage,
                "sns" => Publish,
                _ => PutEvents,
            },
            targetArn
        );

    public async Task SendAsync(Message message, CancellationToken cancellation)
    {
        var target = Arn.Parse(message.TargetArn);
        var (type, operation, body) = target.Service switch
        {
            "sqs" => ("application/x-amz-json-1.0", "AmazonSQS.SendMessage", ForQueue(message, target)),
            "sns" => ("application/x-www-form-urlencoded; charset=utf-8", null, await ForTopicAsync(message)),
            _ => ("application/x-amz-json-1.1", "AWSEvents.PutEvents", ForBus(message)),
        };
        var (status, answer) = await forwards.PostAsync(
            target.Service,
            target.Region,
            accountId,
            type,
            operation,
            Encoding.UTF8.GetBytes(body),
            cancellation
        );
        if ((int)status >= 400)
            throw new AwsException(
                "DeliveryFailed",
                $"{message.TargetArn} answers {(int)status}",
                status,
                (int)status >= 500 || status == HttpStatusCode.TooManyRequests ? FaultSide.Receiver : FaultSide.Sender
            );
        // An event may be refused inside of a success.
        if (
            target.Service == "events"
            && !answer.Contains("\"FailedEntryCount\":0", StringComparison.Ordinal)
            && !answer.Contains("\"FailedEntryCount\": 0", StringComparison.Ordinal)
        )
            throw AwsException.Receiver("DeliveryFailed", $"{message.TargetArn} has not taken the event");
    }

    private string ForQueue(Message message, Arn queue) =>
        new JsonObject
        {
            ["QueueUrl"] = $"{forwards.UrlOf("sqs").ToString().TrimEnd('/')}/{queue.AccountId}/{queue.Resource}",
            ["MessageBody"] = message.Body,
            ["MessageAttributes"] = new JsonObject(
                message.Attributes.Select(static one =>
                    KeyValuePair.Create<string, JsonNode?>(
                        one.Name,
                        new JsonObject { ["DataType"] = one.Type, ["StringValue"] = one.Value }
                    )
                )
            ),
        }.ToJsonString();

    private static async Task<string> ForTopicAsync(Message message)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("Action", "Publish"),
            new("Version", "2010-03-31"),
            new("TopicArn", message.TargetArn),
            new("Message", message.Body),
        ];
        if (message.Subject is { } subject)
            form.Add(new("Subject", subject));
        foreach (var (index, one) in message.Attributes.Index())
        {
            var entry = $"MessageAttributes.entry.{index + 1}";
            form.Add(new($"{entry}.Name", one.Name));
            form.Add(new($"{entry}.Value.DataType", one.Type));
            form.Add(new($"{entry}.Value.StringValue", one.Value));
        }
        using var content = new FormUrlEncodedContent(form);
        return await content.ReadAsStringAsync();
    }

    private static string ForBus(Message message) =>
        new JsonObject
        {
            ["Entries"] = new JsonArray(
                new JsonObject
                {
                    ["Source"] = "lambda",
                    ["DetailType"] = $"Lambda Function Invocation Result - {(message.IsFailure ? "Failure" : "Success")}",
                    ["Resources"] = new JsonArray(message.TargetArn, message.FunctionArn),
                    ["Detail"] = message.Body,
                    ["EventBusName"] = message.TargetArn,
                }
            ),
        }.ToJsonString();
}
