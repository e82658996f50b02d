using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Functions;

public sealed class FunctionTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string Functions = LambdaCloud.Functions;

    [Fact]
    public async Task A_name_can_be_taken_once()
    {
        var name = await cloud.CreateAsync();
        var again = await cloud.SendAsync(HttpMethod.Post, Functions, LambdaCloud.CreateRequest(name));
        Assert.Equal(
            (HttpStatusCode.Conflict, "ResourceConflictException", $"Function already exist: {name}"),
            (again.Status, again.Error, again.Message)
        );
    }

    [Fact]
    public async Task Of_many_creators_at_once_one_succeeds()
    {
        var name = LambdaCloud.NewName();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => cloud.SendAsync(HttpMethod.Post, Functions, LambdaCloud.CreateRequest(name)))
        );
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Each_change_has_a_new_revision_and_retires_the_old_one()
    {
        var name = await cloud.CreateAsync();
        await cloud.InvokeAsync(name, "{}");
        var before = (string?)(await cloud.SendAsync(HttpMethod.Get, $"{Functions}/{name}/configuration")).Json["RevisionId"];
        var stale = await cloud.SendAsync(
            HttpMethod.Put,
            $"{Functions}/{name}/configuration",
            new JsonObject { ["Timeout"] = 9, ["RevisionId"] = Guid.NewGuid().ToString() }
        );
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        var changed = await cloud.SendAsync(
            HttpMethod.Put,
            $"{Functions}/{name}/configuration",
            new JsonObject { ["Timeout"] = 9, ["RevisionId"] = before }
        );
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        await cloud.InvokeAsync(name, "{}");
        var after = (string?)(await cloud.SendAsync(HttpMethod.Get, $"{Functions}/{name}/configuration")).Json["RevisionId"];
        Assert.Equal(3, new HashSet<string?> { before, (string?)changed.Json["RevisionId"], after }.Count);
        var calls = cloud
            .Runtime.Calls.Where(call => call.Function.FunctionName == name)
            .Select(call => (call.Function.RevisionId, call.Function.Timeout.TotalSeconds))
            .ToArray();
        Assert.Equal([3, 9], calls.Select(static call => call.TotalSeconds));
        Assert.NotEqual(calls[0].RevisionId, calls[1].RevisionId);
        Assert.Contains((Arn(name), calls[1].RevisionId), cloud.Runtime.Retired);
    }

    [Fact]
    public async Task A_dry_run_of_an_update_changes_nothing()
    {
        var name = await cloud.CreateAsync();
        await cloud.InvokeAsync(name, "{}");
        var before = (await cloud.SendAsync(HttpMethod.Get, $"{Functions}/{name}/configuration")).Text;
        var answer = await cloud.SendAsync(
            HttpMethod.Put,
            $"{Functions}/{name}/code",
            new JsonObject { ["DryRun"] = true, ["ZipFile"] = Convert.ToBase64String(Zip.Of("g.py", "")) }
        );
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEqual(before, answer.Text);
        Assert.Equal(before, (await cloud.SendAsync(HttpMethod.Get, $"{Functions}/{name}/configuration")).Text);
    }

    [Fact]
    public async Task A_deleted_function_is_gone_for_everyone()
    {
        var name = await cloud.CreateAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await cloud.SendAsync(HttpMethod.Delete, $"{Functions}/{name}")).Status);
        Assert.Equal($"Function not found: {Arn(name)}:$LATEST", (await cloud.InvokeAsync(name, "{}")).Message);
        Assert.Contains((Arn(name), null), cloud.Runtime.Retired);
        await cloud.CreateAsync(name);
    }

    [Theory]
    [InlineData("DELETE", "", 140)]
    [InlineData("PUT", "/configuration", 140)]
    [InlineData("PUT", "/code", 140)]
    [InlineData("GET", "", 256)]
    [InlineData("GET", "/configuration", 256)]
    [InlineData("POST", "/invocations", 256)]
    [InlineData("GET", "/concurrency", 140)]
    public async Task Names_are_as_long_as_AWS_takes_them(string method, string path, int longest)
    {
        var functions = path == "/concurrency" ? "/2019-09-30/functions" : Functions;
        foreach (var length in (int[])[longest, longest + 1])
        {
            var answer = await cloud.SendAsync(
                new HttpMethod(method),
                $"{functions}/{new string('f', length)}{path}",
                method is "PUT" or "POST" ? "{}" : null
            );
            if (length > longest)
                Assert.Equal(
                    $"1 validation error detected: Value '{new string('f', length)}' at 'functionName' failed to satisfy "
                        + $"constraint: Member must have length less than or equal to {longest}",
                    answer.Message
                );
            else
                Assert.DoesNotContain("length", answer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lists_come_in_pages_that_miss_and_repeat_nothing()
    {
        var account = ("Authorization", LambdaCloud.Signed("999900001111").ToString());
        var names = Enumerable.Range(0, 53).Select(i => $"f{i:d2}").ToArray();
        await LambdaCloud.CreateRoleAsync(cloud.Http, "999900001111");
        foreach (var name in names)
        {
            var request = LambdaCloud.CreateRequest(name, request => request["Role"] = "arn:aws:iam::999900001111:role/r");
            Assert.Equal(
                HttpStatusCode.Created,
                (await cloud.SendAsync(HttpMethod.Post, Functions, request.ToJsonString(), account)).Status
            );
        }
        foreach (var (size, pages) in new[] { ("", 2), ("MaxItems=10", 6), ("MaxItems=10000", 2), ("MaxItems=53", 2) })
        {
            var seen = new List<string>();
            var count = 0;
            for (var marker = ""; marker is not null; count++)
            {
                var page = await cloud.SendAsync(
                    HttpMethod.Get,
                    $"{Functions}/?{size}&Marker={Uri.EscapeDataString(marker)}",
                    null,
                    account
                );
                Assert.Equal(HttpStatusCode.OK, page.Status);
                seen.AddRange(page.Json["Functions"]!.AsArray().Select(function => (string)function!["FunctionName"]!));
                Assert.All(page.Json["Functions"]!.AsArray(), function => Assert.Null(function!["State"]));
                marker = (string?)page.Json["NextMarker"];
            }
            Assert.Equal(names, seen);
            Assert.Equal(pages, count);
        }
        Assert.Equal(
            "InvalidParameterValueException",
            (await cloud.SendAsync(HttpMethod.Get, $"{Functions}?Marker=%21%21", null, account)).Error
        );
        Assert.Equal(
            "1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than "
                + "or equal to 1",
            (await cloud.SendAsync(HttpMethod.Get, $"{Functions}?MaxItems=0", null, account)).Message
        );
    }

    public static TheoryData<string, string, string> Refusals =>
        new()
        {
            {
                """{"Runtime":"python3.99"}""",
                "InvalidParameterValueException",
                "Value python3.99 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs20.x, python3.14,"
            },
            {
                """{"Runtime":"ruby3.4"}""",
                "InvalidParameterValueException",
                "The runtime ruby3.4 needs the program ruby, which this machine lacks. Install it, on Debian or Ubuntu with: "
                    + "apt-get install ruby"
            },
            {
                """{"Handler":null}""",
                "InvalidParameterValueException",
                "Runtime and Handler are mandatory parameters for functions created with deployment packages."
            },
            { """{"Code":{}}""", "InvalidParameterValueException", "Please provide a source for function code." },
            {
                """{"Code":{"S3Bucket":"b","S3Key":"k"}}""",
                "InvalidParameterValueException",
                "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist"
            },
            {
                """{"Code":null,"Role":null}""",
                "ValidationException",
                "2 validation errors detected: Value null at 'role' failed to satisfy constraint: Member must not be null; Value "
                    + "null at 'code' failed to satisfy constraint: Member must not be null"
            },
            {
                """{"Timeout":901,"MemorySize":64}""",
                "ValidationException",
                "2 validation errors detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less "
                    + "than or equal to 900; Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128"
            },
            { """{"Timeout":"3"}""", "SerializationException", "STRING_VALUE can not be converted to an Integer" },
            { """{"Description":1}""", "SerializationException", "NUMBER_VALUE can not be converted to a String" },
            { """{"Code":{"ZipFile":"*"}}""", "SerializationException", "STRING_VALUE can not be converted to a Blob" },
            {
                """{"DurableConfig":{"ExecutionTimeout":1}}""",
                "NotImplemented",
                "Daybreak does not implement the parameter DurableConfig of CreateFunction."
            },
            {
                """{"LoggingConfig":{"SystemLogLevel":"INFO"}}""",
                "InvalidParameterValueException",
                "Log level is not supported when LogFormat is set to \"Text\"."
            },
            {
                """{"SnapStart":{"ApplyOn":"PublishedVersions"},"Runtime":"nodejs20.x"}""",
                "InvalidParameterValueException",
                "nodejs20.x is not supported for SnapStart enabled functions."
            },
            {
                """{"KMSKeyArn":"key"}""",
                "ValidationException",
                "1 validation error detected: Value 'key' at 'kMSKeyArn' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()"
            },
            { """{"PackageType":"Image"}""", "NotImplemented", "Daybreak does not implement the package type Image of CreateFunction." },
            {
                """{"Environment":{"Variables":{"AWS_REGION":"x","OK1":"y","_HANDLER":"z"}}}""",
                "ValidationException",
                "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy "
                    + "constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+, Member must not be null]"
            },
            {
                """{"Environment":{"Variables":{"AWS_REGION":"x","OK1":"y"}}}""",
                "InvalidParameterValueException",
                "Lambda was unable to configure your environment variables because the environment variables you have provided "
                    + "contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION"
            },
            { """{"FunctionName":"f:1"}""", "InvalidParameterValueException", "The function name 'f:1' must not carry a qualifier here." },
            {
                """{"EphemeralStorage":{}}""",
                "ValidationException",
                "1 validation error detected: Value null at 'ephemeralStorage.size' failed to satisfy constraint: Member must not be null"
            },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_created_is_refused(string change, string code, string message)
    {
        var name = LambdaCloud.NewName();
        var request = LambdaCloud.CreateRequest(name);
        foreach (var (member, value) in JsonNode.Parse(change)!.AsObject())
            request[member] = value?.DeepClone();
        var answer = await cloud.SendAsync(HttpMethod.Post, Functions, request);
        Assert.Equal(
            (code, message),
            (answer.Error, answer.Message!.StartsWith(message, StringComparison.Ordinal) ? message : answer.Message)
        );
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.SendAsync(HttpMethod.Get, $"{Functions}/{name}")).Status);
    }

    [Fact]
    public async Task What_asks_for_nothing_is_taken()
    {
        // Terraform sends such empty settings with every function.
        await cloud.CreateAsync(change: request =>
        {
            request["Layers"] = new JsonArray();
            request["VpcConfig"] = new JsonObject { ["SubnetIds"] = new JsonArray(), ["SecurityGroupIds"] = new JsonArray() };
            request["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = "" };
            request["Publish"] = false;
            request["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" };
            request["SnapStart"] = new JsonObject { ["ApplyOn"] = "None" };
        });
    }

    [Fact]
    public async Task Environment_variables_may_take_4096_bytes_and_no_more()
    {
        JsonObject Of(int length) => new() { ["Variables"] = new JsonObject { ["KEY"] = new string('v', length) } };
        await cloud.CreateAsync(change: request => request["Environment"] = Of(4096 - """{"KEY":""}""".Length));
        var answer = await cloud.SendAsync(
            HttpMethod.Post,
            Functions,
            LambdaCloud.CreateRequest(LambdaCloud.NewName(), request => request["Environment"] = Of(4097 - """{"KEY":""}""".Length))
        );
        Assert.StartsWith(
            "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded "
                + "the 4KB limit. String measured: {\"KEY\":\"vvv",
            answer.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Environment_variables_are_absent_until_they_are_set()
    {
        var name = await cloud.CreateAsync();
        Assert.Null((await cloud.SendAsync(HttpMethod.Get, $"{Functions}/{name}/configuration")).Json["Environment"]);
        var changed = await cloud.SendAsync(
            HttpMethod.Put,
            $"{Functions}/{name}/configuration",
            new JsonObject { ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["AB"] = "1" } } }
        );
        Assert.Equal("""{"Variables":{"AB":"1"}}""", changed.Json["Environment"]!.ToJsonString());
        changed = await cloud.SendAsync(
            HttpMethod.Put,
            $"{Functions}/{name}/configuration",
            new JsonObject { ["Environment"] = new JsonObject { ["Variables"] = new JsonObject() } }
        );
        Assert.Equal("""{"Variables":{}}""", changed.Json["Environment"]!.ToJsonString());
    }

    private static string Arn(string name) => $"arn:aws:lambda:us-east-1:444455556666:function:{name}";
}
