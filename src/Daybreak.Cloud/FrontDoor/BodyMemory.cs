using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>The memory of the bodies of all requests: those being received, and those whose answers are not written yet.</summary>
/// <param name="limit">In bytes.</param>
public sealed class BodyMemory(long limit = BodyMemory.Limit)
{
    /// <summary>80 payloads of the largest size at the same time. Buffers that are not full may take half as much again.</summary>
    public const long Limit = 512L * 1024 * 1024;

    /// <summary>The part of each body that is not counted.</summary>
    public const int Uncounted = 64 * 1024;

    private long _held;

    /// <exception cref="AwsException">There is not enough memory. SDKs repeat the request later.</exception>
    public void Take(long bytes)
    {
        // Not added first and taken back: others would be refused for what this one does not get.
        for (var held = Volatile.Read(ref _held); held + bytes <= limit; )
        {
            var seen = Interlocked.CompareExchange(ref _held, held + bytes, held);
            if (seen == held)
                return;
            held = seen;
        }
        throw AwsException.Receiver(
            "ServiceUnavailable",
            $"The bodies of current requests take more than {limit} bytes.",
            HttpStatusCode.ServiceUnavailable
        );
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _held, -bytes);
}
