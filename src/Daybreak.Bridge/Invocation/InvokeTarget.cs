using System.Net;
using System.Text;
using Daybreak.Aws;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// The meaning of a call's arguments, without payload and client context: the endpoint and the request. It is immutable and shared by all
/// calls with the same arguments, so everything possible is encoded beforehand.
/// </summary>
public sealed class InvokeTarget
{
    /// <summary>The API's limits on the request, in bytes (Lambda quotas).</summary>
    public const int MaxSynchronousPayload = 6_291_456;

    public const int MaxEventPayload = 1_048_576;

    public InvokeTarget(FunctionName function, string? qualifier, AwsRegion region, EndpointChoice at, InvocationType type, LogType log)
    {
        (Function, Qualifier, Region, Type, Log, Endpoint) = (function, qualifier, region, type, log, at.Endpoint);
        Path = Encoding.ASCII.GetBytes($"{at.PathPrefix}/2015-03-31/functions/{Uri.EscapeDataString(function.Unqualified)}/invocations");
        Query = Encoding.ASCII.GetBytes(qualifier is null ? "" : $"Qualifier={Uri.EscapeDataString(qualifier)}");
        Host = Encoding.ASCII.GetBytes(at.Endpoint.Authority);
        TypeWord = Encoding.ASCII.GetBytes(type.ToString());
        LogWord = Encoding.ASCII.GetBytes(log.ToString());
        IsLocal =
            !at.Endpoint.Tls
            && (
                at.Endpoint.Host == "localhost" || (IPAddress.TryParse(at.Endpoint.Host, out var address) && IPAddress.IsLoopback(address))
            );
    }

    public FunctionName Function { get; }

    /// <summary>The version or alias, from whichever argument it came.</summary>
    public string? Qualifier { get; }

    public AwsRegion Region { get; }
    public InvocationType Type { get; }
    public LogType Log { get; }
    public HttpEndpoint Endpoint { get; }

    /// <summary>As in the request line, percent-encoded; ASCII.</summary>
    public ReadOnlyMemory<byte> Path { get; }

    /// <summary>Without the question mark; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Query { get; }

    public ReadOnlyMemory<byte> Host { get; }
    public ReadOnlyMemory<byte> TypeWord { get; }
    public ReadOnlyMemory<byte> LogWord { get; }

    /// <summary>Whether it can only be a local AWS: plain HTTP, on this machine.</summary>
    public bool IsLocal { get; }

    public int MaxPayload => Type == InvocationType.Event ? MaxEventPayload : MaxSynchronousPayload;

    /// <summary>
    /// The function's ARN for errors. When the function is called by name, the account is that of the credentials; when that is not known,
    /// only the name is shown.
    /// </summary>
    public string ShownArn(string? accountOfCredentials)
    {
        var name = Qualifier is null ? Function.Name : $"{Function.Name}:{Qualifier}";
        var account = Function.AccountId ?? accountOfCredentials;
        return account is null ? name : $"arn:{Function.Partition ?? Region.Partition.Name}:lambda:{Region.Code}:{account}:function:{name}";
    }
}
