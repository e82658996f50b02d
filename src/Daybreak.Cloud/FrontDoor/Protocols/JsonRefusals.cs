using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Codes of the front door's refusals in the JSON protocols.</summary>
internal static class JsonRefusals
{
    /// <param name="status">403 for REST, 400 for json-1.1.</param>
    public static AwsException Of(Refusal refusal, string message, HttpStatusCode status) =>
        AwsException.Sender(
            refusal switch
            {
                Refusal.MissingAuthenticationToken => "MissingAuthenticationTokenException",
                Refusal.IncompleteSignature => "IncompleteSignatureException",
                Refusal.UnrecognizedClient => "UnrecognizedClientException",
                Refusal.InvalidSignature or Refusal.RequestExpired => "InvalidSignatureException",
                Refusal.ExpiredToken => "ExpiredTokenException",
                _ => "AccessDeniedException",
            },
            refusal == Refusal.MissingAuthenticationToken ? "Missing Authentication Token" : message,
            status
        );
}
