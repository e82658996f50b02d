using System.Net;
using System.Xml;
using Daybreak.Aws;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// AWS query: form parameters in, XML out. IAM, STS and RDS use it.
/// <see href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html"/>
/// </summary>
public sealed class QueryProtocol : IProtocol
{
    public ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request) =>
        FormRequest.FindOperationAsync(service, request);

    public object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request) =>
        new FormShapeReader(operation, flattenLists: false).Read(FormRequest.Parse(request));

    public ValueTask WriteResponseAsync(AwsService service, AwsOperation operation, object response, string requestId, HttpResponse http)
    {
        http.StatusCode = operation.SuccessStatus;
        return WriteAsync(
            http,
            xml =>
            {
                xml.WriteStartElement($"{operation.Name}Response", service.XmlNamespace);
                if (operation.Response != Shapes.Shape.Of(typeof(NoMembers)))
                {
                    xml.WriteStartElement($"{operation.Name}Result");
                    new XmlShapeWriter(xml, camelCase: false, itemName: "member").Write(operation.Response, response);
                    xml.WriteEndElement();
                }
                xml.WriteStartElement("ResponseMetadata");
                xml.WriteTextElement("RequestId", requestId);
                xml.WriteEndElement();
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
                xml.WriteStartElement("ErrorResponse", service.XmlNamespace);
                xml.WriteStartElement("Error");
                xml.WriteTextElement("Type", error.Fault == FaultSide.Sender ? "Sender" : "Receiver");
                xml.WriteTextElement("Code", error.Code);
                xml.WriteTextElement("Message", error.Message);
                foreach (var (name, value) in error.Members)
                    xml.WriteTextElement(name, value);
                xml.WriteEndElement();
                xml.WriteTextElement("RequestId", requestId);
                xml.WriteEndElement();
            }
        );
    }

    public AwsException Refuse(Refusal refusal, string message) =>
        refusal switch
        {
            Refusal.MissingAuthenticationToken => Forbidden("MissingAuthenticationToken", message),
            Refusal.IncompleteSignature => AwsException.Sender("IncompleteSignature", message),
            Refusal.UnrecognizedClient => Forbidden("InvalidClientTokenId", message),
            Refusal.InvalidSignature or Refusal.RequestExpired => Forbidden("SignatureDoesNotMatch", message),
            Refusal.ExpiredToken => Forbidden("ExpiredToken", message),
            _ => Forbidden("AccessDenied", message),
        };

    private static AwsException Forbidden(string code, string message) => AwsException.Sender(code, message, HttpStatusCode.Forbidden);

    private static ValueTask WriteAsync(HttpResponse http, Action<XmlWriter> write) =>
        XmlBody.WriteAsync(http, "text/xml", write, declared: false);
}
