using Daybreak.Aws;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// A wire protocol of AWS: everything between HTTP and the typed records of an operation, for every service that speaks it.
/// </summary>
public interface IProtocol
{
    /// <summary>Which operation the request names. Protocols that name it in the body read the body for that.</summary>
    /// <exception cref="AwsException">There is no such operation.</exception>
    ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request);

    /// <summary>Builds the operation's request record. The body has been read.</summary>
    /// <exception cref="AwsException">The request does not parse.</exception>
    object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request);

    ValueTask WriteResponseAsync(AwsService service, AwsOperation operation, object response, string requestId, HttpResponse http);

    ValueTask WriteErrorAsync(AwsService service, AwsException error, string requestId, HttpResponse http);

    /// <summary>The error of this protocol for a refusal by the front door: the code's spelling differs by protocol.</summary>
    AwsException Refuse(Refusal refusal, string message);
}

/// <summary>Why the front door refuses a request before any service sees it.</summary>
public enum Refusal
{
    MissingAuthenticationToken,
    IncompleteSignature,
    UnrecognizedClient,
    InvalidSignature,

    /// <summary>Signed too long ago or too far ahead; only ec2 tells this from a wrong signature.</summary>
    RequestExpired,
    ExpiredToken,
    AccessDenied,
}
