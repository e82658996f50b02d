using Daybreak.Aws;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>A wire protocol of AWS: everything between HTTP and the typed records of an operation, for all services that use it.</summary>
public interface IProtocol
{
    /// <summary>Finds the operation that the request names. Protocols that name it in the body read the body first.</summary>
    /// <exception cref="AwsException">There is no such operation.</exception>
    ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request);

    /// <summary>Builds the operation's request record. The body has been read.</summary>
    /// <exception cref="AwsException">The request does not parse.</exception>
    object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request);

    ValueTask WriteResponseAsync(AwsService service, AwsOperation operation, object response, string requestId, HttpResponse http);

    ValueTask WriteErrorAsync(AwsService service, AwsException error, string requestId, HttpResponse http);

    /// <summary>Returns this protocol's error for a refusal by the front door; protocols spell the code differently.</summary>
    AwsException Refuse(Refusal refusal, string message);
}

/// <summary>The reason why the front door refuses a request before it reaches a service.</summary>
public enum Refusal
{
    MissingAuthenticationToken,
    IncompleteSignature,
    UnrecognizedClient,
    InvalidSignature,

    /// <summary>Signed too long ago or too far in the future; only ec2 distinguishes this from a wrong signature.</summary>
    RequestExpired,
    ExpiredToken,
    AccessDenied,
}
