using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>What the bodies of all requests hold together: those that arrive, and those whose answers are not written yet.</summary>
/// <param name="limit">In bytes.</param>
public sealed class BodyMemory(long limit = BodyMemory.Limit)
{
    /// <summary>80 payloads of the greatest length at a time. Half as much again may be taken by buffers that are not full.</summary>
    public const long Limit = 512L * 1024 * 1024;

    /// <summary>Of each body.</summary>
    public const int Uncounted = 64 * 1024;

    private long _held;

    /// <exception cref="AwsException">There is no more. SDKs repeat the request later.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= limit)
            return;
        GiveBack(bytes);
        throw AwsException.Receiver(
            "ServiceUnavailable",
            $"The bodies of requests that are under way hold more than {limit} bytes.",
            HttpStatusCode.ServiceUnavailable
        );
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _held, -bytes);
}
