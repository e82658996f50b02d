using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Finds the service of a request: by the signature's scope, otherwise by host, target header or path.</summary>
public sealed class ServiceFinder(ImmutableArray<AwsService> services)
{
    private readonly FrozenDictionary<string, AwsService> _byName = services.ToFrozenDictionary(service => service.Name);

    public ImmutableArray<AwsService> Services { get; } = services;

    /// <exception cref="AwsException">The request is for a service that does not exist here, or for none.</exception>
    public AwsService Find(AwsRequest request)
    {
        if (request.Scope is { } scope && _byName.TryGetValue(scope.Service, out var signed))
            return signed;
        // The request is unsigned or signed for an unknown service; if another hint names a service, that service refuses it.
        return Hinted(request) ?? throw (request.Scope is { Service.Length: > 0 } other ? Absent(other.Service) : Unnamed(request));
    }

    /// <summary>The service that host, target header or path belong to; null: none.</summary>
    public AwsService? Hinted(AwsRequest request) => ByHost(request.Host) ?? ByTarget(request.Header("X-Amz-Target")) ?? ByPath(request);

    private static AwsException Absent(string service) =>
        AwsException.Receiver(
            NotImplemented.Code,
            $"Daybreak does not implement the service '{service}'. --forward {service}=URL passes its requests on.",
            HttpStatusCode.NotImplemented
        );

    private static AwsException Unnamed(AwsRequest request) =>
        request.Headers.ContainsKey("Authorization")
            ? AwsException.Sender(
                "UnknownOperationException",
                "The request names no service: it is not signed, and neither host nor path belong to one.",
                HttpStatusCode.NotFound
            )
            : NotImplemented.Of("the service that this unsigned request is for: neither its host nor its path belong to one that is here");

    /// <summary>Matches lambda.us-east-1.amazonaws.com, or lambda.localhost.</summary>
    public AwsService? ByHost(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? _byName.GetValueOrDefault(host[..dot]) : null;
    }

    /// <summary>Matches Logs_20140328.CreateLogGroup.</summary>
    private AwsService? ByTarget(string? target)
    {
        var dot = target?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0 ? Services.FirstOrDefault(service => service.TargetPrefix == target![..dot]) : null;
    }

    private AwsService? ByPath(AwsRequest request) =>
        Services.FirstOrDefault(service =>
            service.Protocol is RestJsonProtocol
            && request.RawPath.StartsWith("/20", StringComparison.Ordinal)
            && service.Operations.Any(operation =>
                operation
                    .Route.Split(' ')[1]
                    .AsSpan(1, 10)
                    .SequenceEqual(request.RawPath.AsSpan(1, Math.Min(10, request.RawPath.Length - 1)))
            )
        );
}
