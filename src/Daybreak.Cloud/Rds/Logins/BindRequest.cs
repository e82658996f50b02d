using System.Formats.Asn1;
using System.Text;

namespace Daybreak.Cloud.Rds.Logins;

/// <summary>
/// A simple bind of LDAP version 3 (RFC 4511, section 4.2), the only message of LDAP that a server sends with a password.
/// </summary>
/// <param name="Id">Of the message.</param>
internal sealed record BindRequest(long Id, string Name, string Password)
{
    private const int Version = 3;
    private static readonly Asn1Tag Bind = new(TagClass.Application, 0, isConstructed: true);
    private static readonly Asn1Tag Bound = new(TagClass.Application, 1, isConstructed: true);
    private static readonly Asn1Tag Simple = new(TagClass.ContextSpecific, 0);

    private enum ResultCode
    {
        Success = 0,
        InvalidCredentials = 49,
    }

    /// <summary>Whether the bytes begin with a whole message.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) =>
        AsnDecoder.TryReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out _, out _);

    /// <returns>Null for anything else.</returns>
    public static BindRequest? TryParse(ReadOnlyMemory<byte> message)
    {
        try
        {
            var outer = new AsnReader(message, AsnEncodingRules.BER).ReadSequence();
            if (!outer.TryReadInt64(out var id))
                return null;
            var bind = outer.ReadSequence(Bind);
            if (!bind.TryReadInt32(out var version) || version != Version)
                return null;
            return new BindRequest(id, Utf8(bind.ReadOctetString()), Utf8(bind.ReadOctetString(Simple)));
        }
        catch (Exception error) when (error is AsnContentException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <param name="refusal">Why not, which the server writes into its log; null: the password is right.</param>
    public byte[] Answer(string? refusal)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(Id);
            using (writer.PushSequence(Bound))
            {
                writer.WriteEnumeratedValue(refusal is null ? ResultCode.Success : ResultCode.InvalidCredentials);
                writer.WriteOctetString([]);
                writer.WriteOctetString(Encoding.UTF8.GetBytes(refusal ?? ""));
            }
        }
        return writer.Encode();
    }

    private static string Utf8(byte[] bytes) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
}
