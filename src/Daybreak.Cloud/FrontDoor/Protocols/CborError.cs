using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// An error in the form of rpc-v2-cbor, which newer SDKs use for some services: a map of two texts (RFC 8949).
/// <see href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html"/>
/// </summary>
internal static class CborError
{
    private const string Protocol = "rpc-v2-cbor";
    private const string ProtocolHeader = "smithy-protocol";
    private const byte MapOfTwo = 0xA2;
    private const byte TextOfTwoLengthBytes = 0x79;

    public static bool IsSpokenBy(AwsRequest request) => request.Header(ProtocolHeader) == Protocol;

    public static ValueTask WriteAsync(string code, string message, HttpResponse http)
    {
        http.Headers[ProtocolHeader] = Protocol;
        return RawBody.WriteAsync(
            http,
            "application/cbor",
            (byte[])[MapOfTwo, .. Text("__type"), .. Text(code), .. Text("message"), .. Text(message)]
        );
    }

    private static byte[] Text(string text)
    {
        var bytes = new byte[3 + Math.Min(Encoding.UTF8.GetByteCount(text), ushort.MaxValue)];
        bytes[0] = TextOfTwoLengthBytes;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1), (ushort)(bytes.Length - 3));
        Encoding.UTF8.GetEncoder().Convert(text, bytes.AsSpan(3), flush: true, out _, out _, out _);
        return bytes;
    }
}
