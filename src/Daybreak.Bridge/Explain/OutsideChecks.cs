using System.Globalization;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;
using Daybreak.Explaining;

namespace Daybreak.Bridge.Explain;

/// <summary>
/// Tries, stage by stage, what a call needs, from where calls run and with what calls use: Region, endpoint, credentials, name, connection,
/// TLS, clock, a DryRun. It invokes nothing. Stages that only the account's own APIs could check are reported as not seen.
/// </summary>
/// <param name="region">The Region of the environment.</param>
/// <param name="endpointOf">The endpoint that the environment names for a service.</param>
/// <param name="variant">Which of the Region's endpoints is used.</param>
/// <param name="proxies">The proxies for endpoints.</param>
/// <param name="tls">How endpoints are verified.</param>
/// <param name="time">The clock.</param>
/// <param name="exposed">Names of secrets in the server's environment, which backends can read, separated by blanks; empty: none.</param>
internal sealed class OutsideChecks(
    AmbientRegion region,
    Func<string, ConfiguredEndpoint?> endpointOf,
    EndpointVariant variant,
    CredentialKeeper credentials,
    AssumedRoles roles,
    Func<ProxySettings> proxies,
    TlsSettings tls,
    TimeProvider time,
    string exposed = ""
)
{
    /// <summary>The time limit of one explanation. The shim waits slightly longer (docs/frames.md).</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(18);

    private const string Credentials = "credentials";
    private const string IamRole = "iamRole";

    // As long as the slowest usual ones take; measured times are compared with the limits of a call.
    private static readonly TimeSpan RegionLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CredentialsLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(4);

    public async Task<ReadOnlyMemory<byte>> ExplainAsync(ExplainFrame question, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        var stages = new List<Stage>(BeforeTheBridge(question));
        try
        {
            await CheckAsync(question, stages, both.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            stages.Add(Stage.NotReached("rest", $"The checks took longer than {Limit.TotalSeconds:0} s, and were ended."));
        }
        return ExplanationBytes.Of(new(question.Database ?? Environment.MachineName, question.FunctionName ?? "", [.. stages]));
    }

    private async Task CheckAsync(ExplainFrame question, List<Stage> stages, CancellationToken cancel)
    {
        // 1. The function, and the endpoint.
        if (await TargetAsync(question, stages, cancel) is not { } target || Endpoint(question, target, stages) is not { } way)
            return;

        // 2. The caller. AWS STS is asked while the connection to Lambda is tried.
        var keeper = KeeperOf(question);
        var found = await CredentialsAsync(stages, cancel);
        if (found is not null && question.IamRole is not null)
            found = await AssumedAsync(question, keeper, stages, cancel);
        var asking = found is null ? null : CallerAsync(found, target.Region, cancel);

        // 3. The connection.
        using var client = way.Client;
        var first = await TryWayAsync(question, target, way, stages, cancel);

        // 4. Whether Lambda would run the function. A key that it refuses is replaced once, as in a call.
        var caller = asking is null ? null : await asking;
        var (dryRun, configuration) =
            found is null || first.Failure is not null ? (null, null) : await AskLambdaAsync(client, target, found, first, cancel);
        if (dryRun is { Status: >= 300, Refusal.RefusesKey: true } && await OtherAsync(keeper, found!, cancel) is { } other)
        {
            found = other;
            if (question.IamRole is null)
                stages[stages.FindIndex(static stage => stage.Name == Credentials)] = OfCredentials(found);
            else
                stages[stages.FindIndex(static stage => stage.Name == IamRole)] = OfRole(question, found);
            caller = await CallerAsync(found, target.Region, cancel);
            (dryRun, configuration) = await AskLambdaAsync(client, target, found, first, cancel);
        }
        stages.Add(caller?.ToStage() ?? Stage.NotReached("caller", "There are no credentials."));
        var account = caller?.Account ?? found?.AccountId;
        stages.Add(FunctionStages.Permission(dryRun, target, caller?.Arn, account));
        stages.AddRange(FunctionStages.Function(dryRun, configuration, target, account, question.RequestTimeoutMs));

        // 5. What cannot be checked.
        stages.AddRange(Unseen(first.Failure is null, dryRun is { Failure: null }));
    }

    /// <summary>The shim only asks for users who may invoke, through a bridge that answers, so these stages are always ok.</summary>
    private static IEnumerable<Stage> BeforeTheBridge(ExplainFrame question)
    {
        if (question.User is not { } user)
            yield break;
        yield return Stage.Ok(
            "extension",
            $"The extension aws_lambda is installed in the database {question.Database}.",
            question.Database ?? ""
        );
        yield return Stage.Ok("grants", $"{user} may use the schema aws_lambda and execute its functions.", user);
        yield return Stage.Ok("bridge", $"The bridge next to the server answers ({BridgeVersion.Name}, process {Environment.ProcessId}).");
    }

    private async Task<InvokeTarget?> TargetAsync(ExplainFrame question, List<Stage> stages, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(RegionLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return Resolve(region.Known);
        }
        catch (InvocationException wrong) when (wrong.Error.SqlState != SqlStates.NoRegion)
        {
            return Wrong(wrong.Error);
        }
        catch (InvocationException)
        {
            // Profile and machine are asked below.
        }
        try
        {
            return Resolve(await region.FindAsync(both.Token));
        }
        catch (InvocationException wrong)
        {
            return Wrong(wrong.Error);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Wrong(InvocationFailures.NoRegion().Error);
        }

        InvokeTarget Resolve(string? ambient)
        {
            var target = InvokeTargetResolver.Resolve(
                new(
                    question.Form,
                    question.FunctionName,
                    question.Region,
                    EndpointOverride: question.EndpointOverride,
                    DefaultRegion: question.DefaultRegion
                ),
                new(ambient, endpointOf("lambda")?.Url, variant)
            );
            stages.Add(
                Stage.Ok("target", $"The call means {target.ShownArn(null)} in {target.Region}.", target.ShownArn(null), target.Region.Code)
            );
            return target;
        }

        InvokeTarget? Wrong(SqlError error)
        {
            stages.Add(
                Stage.Failed(
                    "target",
                    error.Detail ?? error.Message,
                    Stage.FixOf(error.Hint ?? "Name the function by its ARN, or by its name and Region."),
                    question.FunctionName ?? ""
                )
            );
            return null;
        }
    }

    /// <summary>Returns null when nothing can be asked.</summary>
    private Way? Endpoint(ExplainFrame question, InvokeTarget target, List<Stage> stages)
    {
        var source =
            !string.IsNullOrEmpty(question.EndpointOverride) ? "as aws_lambda.endpoint_override says"
            : endpointOf("lambda") is { } configured ? $"as {configured.Source} says"
            : variant == default ? $"that of {target.Region}"
            : $"the {variant} one of {target.Region}";
        try
        {
            var proxy = proxies().For(target.Endpoint);
            var through = proxy is null ? "" : $", through the proxy {proxy}";
            stages.Add(Stage.Ok("endpoint", $"The endpoint is {target.Endpoint}, {source}{through}.", $"{target.Endpoint}"));
            return new(proxy?.At ?? target.Endpoint, new ProbeClient(target.Endpoint, proxy, tls, time));
        }
        catch (Exception wrong) when (wrong is FormatException or IOException)
        {
            stages.Add(
                Stage.Failed(
                    "endpoint",
                    $"The endpoint is {target.Endpoint}, {source}. {wrong.Message}.",
                    Stage.FixOf("Correct that variable in the environment of the PostgreSQL server, and restart it."),
                    $"{target.Endpoint}"
                )
            );
            return null;
        }
    }

    private async Task<CredentialSnapshot?> CredentialsAsync(List<Stage> stages, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(CredentialsLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            var found = await credentials.GetAsync(both.Token);
            stages.Add(OfCredentials(found));
            return found;
        }
        catch (CredentialException none)
        {
            return None(none.Message, none.Hint);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return None($"No AWS credentials within {CredentialsLimit.TotalSeconds:0} s: a provider did not answer.");
        }

        CredentialSnapshot? None(string why, string? hint = null)
        {
            stages.Add(
                Stage.Failed(
                    Credentials,
                    why,
                    Stage.FixOf(hint ?? InvocationFailures.WhereCredentialsAre + " Put credentials into one of these.")
                )
            );
            return null;
        }
    }

    private CredentialKeeper KeeperOf(ExplainFrame question) =>
        question.IamRole is { } role
            ? roles.For(
                Encoding.UTF8.GetBytes(role),
                Encoding.UTF8.GetBytes(question.ExternalId ?? ""),
                Encoding.UTF8.GetBytes(question.SessionName ?? "")
            )
            : credentials;

    /// <summary>Returns null when the role cannot be assumed.</summary>
    private async Task<CredentialSnapshot?> AssumedAsync(
        ExplainFrame question,
        CredentialKeeper keeper,
        List<Stage> stages,
        CancellationToken cancel
    )
    {
        using var late = new CancellationTokenSource(CredentialsLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        string why;
        try
        {
            var assumed = await keeper.GetAsync(both.Token);
            stages.Add(OfRole(question, assumed));
            return assumed;
        }
        catch (CredentialException refused)
        {
            why = refused.Message;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            why = $"The IAM role {question.IamRole} is not assumed within {CredentialsLimit.TotalSeconds:0} s: AWS STS did not answer.";
        }
        stages.Add(Stage.Failed(IamRole, why, Stage.FixOf(InvocationFailures.NotAssumed(why).Error.Hint!), question.IamRole!));
        return null;
    }

    private static Stage OfRole(ExplainFrame question, CredentialSnapshot assumed) =>
        Stage.Ok(
            IamRole,
            $"The call is made with the IAM role {question.IamRole}, assumed for {question.User ?? "the user"} as the session "
                + $"{question.SessionName}{Until(assumed)}.",
            question.IamRole!
        );

    private static string Until(CredentialSnapshot found) =>
        found.Expiration is { } end ? $", until {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC" : "";

    private Stage OfCredentials(CredentialSnapshot found)
    {
        var kind = found.Credentials.SessionToken is null ? "long-term" : "temporary";
        var seen =
            exposed.Length > 0
                ? " Code that runs in a backend (PL/Perl, PL/Python) can read "
                    + $"{exposed.Replace(" ", ", ", StringComparison.Ordinal)}, in the server's environment: "
                    + $"put them in the file of aws_lambda.bridge_environment_file instead, which only the bridge reads."
                : "";
        return Stage.Ok(Credentials, $"There are {kind} credentials, from: {found.Source}{Until(found)}.{seen}", found.Source);
    }

    /// <summary>Returns null when there is no other key.</summary>
    private async Task<CredentialSnapshot?> OtherAsync(CredentialKeeper keeper, CredentialSnapshot refused, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(CredentialsLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await keeper.RenewAsync(refused, both.Token);
        }
        catch (Exception none) when (none is CredentialException || (none is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<CallerProbe> CallerAsync(CredentialSnapshot found, AwsRegion region, CancellationToken cancel)
    {
        var (endpoint, path) = (new HttpEndpoint(true, region.Endpoint("sts").Host, 443), "/");
        try
        {
            var choice = EndpointChoice.Choose("sts", null, endpointOf("sts")?.Url, region, variant);
            (endpoint, path) = (choice.Endpoint, choice.PathPrefix + "/");
            using var client = new ProbeClient(endpoint, proxies().For(endpoint), tls, time);
            return await CallerProbe.AskAsync(client, endpoint, path, found.Credentials, region, time.GetUtcNow(), AnswerLimit, cancel);
        }
        catch (Exception wrong) when (wrong is InvocationException or IOException or FormatException)
        {
            return new(null, null, "", $"{endpoint} cannot be asked ({wrong.Message})");
        }
    }

    /// <returns>The answer to an unsigned request; any answer will do.</returns>
    private async Task<ProbeAnswer> TryWayAsync(
        ExplainFrame question,
        InvokeTarget target,
        Way way,
        List<Stage> stages,
        CancellationToken cancel
    )
    {
        var called = TimeSpan.FromMilliseconds(question.ConnectTimeoutMs);
        var limit = called > ConnectLimit && called < AnswerLimit ? called : ConnectLimit;
        var probe = await NetworkProbe.TryAsync(way.First, limit, time, cancel);
        // The first attempt loads code and fills the resolver's cache, so only the second one is measured.
        if (probe.ConnectedTo is not null && probe.Took > called)
            probe = await NetworkProbe.TryAsync(way.First, limit, time, cancel);
        stages.Add(WayStages.Dns(probe, way.First, target.Region));
        stages.Add(WayStages.Tcp(probe, way.First, question.ConnectTimeoutMs));
        var first = probe.ConnectedTo is null
            ? ProbeAnswer.None("there is no connection")
            : await way.Client.SendAsync(HttpMethod.Get, "/", [], [], null, AnswerLimit, cancel);
        var now = time.GetUtcNow();
        stages.Add(WayStages.Tls(probe, target.Endpoint, way.Client.Certificate, first, now));
        stages.Add(WayStages.Clock(first, now));
        return first;
    }

    private async Task<(ProbeAnswer DryRun, ProbeAnswer Configuration)> AskLambdaAsync(
        ProbeClient client,
        InvokeTarget target,
        CredentialSnapshot found,
        ProbeAnswer first,
        CancellationToken cancel
    )
    {
        const string Invocations = "/invocations";
        var path = Encoding.ASCII.GetString(target.Path.Span);
        var query = target.Query.IsEmpty ? "" : $"?{Encoding.ASCII.GetString(target.Query.Span)}";
        var now = time.GetUtcNow();
        // As a call would, after a first refusal.
        var signing = new SigningContext(
            found.Credentials,
            target.Region.Code,
            "lambda",
            now + (ClockSkew.Of(first.Date, now) ?? TimeSpan.Zero)
        );
        var dryRun = client.SendAsync(
            HttpMethod.Post,
            path + query,
            [new("X-Amz-Invocation-Type", "DryRun"), new("Content-Type", "application/json")],
            "{}"u8.ToArray(),
            signing,
            AnswerLimit,
            cancel
        );
        var configuration = client.SendAsync(
            HttpMethod.Get,
            $"{path[..^Invocations.Length]}/configuration{query}",
            [],
            [],
            signing,
            AnswerLimit,
            cancel
        );
        return (await dryRun, await configuration);
    }

    private static IEnumerable<Stage> Unseen(bool answered, bool tried)
    {
        yield return Stage.NotSeen(
            "network",
            "Security groups, network ACLs, routes and endpoints of a VPC are not seen from here, but by the EC2 API of the account"
                + (answered ? "; the connection above went through all of them." : ".")
        );
        yield return Stage.NotSeen("trust", "Whom a role trusts is not seen from here, but by the IAM API of the account.");
        yield return Stage.NotSeen(
            "resourcePolicy",
            "The function's own policy, and the policies of the caller, are not read" + (tried ? "; they decided the DryRun above." : ".")
        );
    }

    /// <param name="First">The destination of the connection: the endpoint, or the proxy before it.</param>
    private sealed record Way(HttpEndpoint First, ProbeClient Client);
}
