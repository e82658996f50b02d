using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>AWS has this, but Daybreak does not: it is refused by name, with a status that SDKs do not retry.</summary>
public static class NotImplemented
{
    public const string Code = "NotImplemented";

    /// <param name="what">For example <c>the operation PublishVersion of lambda</c>.</param>
    public static AwsException Of(string what) =>
        AwsException.Receiver(Code, $"Daybreak does not implement {what}.", HttpStatusCode.NotImplemented);
}
