using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.Sts;

/// <summary>All errors of STS: code, status, message.</summary>
internal static class StsErrors
{
    public static AwsException Validation(string message) => AwsException.Sender("ValidationError", message);

    public static AwsException InvalidRoleArn(string arn) => Validation($"{arn} is invalid");

    public static AwsException DurationExceedsRole() =>
        Validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");

    public static AwsException DurationExceedsChaining() =>
        Validation("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");

    public static AwsException InvalidParameterValue(string message) => AwsException.Sender("InvalidParameterValue", message);

    public static AwsException MalformedPolicyDocument(string message) => AwsException.Sender("MalformedPolicyDocument", message);

    public static AwsException InvalidAuthorizationMessage() =>
        AwsException.Sender("InvalidAuthorizationMessageException", "Message is not valid");

    public static AwsException AccessDenied(string message) => AwsException.Sender("AccessDenied", message, HttpStatusCode.Forbidden);
}
