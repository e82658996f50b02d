using System.Text.Json;
using System.Text.Json.Nodes;
using Daybreak.Aws.Signing;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Functions;

/// <summary>Makes a function and its role what they should be, through the API that every client uses, and changes nothing else.</summary>
internal sealed class FunctionDeployer(LocalAwsApi api, FunctionWishes wishes)
{
    private const string Functions = "/2015-03-31/functions";
    private const string BasicExecution = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":["""
        + """{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private static readonly HttpField Json = new("Content-Type", "application/json");

    private readonly List<string> _changes = [];

    private string Path => $"{Functions}/{Uri.EscapeDataString(wishes.Name)}";

    /// <summary>Finds out what a function needs that the user did not say, from the function that there is or from the files.</summary>
    /// <exception cref="CommandFailedException">It cannot be found out.</exception>
    public static async Task<FoundHandler> FindAsync(
        FunctionWishes wishes,
        JsonObject? existing,
        HandlerSearch search,
        CancellationToken cancellation
    )
    {
        var (runtime, handler) = (existing?["Runtime"]?.GetValue<string>(), existing?["Handler"]?.GetValue<string>());
        if (wishes is { Runtime: null, Handler: null } && runtime is not null && handler is not null && search.Has(handler))
            return new FoundHandler(runtime, handler, "as the function has it");
        var found = search.Find(wishes.Runtime, wishes.Handler);
        // A function that has the language keeps its version of it.
        var keeps = wishes.Runtime is null && runtime is not null && runtime.StartsWith(found.Runtime, StringComparison.Ordinal);
        return found with { Runtime = keeps ? runtime! : await RuntimeChoice.ForAsync(found.Runtime, cancellation) };
    }

    /// <param name="existing">The function; null: there is none.</param>
    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public async Task<Deployment> DeployAsync(JsonObject? existing, FoundHandler found, FunctionPackage package)
    {
        _changes.Clear();
        var role = await RoleAsync(existing);
        var function = existing is null ? await CreateAsync(found, package, role) : await UpdateAsync(existing, found, package, role);
        var version = wishes.Publishes || wishes.Alias is not null ? await PublishAsync() : null;
        return new Deployment(
            wishes.Name,
            function["FunctionArn"]!.GetValue<string>(),
            function["Runtime"]!.GetValue<string>(),
            function["Handler"]!.GetValue<string>(),
            function["Role"]!.GetValue<string>(),
            function["CodeSha256"]!.GetValue<string>(),
            function["CodeSize"]!.GetValue<long>(),
            [.. _changes],
            version
        );
    }

    /// <summary>Replaces the code of a function and nothing else.</summary>
    /// <returns>False: there is no such function.</returns>
    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public async Task<bool> TryUpdateCodeAsync(FunctionPackage package)
    {
        var answer = await SendAsync(HttpMethod.Put, $"{Path}/code", CodeOf(package));
        if (answer.IsNotFound)
            return false;
        answer.ExpectSuccess();
        if (wishes.Publishes || wishes.Alias is not null)
            await PublishAsync();
        return true;
    }

    /// <returns>Its ARN.</returns>
    private async Task<string> RoleAsync(JsonObject? existing)
    {
        if (wishes.Role is null && existing is not null)
            return existing["Role"]!.GetValue<string>();
        if (wishes.Role is { } arn && arn.StartsWith("arn:", StringComparison.Ordinal))
            return arn;
        var name = wishes.Role ?? wishes.Name + "-role";
        var answer = await api.FindInIamAsync("GetRole", ("RoleName", name));
        if (answer is null && wishes.Role is not null)
            throw new CommandFailedException(
                ExitCode.Failure,
                $"There is no role called {name}.",
                "Without --role, deploy makes one that may write logs."
            );
        if (answer is null)
        {
            answer = await api.IamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", Trust));
            _changes.Add($"made the role {name}");
        }
        // Also when a deployment was interrupted between the two calls. The same again changes nothing.
        if (wishes.Role is null)
            await api.IamAsync("AttachRolePolicy", ("RoleName", name), ("PolicyArn", BasicExecution));
        return answer.Descendants("Arn").First().Value;
    }

    private async Task<JsonObject> CreateAsync(FoundHandler found, FunctionPackage package, string role)
    {
        var request = Configuration(found, role);
        request["FunctionName"] = wishes.Name;
        request["Code"] = CodeOf(package);
        var function = await AskAsync(HttpMethod.Post, Functions, request);
        _changes.Add("made the function");
        return function;
    }

    private async Task<JsonObject> UpdateAsync(JsonObject function, FoundHandler found, FunctionPackage package, string role)
    {
        if (function["CodeSha256"]!.GetValue<string>() != package.Sha256)
        {
            function = await AskAsync(HttpMethod.Put, $"{Path}/code", CodeOf(package));
            _changes.Add("changed the code");
        }
        var wanted = Configuration(found, role);
        var changed = wanted.Where(member => !IsSame(member.Key, member.Value, function)).Select(static member => member.Key).ToArray();
        if (changed.Length > 0)
        {
            function = await AskAsync(HttpMethod.Put, $"{Path}/configuration", wanted);
            _changes.Add($"changed {string.Join(", ", changed)}");
        }
        return function;
    }

    private JsonObject Configuration(FoundHandler found, string role)
    {
        var configuration = new JsonObject
        {
            ["Runtime"] = found.Runtime,
            ["Handler"] = found.Handler,
            ["Role"] = role,
        };
        if (wishes.Timeout is { } timeout)
            configuration["Timeout"] = timeout;
        if (wishes.Memory is { } memory)
            configuration["MemorySize"] = memory;
        if (!wishes.Variables.IsEmpty)
            configuration["Environment"] = new JsonObject
            {
                ["Variables"] = new JsonObject([
                    .. wishes.Variables.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)),
                ]),
            };
        if (!wishes.Layers.IsEmpty)
            configuration["Layers"] = new JsonArray([.. wishes.Layers.Select(static layer => (JsonNode)layer)]);
        return configuration;
    }

    private static bool IsSame(string name, JsonNode? wanted, JsonObject function) =>
        name switch
        {
            "Layers" => wanted!
                .AsArray()
                .Select(static layer => layer!.GetValue<string>())
                .SequenceEqual(function["Layers"]?.AsArray().Select(static layer => layer!["Arn"]!.GetValue<string>()) ?? []),
            "Environment" => JsonNode.DeepEquals(wanted!["Variables"], function["Environment"]?["Variables"]),
            _ => JsonNode.DeepEquals(wanted, function[name]),
        };

    /// <returns>The version.</returns>
    private async Task<string> PublishAsync()
    {
        // Without a change since the last one, this is the last one again.
        var version = (await AskAsync(HttpMethod.Post, $"{Path}/versions", []))["Version"]!.GetValue<string>();
        if (wishes.Alias is not { } alias)
            return version;
        var path = $"{Path}/aliases/{Uri.EscapeDataString(alias)}";
        var there = await api.LambdaAsync(HttpMethod.Get, path, []);
        if (there.IsNotFound)
        {
            await AskAsync(HttpMethod.Post, $"{Path}/aliases", new JsonObject { ["Name"] = alias, ["FunctionVersion"] = version });
            _changes.Add($"made the alias {alias} of version {version}");
        }
        else if (there.Json()["FunctionVersion"]!.GetValue<string>() != version)
        {
            await AskAsync(HttpMethod.Put, path, new JsonObject { ["FunctionVersion"] = version });
            _changes.Add($"moved the alias {alias} to version {version}");
        }
        return version;
    }

    private static JsonObject CodeOf(FunctionPackage package) => new() { ["ZipFile"] = Convert.ToBase64String(package.Zip) };

    private async Task<JsonObject> AskAsync(HttpMethod method, string path, JsonObject request) =>
        (await SendAsync(method, path, request)).Json();

    private Task<LambdaAnswer> SendAsync(HttpMethod method, string path, JsonObject request) =>
        api.LambdaAsync(method, path, JsonSerializer.SerializeToUtf8Bytes(request), Json);
}
