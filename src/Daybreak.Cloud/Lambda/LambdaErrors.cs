using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Lambda;

/// <summary>Every error of Lambda: code, status, text, form.</summary>
internal static class LambdaErrors
{
    /// <summary>The members of an error's body differ by code.</summary>
    public static JsonErrorForm Form(AwsException error) => error.Code switch
    {
        "ResourceNotFoundException" or "ServiceException" => TypeAndCapitalMessage,
        "InvalidParameterValueException" or "ResourceConflictException" or "TooManyRequestsException" or
            "InvalidRequestContentException" or "PreconditionFailedException" => TypeAndMessage,
        "RequestEntityTooLargeException" or "AccessDeniedException" => CapitalMessage,
        _ => JsonErrorForm.Plain,
    };

    private static readonly JsonErrorForm TypeAndCapitalMessage = new(true, "Message");
    private static readonly JsonErrorForm TypeAndMessage = new(true, "message");
    private static readonly JsonErrorForm CapitalMessage = new(false, "Message");
}
