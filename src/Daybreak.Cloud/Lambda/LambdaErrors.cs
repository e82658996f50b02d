using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda;

/// <summary>Every error of Lambda: its code, status, text and form.</summary>
internal static class LambdaErrors
{
    private const string InvalidParameterValue = "InvalidParameterValueException";
    private const string RequestEntityTooLarge = "RequestEntityTooLargeException";

    private static readonly JsonErrorForm TypeAndCapitalMessage = new(true, "Message");
    private static readonly JsonErrorForm TypeAndMessage = new(true, "message");
    private static readonly JsonErrorForm CapitalMessage = new(false, "Message");

    private const string TooMuchReserved = "Specified ReservedConcurrentExecutions for function decreases";
    private const string TooMuchProvisioned = "Specified ConcurrentExecutions for function ";
    private const string TooLittleReserved = " ReservedConcurrentExecutions  ";
    private const string LatestCannotBeRouted = "$LATEST is not supported for an alias pointing to more than 1 version";

    /// <summary>How the texts begin to which AWS adds no type, unlike to the others of their code.</summary>
    private static readonly string[] WithoutType = [LatestCannotBeRouted, TooMuchReserved, TooMuchProvisioned, TooLittleReserved];

    /// <summary>The members of an error's body differ by code.</summary>
    public static JsonErrorForm Form(AwsException error) =>
        error.Code switch
        {
            "ResourceNotFoundException" or "ServiceException" => TypeAndCapitalMessage,
            InvalidParameterValue when WithoutType.Any(text => error.Message.StartsWith(text, StringComparison.Ordinal)) =>
                JsonErrorForm.Plain,
            InvalidParameterValue
            or "ResourceConflictException"
            or "TooManyRequestsException"
            or "InvalidRequestContentException"
            or "PreconditionFailedException"
            or "ProvisionedConcurrencyConfigNotFoundException" => TypeAndMessage,
            RequestEntityTooLarge or "AccessDeniedException" => CapitalMessage,
            _ => JsonErrorForm.Plain,
        };

    // Which function
    public static AwsException FunctionNotFound(string arn) => NotFound($"Function not found: {arn}");

    public static AwsException OtherRegion(string asked, string here) =>
        NotFound($"Functions from '{asked}' are not reachable in this region ('{here}')");

    public static AwsException QualifierMismatch() =>
        Invalid("The derived qualifier from the function name does not match the specified qualifier.");

    public static AwsException NameTooLong(string name) =>
        Invalid(
            $"1 validation error detected: Value '{name}' at 'functionName' failed to satisfy constraint: Member must have length "
                + "less than or equal to 64"
        );

    /// <summary>A function cannot be created in another account. AWS's error has no message.</summary>
    public static AwsException OtherAccount() => AwsException.Sender("AccessDeniedException", "", HttpStatusCode.Forbidden);

    public static AwsException QualifiedName(string name) => Invalid($"The function name '{name}' must not carry a qualifier here.");

    public static AwsException FunctionExists(string name) => Conflict($"Function already exist: {name}");

    public static AwsException LatestCannotBeDeleted() => Invalid("$LATEST version cannot be deleted without deleting the function.");

    public static AwsException AliasDeletion() => Invalid("Deletion of aliases is not currently supported.");

    public static AwsException VersionHasAliases(IEnumerable<string> aliases) =>
        Conflict(
            "Unable to delete version because the following aliases reference it: "
                + $"[{string.Join(", ", aliases.Order(StringComparer.Ordinal))}]"
        );

    public static AwsException OtherCode(string asked, string current) =>
        Invalid(
            $"CodeSHA256 ({asked}) is different from current CodeSHA256 in $LATEST ({current}). Please try again with the CodeSHA256 in "
                + "$LATEST."
        );

    public static AwsException StaleRevision() => StaleRevision("GetFunction/GetAlias");

    public static AwsException InvalidMarker() => Invalid("The marker is invalid.");

    // Aliases
    public static AwsException NoSuchAlias(string arn) => NotFound($"Cannot find alias arn: {arn}");

    /// <summary>The same for an update.</summary>
    public static AwsException UnknownAlias(string arn) => NotFound($"Alias not found: {arn}");

    public static AwsException AliasExists(string arn) => Conflict($"Alias already exists: {arn}");

    public static AwsException TooManyWeights() => Invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");

    public static AwsException VersionRoutedTwice(string version) =>
        Invalid($"Invalid function version {version}. Function version {version} is already included in routing configuration.");

    public static AwsException LatestRouted() => Invalid(LatestCannotBeRouted);

    // Configuration
    public static AwsException RuntimeAndHandlerMandatory() =>
        Invalid("Runtime and Handler are mandatory parameters for functions created with deployment packages.");

    public static AwsException UnknownRuntime(string runtime, IEnumerable<string> known) =>
        Invalid(
            $"Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
                + $"[{string.Join(", ", known)}] or be a valid ARN"
        );

    public static AwsException RetiredRuntime(string runtime) =>
        Invalid(
            $"The runtime parameter of {runtime} is no longer supported for creating or updating AWS Lambda functions. We "
                + "recommend you use a supported runtime while creating or updating functions."
        );

    /// <summary>This error is not AWS's: unlike AWS, this machine may lack a runtime.</summary>
    public static AwsException MissingProgram(string runtime, string program) =>
        Invalid(
            $"The runtime {runtime} needs the program {program}, which this machine lacks. Install it, on Debian or Ubuntu with: "
                + $"apt-get install {Runtimes.PackageOf(program)}"
        );

    public static AwsException EnvironmentTooLarge(string measured) =>
        Invalid(
            "Lambda was unable to configure your environment variables because the environment variables you have provided "
                + $"exceeded the 4KB limit. String measured: {measured}"
        );

    public static AwsException ReservedVariables(IEnumerable<string> names) =>
        Invalid(
            "Lambda was unable to configure your environment variables because the environment variables you have provided contains "
                + "reserved keys that are "
                + $"currently not supported for modification. Reserved keys used in this request: {string.Join(", ", names)}"
        );

    public static AwsException LogLevelOfText() =>
        Invalid(
            "Log level is not supported when LogFormat is set to \"Text\". Remove log level from your request or change the LogFormat to "
                + "\"JSON\" and try again."
        );

    public static AwsException NoSnapStart(string runtime) => Invalid($"{runtime} is not supported for SnapStart enabled functions.");

    public static AwsException RuntimeVersionNeeded() =>
        Invalid("You must specify a RuntimeVersionArn when UpdateRuntimeOn is set to Manual.");

    public static AwsException RuntimeVersionNotNeeded() =>
        Invalid("You can specify a RuntimeVersionArn only when UpdateRuntimeOn is set to Manual.");

    // Code
    public static AwsException NoCode() => Invalid("Please provide a source for function code.");

    /// <summary>The error for a package that S3 does not hand out.</summary>
    public static AwsException OfS3(AwsException error, string bucket, string key)
    {
        var reason = $"S3 Error Code: {error.Code}. S3 Error Message: {error.Message}";
        return error.Fault == FaultSide.Receiver ? error
            : error.Code == "AccessDenied"
                ? AwsException.Sender(
                    "AccessDeniedException",
                    "Your access has been denied by S3, please make sure your request credentials have permission to GetObject for "
                        + $"{bucket}/{key}. {reason}",
                    HttpStatusCode.Forbidden
                )
            : Invalid($"Error occurred while GetObject. {reason}");
    }

    public static AwsException ImageForZip() => Invalid("Please don't provide ImageUri when updating a function with packageType Zip.");

    public static AwsException BadZip() => Invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");

    public static AwsException EmptyZip() => Invalid("Uploaded file must be a non-empty zip");

    public static AwsException UnzippedTooLarge() =>
        Invalid($"Unzipped size must be smaller than {AccountSettings.CodeSizeUnzipped} bytes");

    public static AwsException ZippedTooLarge() => TooLarge($"Zipped size must be smaller than {AccountSettings.CodeSizeZipped} bytes");

    public static AwsException RequestTooLarge(long limit, string operation) =>
        TooLarge($"Request must be smaller than {limit} bytes for the {operation} operation");

    // Layers
    public static AwsException NoLayerVersionNumber() => Invalid("Layer Version Cannot be less than 1");

    public static AwsException LayerVersionNotFound(string arn) => NotFound($"Layer version {arn} does not exist.");

    /// <summary>The same of a layer that a function is to have.</summary>
    public static AwsException LayerVersionMissing(string arn) => Invalid($"Layer version {arn} does not exist.");

    public static AwsException LayersOfOtherRegion(string region) =>
        Invalid($"Layers are not in the same region as the function. Layers are expected to be in region {region}.");

    public static AwsException TooManyLayers(int most) => Invalid($"Cannot reference more than {most} layers.");

    public static AwsException SameLayerTwice(string one, string other) =>
        Invalid(
            "Two different versions of the same layer are not allowed to be referenced in the same function. "
                + $"{one} and {other} are versions of the same layer."
        );

    public static AwsException LayersTooLarge() =>
        Invalid($"Layers consume more than the available size of {AccountSettings.CodeSizeUnzipped} bytes");

    public static AwsException TooLargeWithLayers(long size) =>
        Invalid(
            $"Function code combined with layers exceeds the maximum allowed size of {AccountSettings.CodeSizeUnzipped} bytes. The actual "
                + $"size is {size} bytes."
        );

    // VPCs
    public static AwsException SubnetsWithoutGroups() => Invalid("SubnetIds and SecurityIds must coexist or be both empty list.");

    /// <summary>An error of EC2 that Lambda passes on.</summary>
    public static AwsException OfEc2(string operation, AwsException error) =>
        Invalid($"Error occurred while {operation}. EC2 Error Code: {error.Code}. EC2 Error Message: {error.Message}");

    public static AwsException SubnetsOfSeveralVpcs() => Invalid("Subnets are required to be in the same VPC.");

    public static AwsException GroupsOfOtherVpc() => Invalid("Security Groups are required to be in the same VPC.");

    public static AwsException RoleMayNot(string operation) =>
        Invalid($"The provided execution role does not have permissions to call {operation} on EC2");

    public static AwsException MayNotDescribe(string operation, IReadOnlyList<string> ids) =>
        AwsException.Sender(
            "AccessDeniedException",
            $"Your access has been denied by EC2, please make sure your request credentials have permission to {operation} for "
                + $"{string.Join(", ", ids)}. EC2 Error Code: UnauthorizedOperation. EC2 Error Message: You are not authorized to perform "
                + "this operation.",
            HttpStatusCode.Forbidden
        );

    public static AwsException SubnetsWithoutAddress() =>
        AwsException.Receiver(
            "SubnetIPAddressLimitReachedException",
            "Lambda was not able to set up VPC access for the Lambda function because one or more configured subnets has no available IP "
                + "addresses.",
            HttpStatusCode.BadGateway
        );

    // Invoke
    public static AwsException PayloadTooLarge(long length, string invocationType, long limit) =>
        TooLarge($"{length} byte payload is too large for the {invocationType} invocation type (limit {limit} bytes)");

    public static AwsException InvalidPayload(string parserText, long line, long column) =>
        InvalidContent(
            $"Could not parse request body into json: Could not parse payload into json: {parserText}\n"
                + $" at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {line}, column: {column}]"
        );

    public static AwsException InvalidClientContext() => InvalidContent("Client context must be a valid Base64-encoded JSON object.");

    public static AwsException FunctionThrottled() => Throttled("ReservedFunctionConcurrentInvocationLimitExceeded");

    public static AwsException AccountThrottled() => Throttled("ConcurrentInvocationLimitExceeded");

    // Concurrency
    public static AwsException FunctionOnly() =>
        Invalid(
            "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify "
                + "either a function name or an unqualified function ARN."
        );

    public static AwsException TooFewUnreserved(int least) =>
        Invalid($"{TooMuchReserved} account's UnreservedConcurrentExecution below its minimum value of [{least}].");

    public static AwsException LessReservedThanProvisioned(int reserved, int provisioned) =>
        Invalid($"{TooLittleReserved}{reserved} should not be lower than function's total provisioned concurrency [{provisioned}].");

    public static AwsException MoreProvisionedThanReserved() =>
        Invalid("Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function");

    public static AwsException MoreProvisionedThanUnreserved(int left) =>
        Invalid($"{TooMuchProvisioned}is greater than account's unreserved concurrency [{left}].");

    public static AwsException TooFewUnreservedForProvisioned(int least) =>
        Invalid($"{TooMuchProvisioned}decreases account's UnreservedConcurrentExecution below its minimum value of [{least}].");

    public static AwsException UnpublishedProvisioned() =>
        Invalid("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");

    public static AwsException NeitherAliasNorVersion() =>
        Invalid("The function resource provided must be an alias or a published version.");

    public static AwsException VersionIsProvisioned() =>
        Conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");

    public static AwsException AliasIsProvisioned() => Conflict("Version is pointed by a Provisioned Concurrency alias");

    public static AwsException ProvisionedWithWeights() => Invalid("Alias with weights can not be used with Provisioned Concurrency");

    public static AwsException NothingProvisioned() =>
        AwsException.Sender(
            "ProvisionedConcurrencyConfigNotFoundException",
            "No Provisioned Concurrency Config found for this function",
            HttpStatusCode.NotFound
        );

    // Events
    public static AwsException NoFunctionForEvents() => NotFound("The function doesn't exist.");

    public static AwsException NoEventInvokeConfig(string arn) => NotFound($"The function {arn} doesn't have an EventInvokeConfig");

    public static AwsException NoEventSettings() => Invalid("You must specify at least one of error handling or destination setting.");

    public static AwsException OwnDestination() => Invalid("You can't specify the function as a destination for itself.");

    public static AwsException InvalidDestination(string arn) => Invalid($"The destination ARN {arn} is invalid.");

    public static AwsException InvalidDestinations(string? onSuccess, string? onFailure) =>
        Invalid(
            "The provided destination config DestinationConfig("
                + $"onSuccess={(onSuccess is null ? "null" : $"OnSuccess(destination={onSuccess})")}, "
                + $"onFailure={(onFailure is null ? "null" : $"OnFailure(destination={onFailure})")}) is invalid."
        );

    public static AwsException RoleMayNot(string operation, string arn) =>
        Invalid($"The function's execution role does not have permissions to call {operation} on {arn}");

    public static AwsException RoleMayNotSendDeadLetters(string operation, string service) =>
        Invalid($"The provided execution role does not have permissions to call {operation} on {service}");

    /// <summary>AWS's text is not known.</summary>
    public static AwsException InvalidDeadLetterTarget(string arn) =>
        Invalid($"The provided dead letter config DeadLetterConfig(targetArn={arn}) is invalid.");

    /// <summary>AWS's text is not known.</summary>
    public static AwsException Recursion(string arn) =>
        AwsException.Sender("RecursiveInvocationException", $"The function {arn} was invoked in a recursive loop, which has been stopped.");

    // Permissions
    public static AwsException InvalidPrincipal() =>
        Invalid("The provided principal was invalid. Please check the principal and try again.");

    public static AwsException LatestHasNoPolicy() => Invalid("We currently do not support adding policies for $LATEST.");

    public static AwsException StatementExists(string sid) =>
        Conflict($"The statement id ({sid}) provided already exists. Please provide a new statement id, or remove the existing statement.");

    public static AwsException PolicyTooLong(int length, int limit) =>
        AwsException.Sender("PolicyLengthExceededException", $"The final policy size ({length}) is bigger than the limit ({limit}).");

    public static AwsException NoSuchResource() => NotFound("The resource you requested does not exist.");

    public static AwsException NoPolicyFor(string arn) => NotFound($"No policy found for: {arn}");

    public static AwsException NoPolicyAssociated() => NotFound("No policy is associated with the given resource.");

    public static AwsException NoSuchStatement(string sid) => NotFound($"Statement {sid} is not found in resource policy.");

    public static AwsException StalePolicyRevision() => StaleRevision("GetPolicy");

    public static AwsException StaleLayerPolicyRevision() => StaleRevision("GetLayerPolicy");

    // URLs
    public static AwsException UrlExists(string arn) =>
        Conflict(
            $"Failed to create function url config for [functionArn = {arn}]. Error message:  "
                + "FunctionUrlConfig exists for this Lambda function"
        );

    public static AwsException NoFunctionForUrl() => NotFound("Function does not exist");

    public static AwsException UrlBodyTooLarge(long length) =>
        TooLarge($"{length} byte payload is too large for a function URL (limit {Invoking.Invocations.SynchronousLimit} bytes)");

    // Tags
    public static AwsException TagsOnQualified() =>
        Invalid("Tags on function aliases and versions are not supported. Please specify a function ARN.");

    public static AwsException TooManyTags() => Invalid("Number of tags exceeds resource tag limit.");

    public static AwsException NoTags() => Invalid("An error occurred and the request cannot be processed.");

    private static AwsException StaleRevision(string operation) =>
        AwsException.Sender(
            "PreconditionFailedException",
            $"The Revision Id provided does not match the latest Revision Id. Call the {operation} API to retrieve the latest Revision Id",
            HttpStatusCode.PreconditionFailed
        );

    private static AwsException Throttled(string reason) =>
        new("TooManyRequestsException", "Rate Exceeded.", HttpStatusCode.TooManyRequests, FaultSide.Sender)
        {
            Members = [new("Reason", reason)],
            RetryAfterSeconds = 1,
        };

    private static AwsException NotFound(string message) =>
        AwsException.Sender("ResourceNotFoundException", message, HttpStatusCode.NotFound);

    private static AwsException Invalid(string message) => AwsException.Sender(InvalidParameterValue, message);

    private static AwsException Conflict(string message) =>
        AwsException.Sender("ResourceConflictException", message, HttpStatusCode.Conflict);

    private static AwsException InvalidContent(string message) => AwsException.Sender("InvalidRequestContentException", message);

    private static AwsException TooLarge(string message) =>
        AwsException.Sender(RequestEntityTooLarge, message, HttpStatusCode.RequestEntityTooLarge);
}
