using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>
/// How S3 refuses. Requests and answers are read and written by the operations themselves, since bodies of objects stream.
/// </summary>
internal sealed class S3Protocol : IProtocol
{
    public ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request) => throw new NotSupportedException();

    public object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request) => throw new NotSupportedException();

    public ValueTask WriteResponseAsync(AwsService service, AwsOperation operation, object response, string requestId, HttpResponse http) =>
        throw new NotSupportedException();

    public async ValueTask WriteErrorAsync(AwsService service, AwsException error, string requestId, HttpResponse http)
    {
        http.StatusCode = (int)error.Status;
        if (HttpMethods.IsHead(http.HttpContext.Request.Method) || http.StatusCode == StatusCodes.Status304NotModified)
            return;
        await S3Xml.WriteAsync(
            http,
            xml =>
            {
                xml.WriteStartElement("Error");
                xml.WriteTextElement("Code", error.Code);
                xml.WriteTextElement("Message", error.Message);
                foreach (var (name, value) in error.Members)
                    xml.WriteTextElement(name, value);
                xml.WriteTextElement("RequestId", requestId);
                xml.WriteTextElement("HostId", http.Headers["x-amz-id-2"].ToString());
                xml.WriteEndElement();
            }
        );
    }

    public AwsException Refuse(Refusal refusal, string message) => S3Refusals.Of(refusal, message);
}
