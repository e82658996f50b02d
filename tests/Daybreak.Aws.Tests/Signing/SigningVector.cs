using System.Text;
using System.Text.Json;
using Daybreak.Aws.Signing;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>One folder of the Signature Version 4 test vectors, which lie beside the repository.</summary>
public sealed class SigningVector
{
    private readonly string _directory;

    private SigningVector(string directory)
    {
        this._directory = directory;
        using var context = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "context.json")));
        var root = context.RootElement;
        var credentials = root.GetProperty("credentials");
        Credentials = new AwsCredentials(
            credentials.GetProperty("access_key_id").GetString()!,
            credentials.GetProperty("secret_access_key").GetString()!,
            credentials.TryGetProperty("token", out var token) ? token.GetString() : null
        );
        Region = root.GetProperty("region").GetString()!;
        Service = root.GetProperty("service").GetString()!;
        Normalize = root.GetProperty("normalize").GetBoolean();
        SignBody = root.GetProperty("sign_body").GetBoolean();
        OmitSessionToken = root.TryGetProperty("omit_session_token", out var omit) && omit.GetBoolean();
        ExpiresSeconds = root.GetProperty("expiration_in_seconds").GetInt32();
        Time = root.GetProperty("timestamp").GetDateTimeOffset();
    }

    public AwsCredentials Credentials { get; }

    public string Region { get; }

    public string Service { get; }

    public bool Normalize { get; }

    /// <summary>A header x-amz-content-sha256 is added and signed.</summary>
    public bool SignBody { get; }

    /// <summary>The session token is added after signing, so that the signature does not cover it.</summary>
    public bool OmitSessionToken { get; }

    public int ExpiresSeconds { get; }

    public DateTimeOffset Time { get; }

    public SigningContext Context =>
        new(Credentials, Region, Service, Time)
        {
            PathEncoding = Normalize ? PathEncoding.Normalized : PathEncoding.AsSent,
            SendPayloadHash = SignBody,
            LeaveTokenUnsigned = OmitSessionToken,
        };

    private static string? Root { get; } = SharedFile.Find("vectors/sigv4");

    /// <summary>Where there are none the test is skipped; in continuous integration, which leaves nothing out, it fails.</summary>
    public static SigningVector Load(string name)
    {
        const string Missing = "shared/vectors/sigv4 is not beside the checkout";
        Assert.SkipWhen(Root is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), Missing);
        return new(Path.Combine(Root ?? throw new DirectoryNotFoundException(Missing), name));
    }

    /// <summary>Names of all vectors that <paramref name="chosen"/> accepts. Where there are none, one that cannot be loaded, so that a
    /// test says so.</summary>
    public static IEnumerable<string> Names(Func<SigningVector, bool>? chosen = null) =>
        Root is null
            ? ["none"]
            : Directory
                .GetDirectories(Root)
                .Select(directory => Path.GetFileName(directory)!)
                .Order(StringComparer.Ordinal)
                .Where(name => chosen is null || chosen(Load(name)));

    /// <summary>Text of a file of the vector, without the line end that some of them carry.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(_directory, file), Encoding.UTF8).TrimEnd('\n');

    public RawRequest Request(string file = "request.txt") =>
        RawRequest.Parse(File.ReadAllText(Path.Combine(_directory, file), Encoding.UTF8));
}
