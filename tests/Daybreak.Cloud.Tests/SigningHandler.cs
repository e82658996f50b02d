using System.Net.Http.Headers;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.Tests;

/// <summary>
/// Signs what an <see cref="HttpClient"/> sends, as the SDKs do, by the <c>Credential</c> of the request's Authorization; a request
/// without one goes out unsigned.
/// </summary>
/// <param name="time">The clock of the cloud, when it is not the machine's.</param>
/// <param name="secret">The secret of the access key.</param>
public sealed class SigningHandler(TimeProvider? time = null, string secret = "test") : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>The access key and scope to sign with. The secret is that of the default key and of 12-digit keys.</summary>
    public static AuthenticationHeaderValue Claim(string accessKey, string region, string service) =>
        new("AWS4-HMAC-SHA256", $"Credential={accessKey}/day/{region}/{service}/aws4_request");

    /// <summary>The header lines that sign a raw request of the default account.</summary>
    public static string HeaderLines(string method, string target, string host, byte[] body)
    {
        var context = new SigningContext(new AwsCredentials("test", "test"), "us-east-1", "lambda", TimeProvider.System.GetUtcNow());
        var signed = SigV4RequestSigner.Sign(new RequestHead(method, target, new[] { new HttpField("Host", host) }), body, context).Request;
        return string.Concat(signed.Headers.ToArray().Select(field => $"{field.Name}: {field.Value}\r\n"));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization?.Parameter is { } claim)
        {
            var uri = request.RequestUri!;
            var fields = request
                .Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
                .Where(header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) || header.Key == "Content-Type")
                .SelectMany(header => header.Value.Select(value => new HttpField(header.Key, value)))
                .Append(new HttpField("Host", uri.Authority));
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var scope = CredentialScope.TryParse(claim.AsSpan("Credential=".Length))!;
            var context = new SigningContext(
                new AwsCredentials(scope.AccessKeyId, secret),
                scope.Region,
                scope.Service,
                (time ?? TimeProvider.System).GetUtcNow()
            );
            var signed = SigV4RequestSigner
                .Sign(new RequestHead(request.Method.Method, uri.PathAndQuery, fields.ToArray()), body, context)
                .Request;
            foreach (var name in new[] { "X-Amz-Date", "Authorization" })
            {
                signed.TryGetSingle(name, out var value);
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
        return await base.SendAsync(request, cancellationToken);
    }
}
