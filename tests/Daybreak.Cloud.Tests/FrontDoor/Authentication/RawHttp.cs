using System.Net.Sockets;
using System.Text;
using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.Tests.FrontDoor.Authentication;

/// <summary>Sends requests byte for byte, since an HTTP client would correct the errors that are to be refused.</summary>
internal static class RawHttp
{
    public static async Task<Answer> SendAsync(Uri endpoint, RequestHead request, string body)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, cancellation);
        var text = new StringBuilder($"{request.Method} {request.Target} HTTP/1.1\r\nConnection: close\r\n");
        foreach (var field in request.Headers.ToArray())
            text.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
        var bytes = Encoding.UTF8.GetBytes(body);
        text.Append("Content-Length: ").Append(bytes.Length).Append("\r\n\r\n").Append(body);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync(cancellation);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new Answer(
            int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            answer[..end],
            answer[(end + 4)..]
        );
    }

    public sealed record Answer(int Status, string Head, string Body);
}
