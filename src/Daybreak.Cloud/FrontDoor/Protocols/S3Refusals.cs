using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>S3's errors for what the front door refuses.</summary>
internal static class S3Refusals
{
    public static AwsException Of(Refusal refusal, string message) =>
        refusal switch
        {
            Refusal.UnrecognizedClient => Forbidden(
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records."
            ),
            Refusal.InvalidSignature => Forbidden("SignatureDoesNotMatch", message),
            Refusal.RequestExpired => Forbidden("RequestTimeTooSkewed", message),
            Refusal.ExpiredToken => AwsException.Sender("ExpiredToken", "The provided token has expired."),
            Refusal.IncompleteSignature => AwsException.Sender("AuthorizationHeaderMalformed", message),
            _ => Forbidden("AccessDenied", WithQuotes(message)),
        };

    // S3 writes the ARN in quotes.
    private static string WithQuotes(string message)
    {
        const string Before = " on resource: ";
        var start = message.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        if (start < Before.Length)
            return message;
        var end = message.IndexOf(" because ", start, StringComparison.Ordinal);
        if (end < 0)
            end = message.IndexOf(" with an explicit deny", start, StringComparison.Ordinal);
        return end < 0 ? message : $"{message[..start]}\"{message[start..end]}\"{message[end..]}";
    }

    private static AwsException Forbidden(string code, string message) => AwsException.Sender(code, message, HttpStatusCode.Forbidden);
}
