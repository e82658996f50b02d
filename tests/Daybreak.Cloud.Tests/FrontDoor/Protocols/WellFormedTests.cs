using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Cloud.Tests.FrontDoor.Protocols;

/// <summary>Whatever is inside of an answer, a client can read it.</summary>
public sealed class WellFormedTests
{
    private const string Odd =
        "a\0\u0001\b\u000B\f\u001F\t\n \u007F\u0085\uD800\uDBFF\uDC00\uDFFF\uFFFE\uFFFF\uFFFD\u2028&<>]'\"\u00E9\u4E2D";

    public static TheoryData<string> Protocols => ["query", "ec2", "rest-json"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Every_answer_and_error_is_read_back_with_only_the_unwritable_replaced(string protocol)
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var text = new string(Enumerable.Range(0, random.Next(12)).Select(_ => Odd[random.Next(Odd.Length)]).ToArray());
            var service = Service(protocol);
            var answer = new Thing
            {
                Name = text,
                Names = [text, "b"],
                ByName = new Dictionary<string, string> { [text] = text },
            };
            var written = await WrittenAsync(http =>
                service.Protocol.WriteResponseAsync(service, service.Operations[0], answer, "id", http)
            );
            var error = AwsException.Sender("Code", "m" + text);
            var refused = await WrittenAsync(http => service.Protocol.WriteErrorAsync(service, error, "id", http));
            if (protocol == "rest-json")
            {
                var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // half a surrogate pair is replaced
                using var json = JsonDocument.Parse(written);
                Assert.Equal(expected, json.RootElement.GetProperty("Name").GetString());
                Assert.Equal(expected, json.RootElement.GetProperty("ByName").EnumerateObject().Single().Name);
                using var message = JsonDocument.Parse(refused);
                Assert.Equal("m" + expected, message.RootElement.GetProperty("message").GetString());
            }
            else
            {
                var expected = Expected(text);
                Assert.Equal(
                    expected,
                    XDocument
                        .Parse(written, LoadOptions.PreserveWhitespace)
                        .Descendants()
                        .First(element => element.Name.LocalName.Equals("name", StringComparison.OrdinalIgnoreCase))
                        .Value
                );
                Assert.Equal(
                    "m" + expected,
                    XDocument
                        .Parse(refused, LoadOptions.PreserveWhitespace)
                        .Descendants()
                        .Single(element => element.Name.LocalName == "Message")
                        .Value
                );
            }
        }
    }

    [Theory]
    [InlineData("rest-xml", "Accept", "*/*")]
    [InlineData("query", "Content-Type", "application/x-www-form-urlencoded; charset=\u00E9")]
    [InlineData("json", "X-Amz-Target", "Unknown.Operation")]
    [InlineData("json", "Content-Type", "application/x-amz-json-1.0\u00E9")]
    [InlineData("rest-json", "Content-Type", "application/json")]
    [InlineData("cbor", "smithy-protocol", "rpc-v2-cbor")]
    public async Task The_refusal_of_a_service_that_is_not_here_is_read_back_in_every_protocol(string protocol, string header, string value)
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            // CBOR counts bytes: some texts are longer than a byte tells.
            var text = new string(
                Enumerable.Range(0, random.Next(round % 10 == 0 ? 400 : 12)).Select(_ => Odd[random.Next(Odd.Length)]).ToArray()
            );
            var request = new DefaultHttpContext();
            request.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/bucket/key";
            request.Request.Headers[header] = value;
            using var asked = new AwsRequest(request, "id", new BodyMemory());
            var written = await WrittenAsync(http => UnknownService.WriteErrorAsync(asked, NotImplemented.Of(text), http));
            var expected =
                "Daybreak does not implement "
                + $"{(protocol is "query" or "rest-xml" ? Expected(text) : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))}.";
            Assert.Equal(
                expected,
                protocol switch
                {
                    "query" or "rest-xml" => XDocument
                        .Parse(written, LoadOptions.PreserveWhitespace)
                        .Descendants()
                        .Single(element => element.Name.LocalName == "Message")
                        .Value,
                    // A map of two, then four texts: a byte of kind and two of length each.
                    "cbor" => written[(1 + 3 + "__type".Length + 3 + "NotImplemented".Length + 3 + "message".Length)..] is var last
                    && last[0] == 'y'
                        ? last[^expected.Length..]
                        : "",
                    _ => JsonDocument.Parse(written).RootElement.GetProperty("message").GetString(),
                }
            );
        }
    }

    /// <summary>Character by character, by the production Char of XML 1.0.</summary>
    private static string Expected(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(static rune =>
                    rune.Value is '\t' or '\n' or (>= 0x20 and < 0xD800) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000
                        ? rune.ToString()
                        : "\uFFFD"
                )
        );

    private static AwsService Service(string protocol) =>
        new()
        {
            Name = "thing",
            Protocol = protocol switch
            {
                "query" => new QueryProtocol(),
                "ec2" => new Ec2Protocol(),
                _ => new RestJsonProtocol(),
            },
            Version = "1",
            XmlNamespace = "urn:thing",
            Operations = [new AwsOperation<Thing, Thing>("PutThing", static (thing, _) => thing)],
        };

    private static async Task<string> WrittenAsync(Func<HttpResponse, ValueTask> write)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await write(http.Response);
        // What Kestrel refuses in a header.
        Assert.All(
            http.Response.Headers,
            header => Assert.DoesNotContain(header.Value.ToString(), static letter => letter is < ' ' or > '~')
        );
        await http.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    public sealed record Thing
    {
        public string? Name { get; init; }

        public IReadOnlyList<string>? Names { get; init; }

        public IReadOnlyDictionary<string, string>? ByName { get; init; }
    }
}
