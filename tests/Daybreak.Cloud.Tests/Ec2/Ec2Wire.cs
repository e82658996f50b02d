using System.Text;
using System.Xml.Linq;

namespace Daybreak.Cloud.Tests.Ec2;

/// <summary>Calls EC2 without a client that would check or change what it sends.</summary>
internal sealed class Ec2Wire(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new(new SigningHandler());

    /// <param name="parameters">As they stand in the body: <c>VpcId.1=x&amp;DryRun=true</c>.</param>
    public async Task<Answer> SendAsync(string action, string parameters = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(
                $"Action={action}&Version=2016-11-15&{parameters}",
                Encoding.ASCII,
                "application/x-www-form-urlencoded"
            ),
        };
        request.Headers.Authorization = SigningHandler.Claim("test", "us-east-1", "ec2");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(XElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    public void Dispose() => _http.Dispose();

    internal sealed record Answer(XElement Root)
    {
        /// <summary><c>CODE: MESSAGE</c> of the response or of an item in it that failed; null on success.</summary>
        public string? Refusal => First("code") is { } code ? $"{code}: {First("message")}" : null;

        /// <summary>The text of the first element of that name, ignoring case.</summary>
        public string? First(string name) =>
            Root.Descendants().FirstOrDefault(element => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

        public int Items => Root.Descendants().Count(static element => element.Name.LocalName == "item");
    }
}
