using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Lambda.Functions;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>
/// Serves Code.Location of GetFunction: a URL on this server's port that works without credentials for ten minutes, like AWS's
/// presigned URL of a bucket. Its signature is valid for this process only.
/// </summary>
internal sealed class CodeDownloads(CodeStore codes, TimeProvider time)
{
    public const string Path = "/_daybreak/code";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public string UrlOf(FunctionCode code, string endpoint)
    {
        var expires = time.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{endpoint}{Path}?sha256={Uri.EscapeDataString(code.Sha256)}&expires={expires}"
            + $"&signature={Convert.ToHexStringLower(Sign(code.Sha256, expires))}";
    }

    /// <summary>
    /// Answers GET with the zip, with 403 when the signature is invalid or has expired, and with 404 when no function or layer has that
    /// package any more.
    /// </summary>
    public async Task HandleAsync(HttpContext http)
    {
        var query = http.Request.Query;
        string sha256 = query["sha256"].ToString(),
            expires = query["expires"].ToString();
        if (!IsGenuine(sha256, expires, query["signature"].ToString()))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        var path = codes.ZipOf(sha256);
        if (!File.Exists(path))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        await using var file = File.OpenRead(path);
        http.Response.ContentType = "application/zip";
        http.Response.ContentLength = file.Length;
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private bool IsGenuine(string sha256, string expires, string signature)
    {
        var given = new byte[32];
        return signature.Length == 64
            && Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, Sign(sha256, expires))
            && time.GetUtcNow().ToUnixTimeSeconds() < long.Parse(expires, CultureInfo.InvariantCulture);
    }

    private byte[] Sign(string sha256, string expires) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{sha256}\n{expires}"));
}
