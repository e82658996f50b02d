using Daybreak.Aws;

namespace Daybreak.Cloud.Forwarding;

/// <summary>
/// The access key of a profile in AWS's files, <c>~/.aws/credentials</c> and <c>~/.aws/config</c>. They are read again for each request, as
/// far as they have changed, because tools write new temporary keys there.
/// </summary>
/// <param name="files">The files, the first of which counts more.</param>
internal sealed class ProfileKeys(string profile, IReadOnlyList<string> files)
{
    private (string Stamp, AwsCredentials? Keys)? _known;

    public ProfileKeys(string profile)
        : this(profile, [File("AWS_SHARED_CREDENTIALS_FILE", "credentials"), File("AWS_CONFIG_FILE", "config")]) { }

    /// <summary>The key; null when neither file has one for the profile.</summary>
    public AwsCredentials? Find()
    {
        var stamp = string.Join(' ', files.Select(static file => System.IO.File.GetLastWriteTimeUtc(file).Ticks));
        if (_known is not { } known || known.Stamp != stamp)
            _known = known = (stamp, Read());
        return known.Keys;
    }

    private AwsCredentials? Read()
    {
        foreach (var file in files)
        {
            if (Section(file) is { } found && found.TryGetValue("aws_access_key_id", out var id))
                return new AwsCredentials(
                    id,
                    found.GetValueOrDefault("aws_secret_access_key", ""),
                    found.GetValueOrDefault("aws_session_token")
                );
        }
        return null;
    }

    private Dictionary<string, string>? Section(string file)
    {
        string[] lines;
        try
        {
            lines = System.IO.File.ReadAllLines(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        Dictionary<string, string>? section = null;
        foreach (var line in lines)
        {
            var text = line.Trim();
            if (text.StartsWith('['))
            {
                if (section is not null)
                    break;
                var name = text.Trim('[', ']').Trim();
                if (name == profile || name == $"profile {profile}")
                    section = [];
            }
            else if (section is not null && text.Split('=', 2) is [var key, var value] && !text.StartsWith('#'))
                section[key.Trim().ToLowerInvariant()] = value.Trim();
        }
        return section;
    }

    private static string File(string variable, string name) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws", name);
}
