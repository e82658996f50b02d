using System.Text;
using Daybreak.Aws.Signing;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>A request read from the text of its bytes, lenient where the vectors are (spaces in targets, folded headers).</summary>
public sealed record RawRequest(string Method, string Target, List<HttpField> Headers, byte[] Body)
{
    public RequestHead Head => new(Method, Target, Headers.ToArray());

    public string Path => Target.Split('?', 2)[0];

    public string Query => Target.Contains('?', StringComparison.Ordinal) ? Target.Split('?', 2)[1] : "";

    public static RawRequest Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = end < 0 ? text.TrimEnd('\n') : text[..end];
        var body = end < 0 ? "" : text[(end + 2)..].TrimStart('\n');
        var lines = head.Split('\n');
        var method = lines[0].IndexOf(' ', StringComparison.Ordinal);
        var version = lines[0].LastIndexOf(' ');
        var headers = new List<HttpField>();
        foreach (var line in lines.Skip(1))
        {
            if (line.StartsWith(' '))
            {
                // obs-fold: the line goes on with the value of the header before it.
                headers[^1] = new(headers[^1].Name, headers[^1].Value + " " + line.Trim());
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..]));
        }
        return new RawRequest(lines[0][..method], lines[0][(method + 1)..version], headers, Encoding.UTF8.GetBytes(body));
    }
}
