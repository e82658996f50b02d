using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Daybreak.EndToEnd.Stage;

/// <summary>
/// A secret that must appear nowhere. It is searched by its longest run of letters and digits, which JSON and URLs do not change.
/// </summary>
internal sealed partial class Secrets
{
    private readonly Dictionary<string, string> _named = [];

    public void Add(string name, string secret)
    {
        var run = LettersAndDigits().Matches(secret).MaxBy(static match => match.Length)!.Value;
        Assert.True(run.Length >= 10, $"{name} is too plain to be found");
        _named[run] = name;
    }

    /// <summary>The token by which a server gets its role's credentials, and those that it has.</summary>
    public async Task AddRoleAsync(Uri credentials, string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, credentials);
        request.Headers.TryAddWithoutValidation("Authorization", token);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var role = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Add("the container token", token);
        foreach (var member in (string[])["AccessKeyId", "SecretAccessKey", "Token"])
            Add($"{member} of the role's session", role.GetProperty(member).GetString()!);
    }

    /// <summary>Names of those that a text holds.</summary>
    public string[] In(string text) =>
        [.. _named.Where(secret => text.Contains(secret.Key, StringComparison.OrdinalIgnoreCase)).Select(static secret => secret.Value)];

    public void AssertNotIn(string where, string text)
    {
        if (In(text) is [_, ..] found)
            Assert.Fail($"{where} holds {string.Join(", ", found)}: {text.Split('\n').First(line => In(line) is [_, ..])}");
    }

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex LettersAndDigits();
}
