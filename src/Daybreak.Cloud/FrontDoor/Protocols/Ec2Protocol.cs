using System.Xml;
using Daybreak.Aws;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// The protocol of EC2: form parameters in, XML out, like query but with different names, lists and errors.
/// <see href="https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html"/>
/// </summary>
public sealed class Ec2Protocol : IProtocol
{
    public ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request) =>
        FormRequest.FindOperationAsync(service, request);

    public object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request) =>
        new FormShapeReader(operation, flattenLists: true).Read(FormRequest.Parse(request));

    public ValueTask WriteResponseAsync(AwsService service, AwsOperation operation, object response, string requestId, HttpResponse http)
    {
        http.StatusCode = operation.SuccessStatus;
        return WriteAsync(
            http,
            xml =>
            {
                xml.WriteStartElement($"{operation.Name}Response", service.XmlNamespace);
                xml.WriteTextElement("requestId", requestId);
                new XmlShapeWriter(xml, camelCase: true, itemName: "item").Write(operation.Response, response);
                xml.WriteEndElement();
            }
        );
    }

    public ValueTask WriteErrorAsync(AwsService service, AwsException error, string requestId, HttpResponse http)
    {
        http.StatusCode = (int)error.Status;
        return WriteAsync(
            http,
            xml =>
            {
                xml.WriteStartElement("Response");
                xml.WriteStartElement("Errors");
                xml.WriteStartElement("Error");
                xml.WriteTextElement("Code", error.Code);
                xml.WriteTextElement("Message", error.Message);
                xml.WriteEndElement();
                xml.WriteEndElement();
                xml.WriteTextElement("RequestID", requestId);
                xml.WriteEndElement();
            }
        );
    }

    public AwsException Refuse(Refusal refusal, string message) =>
        Ec2Refusals.Of(refusal, refusal == Refusal.AccessDenied ? $"You are not authorized to perform this operation. {message}" : message);

    private static ValueTask WriteAsync(HttpResponse http, Action<XmlWriter> write) =>
        XmlBody.WriteAsync(http, "text/xml;charset=UTF-8", write);
}
