using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.Shapes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Cloud.Tests.FrontDoor.Protocols;

public sealed class QueryProtocolTests
{
    private static readonly AwsService Service = new()
    {
        Name = "iam",
        Version = "2010-05-08",
        Protocol = new QueryProtocol(),
        XmlNamespace = "https://iam.amazonaws.com/doc/2010-05-08/",
        ValidationErrorCode = "ValidationError",
        Operations =
        [
            new AwsOperation<Thing, Thing>("PutThing", static (thing, _) => thing),
            new AwsOperation<Thing, NoMembers>("DeleteThing", static (_, _) => NoMembers.Instance),
        ],
    };

    public sealed record Thing
    {
        [Length(1, 8)]
        public required string Name { get; init; }

        public IReadOnlyList<Tag>? Tags { get; init; }

        [ItemName("ClusterId")]
        public IReadOnlyList<string>? ClusterIds { get; init; }

        [ItemName("Port", Flattened = true)]
        public IReadOnlyList<int>? Ports { get; init; }

        public IReadOnlyDictionary<string, string>? Attributes { get; init; }

        public DateTimeOffset? CreateDate { get; init; }

        [NotImplemented]
        public string? Boundary { get; init; }
    }

    public sealed record Tag
    {
        public required string Key { get; init; }

        public string? Value { get; init; }
    }

    [Fact]
    public async Task Nested_lists_and_maps_come_in_by_their_dotted_names_and_go_out_as_elements()
    {
        var (status, body) = await SendAsync(
            "Action=PutThing&Version=2010-05-08&Name=a%20b%2Bc&Tags.member.10.Key=z&Tags.member.2.Key=%7B%22x%22%3A+1%7D&Tags.member.2.Value="
                + "&ClusterIds.ClusterId.1=c1&Port.1=5&Port.2=6&Attributes.entry.1.key=k&Attributes.entry.1.value=%3C%26%3E&CreateDate=2025-06-19T11:47:40.5Z"
        );
        Assert.Equal(200, status);
        Assert.Equal(
            """<PutThingResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><PutThingResult><Name>a b+c</Name>"""
                + """<Tags><member><Key>{"x": 1}</Key><Value></Value></member><member><Key>z</Key></member></Tags>"""
                + "<ClusterIds><ClusterId>c1</ClusterId></ClusterIds><Port>5</Port><Port>6</Port>"
                + "<Attributes><entry><key>k</key><value>&lt;&amp;&gt;</value></entry></Attributes><CreateDate>2025-06-19T11:47:40Z</CreateDate>"
                + "</PutThingResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></PutThingResponse>",
            body
        );
    }

    [Fact]
    public async Task An_operation_without_output_has_no_result_element()
    {
        var (_, body) = await SendAsync("Action=DeleteThing&Name=a");
        Assert.Equal(
            """<DeleteThingResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></DeleteThingResponse>""",
            body
        );
    }

    [Theory]
    [InlineData("Action=Nope", "InvalidAction", "Could not find operation Nope for version 2010-05-08")]
    [InlineData(
        "Action=PutThing",
        "ValidationError",
        "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"
    )]
    [InlineData(
        "Action=PutThing&Name=123456789&Tags.member.1.Value=v",
        "ValidationError",
        "2 validation errors detected: Value '123456789' at 'name' failed to satisfy constraint: Member must have length less than "
            + "or equal to 8; "
            + "Value null at 'tags.1.member.key' failed to satisfy constraint: Member must not be null"
    )]
    [InlineData("Action=PutThing&Name=a&Boundary=b", "NotImplemented", "Daybreak does not implement the parameter Boundary of PutThing.")]
    [InlineData(
        "Action=PutThing&Name=a&Nonsense.member.1=b",
        "NotImplemented",
        "Daybreak does not implement the parameter Nonsense of PutThing."
    )]
    [InlineData(
        "Action=PutThing&Name.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q=1",
        "MalformedInput",
        "The parameter Name.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q is nested too deeply"
    )]
    public async Task A_bad_request_is_refused(string form, string code, string message)
    {
        var (_, body) = await SendAsync(form);
        Assert.Contains($"<Code>{code}</Code><Message>{message}</Message>", body, StringComparison.Ordinal);
        Assert.StartsWith(
            """<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>""",
            body,
            StringComparison.Ordinal
        );
        Assert.EndsWith("</Error><RequestId>id-1</RequestId></ErrorResponse>", body, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Body)> SendAsync(string form)
    {
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/";
        http.Request.Method = "POST";
        http.Request.Body = new MemoryStream(Encoding.ASCII.GetBytes(form));
        http.Request.ContentLength = form.Length;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        var request = new AwsRequest(http, "id-1", new());
        try
        {
            var operation = await Service.Protocol.FindOperationAsync(Service, request);
            var record = Service.Protocol.ReadRequest(Service, operation, request);
            RequestValidator.Validate(Service, operation, record);
            var context = new OperationContext("1", "us-east-1", Caller.Root("1", "1"), "id-1", "", CancellationToken.None);
            await Service.Protocol.WriteResponseAsync(Service, operation, await operation.RunAsync(record, context), "id-1", http.Response);
        }
        catch (AwsException error)
        {
            await Service.Protocol.WriteErrorAsync(Service, error, "id-1", http.Response);
        }
        return (http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }
}
