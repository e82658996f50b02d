using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.Forwarding;

/// <summary>Errors of requests that cannot be sent on.</summary>
internal static class ForwardErrors
{
    public static AwsException Unavailable(string message, Exception? cause = null) =>
        AwsException.Receiver("ServiceUnavailable", message, HttpStatusCode.ServiceUnavailable, cause);

    public static AwsException Loop(string service, Uri url) =>
        AwsException.Receiver(
            "LoopDetected",
            $"{service} is sent on to {url}, from where the request came back to this local AWS.",
            HttpStatusCode.LoopDetected
        );

    public static AwsException TooLarge(long length) =>
        AwsException.Sender(
            "RequestEntityTooLargeException",
            $"Request of {length} bytes is too large",
            HttpStatusCode.RequestEntityTooLarge
        );
}
