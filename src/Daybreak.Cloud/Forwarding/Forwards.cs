using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.Forwarding;

/// <summary>All rules of what is sent on, each with its connections.</summary>
public sealed class Forwards : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, ForwardTarget> _byService;
    private readonly TimeProvider _time;

    /// <param name="own">The endpoint of this local AWS.</param>
    /// <param name="time">The clock by which services verify signatures.</param>
    /// <exception cref="ForwardException">A rule leads back here, comes twice, or has an unknown profile.</exception>
    public Forwards(ImmutableArray<ForwardRule> rules, Uri own, TimeProvider time)
    {
        _time = time;
        foreach (var rule in rules)
        {
            if (rule.Url.Port == own.Port && rule.IsLocal && LeadsTo(rule.Url, own))
                throw new ForwardException($"{rule.Service}={rule.Url} leads back to this local AWS.");
            if (rules.Count(other => other.Service == rule.Service) > 1)
                throw new ForwardException($"{rule.Service} is sent on to two endpoints.");
        }
        _byService = rules.ToDictionary(static rule => rule.Service, static rule => new ForwardTarget(rule, ConnectLimit));
        foreach (var target in _byService.Values.Where(static target => target is { Rule.Profile: not null, HasKeys: false }))
            throw new ForwardException(
                $"The profile '{target.Rule.Profile}' of {target.Rule.Service} has no aws_access_key_id in ~/.aws/credentials or "
                    + "~/.aws/config. A profile of another kind (SSO, a role) can be written there by: aws configure export-credentials"
            );
    }

    /// <summary>The targets, for <c>status</c>.</summary>
    internal IEnumerable<ForwardTarget> All => _byService.Values;

    /// <exception cref="ForwardException">A rule is for a service that is here.</exception>
    public void RequireElsewhere(IReadOnlyCollection<string> here)
    {
        if (_byService.Keys.FirstOrDefault(here.Contains) is { } service)
            throw new ForwardException($"{service} is here: its requests are not sent on.");
    }

    /// <summary>Whether requests for a service go anywhere.</summary>
    public bool Has(string service) => Find(service) is not null;

    /// <summary>Where they go.</summary>
    /// <exception cref="InvalidOperationException">They go nowhere.</exception>
    public Uri UrlOf(string service) => (Find(service) ?? throw new InvalidOperationException(service)).Rule.Url;

    /// <summary>Sends a request of this local AWS's own.</summary>
    /// <param name="operation">Value of <c>X-Amz-Target</c>; null: the body names it.</param>
    /// <exception cref="AwsException">The target cannot be reached.</exception>
    public async Task<(HttpStatusCode Status, string Answer)> PostAsync(
        string service,
        string region,
        string accountId,
        string contentType,
        string? operation,
        byte[] body,
        CancellationToken cancellation
    )
    {
        var target = Find(service) ?? throw new InvalidOperationException(service);
        var path = target.PathOf("/");
        List<HttpField> fields = [new("Host", target.Rule.Url.Authority), new("Content-Type", contentType)];
        if (operation is not null)
            fields.Add(new("X-Amz-Target", operation));
        var signed = SigV4RequestSigner.Sign(
            new RequestHead("POST", path, fields.ToArray()),
            body,
            new SigningContext(target.KeysFor(accountId), region, service, _time.GetUtcNow())
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target.Rule.Url, path))
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var field in signed.Request.Headers.ToArray())
        {
            if (!field.Is("Host") && !request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerLimit);
        try
        {
            using var answer = await target.SendAsync(request, service, limit.Token);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(limit.Token));
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw ForwardErrors.Unavailable($"{service} is sent on to {target.Rule.Url}, which does not answer.", error);
        }
    }

    /// <summary>Where requests for a service go; null: nowhere.</summary>
    internal ForwardTarget? Find(string service) =>
        _byService.GetValueOrDefault(service) ?? _byService.GetValueOrDefault(ForwardRule.EveryService);

    public void Dispose()
    {
        foreach (var target in _byService.Values)
            target.Dispose();
    }

    private static bool LeadsTo(Uri url, Uri own)
    {
        var host = IPAddress.Parse(own.Host);
        try
        {
            return Dns.GetHostAddresses(url.IdnHost).Contains(host);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A rule that cannot be followed.</summary>
public sealed class ForwardException(string message) : Exception(message);
