using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>The front door's refusals in EC2's words, which do not say what was wrong with the credentials.</summary>
internal static class Ec2Refusals
{
    public static AwsException Of(Refusal refusal, string message) =>
        refusal switch
        {
            Refusal.RequestExpired or Refusal.ExpiredToken => AwsException.Sender("RequestExpired", "Request has expired."),
            Refusal.AccessDenied => AwsException.Sender("UnauthorizedOperation", message, HttpStatusCode.Forbidden),
            _ => AwsException.Sender(
                "AuthFailure",
                "AWS was not able to validate the provided access credentials",
                HttpStatusCode.Unauthorized
            ),
        };
}
