using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws.Signing;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>
/// Signature Version 4 written a second time, straight from its description and only for the good request's shape: it signs what
/// our own signers refuse to sign.
/// </summary>
internal static class ByHand
{
    public static RequestHead Sign(RequestHead request, string payloadHash)
    {
        var date = request.Headers.ToArray().Single(field => field.Is("x-amz-date")).Value;
        const string Scope = "20260217/eu-central-1/lambda/aws4_request";
        var headers = request
            .Headers.ToArray()
            .Where(field => !field.Is("user-agent"))
            .Select(field => (Name: field.Name.ToLowerInvariant(), Value: field.Value.Trim()))
            .OrderBy(field => field.Name, StringComparer.Ordinal)
            .ToList();
        var names = string.Join(';', headers.Select(field => field.Name));
        var target = request.Target.Split('?');
        var canonical = string.Join(
            '\n',
            [
                request.Method,
                target[0].Replace("%", "%25", StringComparison.Ordinal),
                string.Join('&', target[1].Split('&').Order(StringComparer.Ordinal)),
                .. headers.Select(field => $"{field.Name}:{field.Value}"),
                "",
                names,
                payloadHash,
            ]
        );
        var text = $"AWS4-HMAC-SHA256\n{date}\n{Scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Scope
            .Split('/')
            .Aggregate(
                Encoding.UTF8.GetBytes("AWS4" + GoodRequest.Secret),
                (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part))
            );
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        return request.Plus(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{Scope},SignedHeaders={names},Signature={signature}"
        );
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
