using System.Text;
using System.Xml.Linq;
using Daybreak.Cloud.Tests;

namespace Daybreak.Bench.Network;

/// <summary>Sends EC2's form requests and does not parse the answers, so that only the server is measured.</summary>
internal sealed class Ec2Client : IDisposable
{
    private readonly HttpClient _http = new(new SigningHandler());

    public Ec2Client(Uri endpoint)
    {
        _http.BaseAddress = endpoint;
        _http.DefaultRequestHeaders.Authorization = SigningHandler.Claim("test", "us-east-1", "ec2");
    }

    /// <returns>Size of the answer in bytes.</returns>
    public async Task<int> SendAsync(string action, params (string Name, string Value)[] parameters) =>
        (await AnswerAsync(action, parameters)).Length;

    /// <returns>The text of an element of the answer.</returns>
    public async Task<string> IdAsync(string element, string action, params (string Name, string Value)[] parameters) =>
        XDocument
            .Parse(Encoding.UTF8.GetString(await AnswerAsync(action, parameters)))
            .Descendants()
            .First(found => found.Name.LocalName == element)
            .Value;

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> AnswerAsync(string action, (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent([
            new("Action", action),
            new("Version", "2016-11-15"),
            .. parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)),
        ]);
        using var response = await _http.PostAsync(new Uri("/", UriKind.Relative), form);
        var answer = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
    }
}
