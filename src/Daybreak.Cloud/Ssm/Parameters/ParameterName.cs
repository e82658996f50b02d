using System.Text.RegularExpressions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Parameters;

/// <summary>Names and paths of parameters. <c>x</c> and <c>/x</c> are the same one, whose key is <c>/x</c>.</summary>
internal static partial class ParameterName
{
    public const string SecretReference = "/aws/reference/secretsmanager/";
    public const string Public = "/aws/service/";

    private const int MostLevels = 15;

    public static ResourceKey KeyOf(string name, string accountId, string region) =>
        new(accountId, region, name.StartsWith('/') ? name : "/" + name);

    /// <summary>There is exactly one slash after <c>parameter</c>.</summary>
    public static string ArnOf(ResourceKey key) => $"arn:aws:ssm:{key.Region}:{key.AccountId}:parameter{key.Name}";

    /// <summary>Whether a parameter can have this name.</summary>
    public static bool IsWellFormed(string name) => Form().IsMatch(name);

    /// <exception cref="Aws.AwsException">A new parameter may not have this name.</exception>
    public static void CheckNew(string name)
    {
        if (!name.StartsWith('/') && name.Contains('/', StringComparison.Ordinal))
            throw SsmErrors.NotFullyQualified();
        var first = name.AsSpan(name.StartsWith('/') ? 1 : 0);
        if (name.StartsWith("/aws/", StringComparison.OrdinalIgnoreCase))
            throw SsmErrors.ReservedPath(name);
        if (first.StartsWith("aws", StringComparison.OrdinalIgnoreCase) || first.StartsWith("ssm", StringComparison.OrdinalIgnoreCase))
            throw SsmErrors.ReservedName();
        if (!IsWellFormed(name))
            throw SsmErrors.InvalidName();
        if (name.AsSpan(1).Count('/') >= MostLevels)
            throw SsmErrors.TooManyLevels();
    }

    /// <summary>The prefix of everything below a path: <c>/a/</c>.</summary>
    /// <exception cref="Aws.AwsException">It is no path.</exception>
    public static string PrefixOf(string path)
    {
        var prefix = path.EndsWith('/') ? path : path + "/";
        return prefix == "/" || (path.StartsWith('/') && IsWellFormed(prefix[..^1])) ? prefix : throw SsmErrors.InvalidPath();
    }

    [GeneratedRegex(@"^(?:[a-zA-Z0-9_.\-]+|(?:/[a-zA-Z0-9_.\-]+)+)\z")]
    private static partial Regex Form();
}
