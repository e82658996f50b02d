using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>Provokes the recorded cases of implemented operations and compares the responses member by member.</summary>
public sealed class RecordedTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string Functions = LambdaCloud.Functions;

    private readonly string _name = LambdaCloud.NewName();

    private Dictionary<string, string> Values =>
        new()
        {
            ["region"] = "us-east-1",
            ["account"] = "444455556666",
            ["fn"] = _name,
            ["other_region"] = "ap-southeast-1",
        };

    [Fact]
    public async Task A_function_looks_as_in_AWS_from_create_to_update()
    {
        var created = await cloud.SendAsync(
            HttpMethod.Post,
            Functions,
            LambdaCloud.CreateRequest(
                _name,
                request =>
                {
                    request["Handler"] = "handler.handler";
                    request["MemorySize"] = 256;
                    request["Timeout"] = 5;
                    request["Environment"] = new JsonObject { ["Variables"] = new JsonObject() };
                }
            )
        );
        Match("create_function", created);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Null(created.Json["LastUpdateStatus"]);

        await WhenReadyAsync();
        Match("get_function", await cloud.SendAsync(HttpMethod.Get, $"{Functions}/{_name}"));

        var configured = await cloud.SendAsync(
            HttpMethod.Put,
            $"{Functions}/{_name}/configuration",
            new JsonObject
            {
                ["Description"] = "Changed-Description",
                ["MemorySize"] = 512,
                ["Runtime"] = "python3.11",
                ["Timeout"] = 10,
                ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["ENV_A"] = "a" } },
            }
        );
        Match("update_function_configuration", configured);

        await WhenReadyAsync();
        var updated = await cloud.SendAsync(
            HttpMethod.Put,
            $"{Functions}/{_name}/code",
            new JsonObject { ["ZipFile"] = Convert.ToBase64String(Zip.Of("handler.py", "def handler(event, context): return 2")) }
        );
        Match("update_function_code", updated);
        Assert.NotEqual((string?)configured.Json["RevisionId"], (string?)updated.Json["RevisionId"]);
    }

    [Fact]
    public async Task Account_settings_have_AWS_members()
    {
        var answer = await cloud.SendAsync(HttpMethod.Get, "/2016-08-19/account-settings/");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        foreach (
            var limit in new[]
            {
                "TotalCodeSize",
                "CodeSizeUnzipped",
                "CodeSizeZipped",
                "ConcurrentExecutions",
                "UnreservedConcurrentExecutions",
            }
        )
            Assert.True((long)answer.Json["AccountLimit"]![limit]! > 0);
    }

    public static TheoryData<string, string, string, string?> Errors =>
        new()
        {
            { "not_found", "GET", "/2015-03-31/functions/{fn}", null },
            { "not_found", "GET", "/2015-03-31/functions/{fn}/configuration", null },
            { "delete_not_found", "DELETE", "/2015-03-31/functions/{fn}?Qualifier=1", null },
            { "concurrency_get_not_found", "GET", "/2019-09-30/functions/{fn}/concurrency", null },
            { "qualifier_mismatch", "GET", "/2015-03-31/functions/{fn}:1?Qualifier=2", null },
            {
                "qualifier_mismatch",
                "GET",
                "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A444455556666%3Afunction%3A{fn}%3A1?Qualifier=2",
                null
            },
            { "wrong_region", "GET", "/2015-03-31/functions/arn:aws:lambda:ap-southeast-1:444455556666:function:{fn}", null },
            {
                "wrong_region_invoke",
                "POST",
                "/2015-03-31/functions/arn:aws:lambda:ap-southeast-1:444455556666:function:{fn}/invocations",
                "{}"
            },
            {
                "invalid_role_arn",
                "POST",
                "/2015-03-31/functions",
                """{"FunctionName":"{fn}","Runtime":"python3.12","Role":"r1","Handler":"h.h","Code":{}}"""
            },
            {
                "multiple_architectures",
                "POST",
                "/2015-03-31/functions",
                """{"FunctionName":"{fn}","Runtime":"python3.12","Role":"{role}","Handler":"h.h","Code":{},"Architectures":["x86_64","arm64"]}"""
            },
            {
                "uppercase_architecture",
                "POST",
                "/2015-03-31/functions",
                """{"FunctionName":"{fn}","Runtime":"python3.12","Role":"{role}","Handler":"h.h","Code":{},"Architectures":["X86_64"]}"""
            },
            {
                "invalid_zip",
                "POST",
                "/2015-03-31/functions",
                """{"FunctionName":"{fn}","Runtime":"python3.12","Role":"{role}","Handler":"h.h","Code":{"ZipFile":"YWJj"}}"""
            },
            {
                "deprecated_runtime",
                "POST",
                "/2015-03-31/functions",
                """{"FunctionName":"{fn}","Runtime":"nodejs14.x","Role":"{role}","Handler":"h.h","Code":{"ZipFile":"YWJj"}}"""
            },
            {
                "invalid_function_name",
                "POST",
                "/2015-03-31/functions",
                """{"FunctionName":"invalid:function:name","Runtime":"python3.12","Role":"{role}","Handler":"h.h","Code":{}}"""
            },
            {
                "long_function_name",
                "POST",
                "/2015-03-31/functions",
                """{"FunctionName":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Runtime":"python3.12","Role":"{role}","Handler":"h.h","Code":{"ZipFile":"YWJj"}}"""
            },
            {
                "function_arn_other_region",
                "POST",
                "/2015-03-31/functions",
                """{"FunctionName":"arn:aws:lambda:ap-southeast-1:444455556666:function:{fn}","Runtime":"python3.12","Role":"{role}","Handler":"h.h","Code":{"ZipFile":"YWJj"}}"""
            },
            {
                "invoke_name_pattern",
                "POST",
                "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123400000000%40function%3Amyfn/invocations",
                "{}"
            },
            { "list_functions_version", "GET", "/2015-03-31/functions?FunctionVersion=invalid", null },
            { "tag_invalid_arn", "GET", "/2017-03-31/tags/arn%3Aaws%3Asomething", null },
            { "tag_missing_fn", "GET", "/2017-03-31/tags/arn:aws:lambda:us-east-1:444455556666:function:doesnotexist", null },
        };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_is_the_recorded_one(string recorded, string method, string path, string? body) =>
        await MatchErrorAsync(recorded, method, path, body);

    public static TheoryData<string, string, string, string?> ErrorsOfAnExistingFunction =>
        new()
        {
            { "delete_latest", "DELETE", "/2015-03-31/functions/{fn}?Qualifier=$LATEST", null },
            { "version_not_found", "GET", "/2015-03-31/functions/{fn}?Qualifier=1221", null },
            { "get_function_alias_missing", "GET", "/2015-03-31/functions/{fn}?Qualifier=aliasdoesnotexist", null },
            { "invoke_alias_missing", "POST", "/2015-03-31/functions/{fn}/invocations?Qualifier=non-existent-alias", "{}" },
            { "update_invalid_role_arn", "PUT", "/2015-03-31/functions/{fn}/configuration", """{"Role":"r1"}""" },
            { "wrong_revision", "PUT", "/2015-03-31/functions/{fn}/code", """{"ZipFile":"{zip}","RevisionId":"wrong"}""" },
            { "wrong_revision_config", "PUT", "/2015-03-31/functions/{fn}/configuration", """{"Description":"d","RevisionId":"wrong"}""" },
            { "tag_qualified", "POST", "/2017-03-31/tags/arn:aws:lambda:us-east-1:444455556666:function:{fn}:1", """{"Tags":{"a":"b"}}""" },
            { "tag_too_many", "POST", "/2017-03-31/tags/arn:aws:lambda:us-east-1:444455556666:function:{fn}", """{"Tags":{51tags}}""" },
        };

    [Theory]
    [MemberData(nameof(ErrorsOfAnExistingFunction))]
    public async Task An_error_of_an_existing_function_is_the_recorded_one(string recorded, string method, string path, string? body)
    {
        await cloud.CreateAsync(_name);
        await MatchErrorAsync(recorded, method, path, body);
    }

    [Fact]
    public async Task A_version_and_aliases_look_as_in_AWS()
    {
        await cloud.CreateAsync(
            _name,
            static request =>
            {
                request["Handler"] = "index.handler";
                request["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["testenv"] = "staging" } };
            }
        );
        var path = $"{Functions}/{_name}";
        var published = await cloud.SendAsync(HttpMethod.Post, $"{path}/versions", new JsonObject());
        Assert.Equal(HttpStatusCode.Created, published.Status);
        Match("publish_version", published);
        await cloud.SendAsync(HttpMethod.Put, $"{path}/configuration", new JsonObject { ["Timeout"] = 9 });
        Assert.Equal("2", (string?)(await cloud.SendAsync(HttpMethod.Post, $"{path}/versions", new JsonObject())).Json["Version"]);

        var alias = await cloud.SendAsync(
            HttpMethod.Post,
            $"{path}/aliases",
            new JsonObject { ["Name"] = "permission-alias", ["FunctionVersion"] = "1" }
        );
        Assert.Equal(HttpStatusCode.Created, alias.Status);
        Match("create_alias", alias);
        Assert.Null(alias.Json["RoutingConfig"]);
        var weighted = new JsonObject
        {
            ["Name"] = "aliasname1_1",
            ["FunctionVersion"] = "1",
            ["Description"] = "custom-alias",
            ["RoutingConfig"] = new JsonObject { ["AdditionalVersionWeights"] = new JsonObject { ["2"] = 0.2 } },
        };
        Match("create_alias_weighted", await cloud.SendAsync(HttpMethod.Post, $"{path}/aliases", weighted));
        Match("create_alias_weighted", await cloud.SendAsync(HttpMethod.Get, $"{path}/aliases/aliasname1_1"));
        Match("get_function_alias", await cloud.SendAsync(HttpMethod.Get, $"{path}?Qualifier=aliasname1_1"));
        Match("get_function_alias", await cloud.SendAsync(HttpMethod.Get, $"{path}:aliasname1_1"));
    }

    [Fact]
    public async Task Lists_of_versions_look_as_in_AWS()
    {
        await cloud.CreateAsync(
            _name,
            static request =>
            {
                request["Handler"] = "handler.handler";
                request["Timeout"] = 30;
                request["Environment"] = new JsonObject { ["Variables"] = new JsonObject() };
                request["Publish"] = true;
            }
        );
        var list = (await cloud.SendAsync(HttpMethod.Get, $"{Functions}/{_name}/versions")).Json["Versions"]!.AsArray();
        Recorded.Match(Recorded.Response("list_functions_entry"), list[1], Values);
        var all = (await cloud.SendAsync(HttpMethod.Get, $"{Functions}?FunctionVersion=ALL")).Json["Functions"]!.AsArray();
        Recorded.Match(
            Recorded.Response("list_functions_entry"),
            all.Single(entry => (string?)entry!["FunctionName"] == _name && (string?)entry["Version"] == "1"),
            Values
        );
        Assert.All(list, static entry => Assert.Null(entry!["State"]));
    }

    [Fact]
    public async Task Provisioned_concurrency_looks_as_in_AWS()
    {
        await cloud.CreateAsync(_name, static request => request["Publish"] = true);
        var path = $"/2019-09-30/functions/{_name}/provisioned-concurrency?Qualifier=1";
        var put = await cloud.SendAsync(HttpMethod.Put, path, new JsonObject { ["ProvisionedConcurrentExecutions"] = 1 });
        Assert.Equal(HttpStatusCode.Accepted, put.Status);
        Match("provisioned_put", put);
    }

    public static TheoryData<string, string, string, string?> ErrorsOfVersions =>
        new()
        {
            { "version_not_found", "GET", "/2015-03-31/functions/{fn}/configuration?Qualifier=1221", null },
            { "publish_wrong_revision", "POST", "/2015-03-31/functions/{fn}/versions", """{"RevisionId":"wrong"}""" },
            { "publish_wrong_sha", "POST", "/2015-03-31/functions/{fn}/versions", """{"CodeSha256":"somenonexistentsha256"}""" },
            { "update_alias_wrong_revision", "PUT", "/2015-03-31/functions/{fn}/aliases/custom", """{"RevisionId":"wrong"}""" },
            {
                "alias_too_many",
                "POST",
                "/2015-03-31/functions/{fn}/aliases",
                """{"Name":"a","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"1":0.5,"2":0.5}}}"""
            },
            {
                "alias_too_high",
                "POST",
                "/2015-03-31/functions/{fn}/aliases",
                """{"Name":"a","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":2.0}}}"""
            },
            {
                "alias_same_version",
                "POST",
                "/2015-03-31/functions/{fn}/aliases",
                """{"Name":"a","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"1":0.5}}}"""
            },
            { "alias_target_missing", "POST", "/2015-03-31/functions/{fn}/aliases", """{"Name":"a","FunctionVersion":"10"}""" },
            {
                "alias_target_missing",
                "POST",
                "/2015-03-31/functions/{fn}/aliases",
                """{"Name":"a","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"10":0.5}}}"""
            },
            { "alias_target_missing", "PUT", "/2015-03-31/functions/{fn}/aliases/custom", """{"FunctionVersion":"10"}""" },
            {
                "alias_latest",
                "POST",
                "/2015-03-31/functions/{fn}/aliases",
                """{"Name":"a","FunctionVersion":"$LATEST","RoutingConfig":{"AdditionalVersionWeights":{"1":0.5}}}"""
            },
            { "alias_duplicate", "POST", "/2015-03-31/functions/{fn}/aliases", """{"Name":"custom","FunctionVersion":"1"}""" },
            { "alias_not_found", "GET", "/2015-03-31/functions/{fn}/aliases/non-existent", null },
            { "alias_fn_missing", "POST", "/2015-03-31/functions/{fn}-unknown/aliases", """{"Name":"a","FunctionVersion":"1"}""" },
            { "alias_numeric", "POST", "/2015-03-31/functions/{fn}/aliases", """{"Name":"2024","FunctionVersion":"1"}""" },
            { "alias_update_missing", "PUT", "/2015-03-31/functions/{fn}/aliases/non-existent", "{}" },
            { "invoke_alias_missing", "POST", "/2015-03-31/functions/{fn}:non-existent-alias/invocations", "{}" },
            { "perm_mismatch", "POST", "/2015-03-31/functions/{fn}:custom/policy?Qualifier=1", Permission },
            { "perm_latest", "POST", "/2015-03-31/functions/{fn}/policy?Qualifier=$LATEST", Permission },
            { "perm_alias_missing", "POST", "/2015-03-31/functions/{fn}/policy?Qualifier=alias-doesnotexist", Permission },
            { "perm_alias_missing", "DELETE", "/2015-03-31/functions/{fn}/policy/s3?Qualifier=alias-doesnotexist", null },
            { "perm_version_missing", "POST", "/2015-03-31/functions/{fn}/policy?Qualifier=42", Permission },
            { "perm_get_missing_fn", "GET", "/2015-03-31/functions/{fn}/policy?Qualifier=custom", null },
            {
                "concurrency_put_missing",
                "PUT",
                "/2017-10-31/functions/doesnotexist/concurrency",
                """{"ReservedConcurrentExecutions":1}"""
            },
            {
                "concurrency_put_qualified",
                "PUT",
                "/2017-10-31/functions/arn:aws:lambda:us-east-1:444455556666:function:{fn}:$LATEST/concurrency",
                """{"ReservedConcurrentExecutions":1}"""
            },
            { "concurrency_limit", "PUT", "/2017-10-31/functions/{fn}/concurrency", """{"ReservedConcurrentExecutions":901}""" },
            { "provisioned_none", "GET", "/2019-09-30/functions/{fn}/provisioned-concurrency?Qualifier=1", null },
            { "provisioned_get_latest", "GET", "/2019-09-30/functions/{fn}/provisioned-concurrency?Qualifier=$LATEST", null },
            {
                "provisioned_latest",
                "PUT",
                "/2019-09-30/functions/{fn}/provisioned-concurrency?Qualifier=$LATEST",
                """{"ProvisionedConcurrentExecutions":1}"""
            },
            {
                "provisioned_zero",
                "PUT",
                "/2019-09-30/functions/{fn}/provisioned-concurrency?Qualifier=1",
                """{"ProvisionedConcurrentExecutions":0}"""
            },
            {
                "provisioned_version_missing",
                "PUT",
                "/2019-09-30/functions/{fn}/provisioned-concurrency?Qualifier=10",
                """{"ProvisionedConcurrentExecutions":1}"""
            },
        };

    private const string Permission = """{"StatementId":"s3","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com"}""";

    [Theory]
    [MemberData(nameof(ErrorsOfVersions))]
    public async Task An_error_of_versions_and_aliases_is_the_recorded_one(string recorded, string method, string path, string? body)
    {
        await cloud.CreateAsync(_name, static request => request["Publish"] = true);
        await cloud.SendAsync(HttpMethod.Put, $"{Functions}/{_name}/configuration", new JsonObject { ["Timeout"] = 9 });
        await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{_name}/versions", new JsonObject());
        var alias = new JsonObject { ["Name"] = "custom", ["FunctionVersion"] = "2" };
        Assert.Equal(HttpStatusCode.Created, (await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{_name}/aliases", alias)).Status);
        await MatchErrorAsync(recorded, method, path, body);
    }

    private async Task MatchErrorAsync(string recorded, string method, string path, string? body)
    {
        string? Fill(string? text) =>
            text
                ?.Replace("{fn}", _name, StringComparison.Ordinal)
                .Replace("{role}", LambdaCloud.Role, StringComparison.Ordinal)
                .Replace("{zip}", Convert.ToBase64String(LambdaCloud.Code), StringComparison.Ordinal)
                .Replace(
                    "{51tags}",
                    "{" + string.Join(",", Enumerable.Range(0, 51).Select(i => $"\"k{i}\":\"v\"")) + "}",
                    StringComparison.Ordinal
                );
        var expected = Recorded.Error(recorded);
        var answer = await cloud.SendAsync(new HttpMethod(method), Fill(path)!, Fill(body));
        Assert.Equal(((int)expected["status"]!, (string)expected["code"]!), ((int)answer.Status, answer.Error));
        Recorded.MatchText((string)expected["message"]!, answer.Message, Values, recorded);
        Assert.Equal((string?)expected["type"], (string?)answer.Json["Type"]);
        await cloud.SendAsync(HttpMethod.Delete, $"{Functions}/{_name}"); // so that lists of other tests stay on one page
    }

    private void Match(string recorded, LambdaCloud.Answer answer) => Recorded.Match(Recorded.Response(recorded), answer.Json, Values);

    private async Task WhenReadyAsync()
    {
        // Invoke waits for pending changes.
        Assert.Equal(HttpStatusCode.OK, (await cloud.InvokeAsync(_name, "{}")).Status);
    }
}
