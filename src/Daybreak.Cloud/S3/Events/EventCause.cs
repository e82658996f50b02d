using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Protocol;

namespace Daybreak.Cloud.S3.Events;

/// <summary>The request that an event follows from.</summary>
/// <param name="PrincipalId">Who sent it, by the unique id.</param>
/// <param name="Address">Where from: an address, or a service.</param>
/// <param name="TraceId">Value of X-Amzn-Trace-Id, by which chains of calls are known.</param>
internal sealed record EventCause(string RequestId, string HostId, string PrincipalId, string Address, string? TraceId)
{
    public static EventCause Of(S3Call call) =>
        new(
            call.Context.RequestId,
            call.Response.Headers["x-amz-id-2"].ToString(),
            IdOf(call.Context.Caller),
            call.Context.Circumstances.TryGet("aws:SourceIp", out var address) ? address.ToString() : "127.0.0.1",
            call.Header("X-Amzn-Trace-Id")
        );

    /// <summary>An event that another service has caused.</summary>
    public static EventCause OfService(string service) =>
        new(
            Convert.ToHexString(RandomNumberGenerator.GetBytes(8)),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)),
            $"AWS:{service}",
            service,
            null
        );

    /// <summary>The customer that an account is to S3.</summary>
    public static string CustomerOf(string accountId) =>
        "A" + Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes($"customer of {accountId}")))[..13];

    private static string IdOf(Caller caller) =>
        caller.Principal switch
        {
            Principal.Anonymous => "Anonymous",
            Principal.Root => CustomerOf(caller.AccountId),
            _ => $"AWS:{caller.UserId}",
        };
}
