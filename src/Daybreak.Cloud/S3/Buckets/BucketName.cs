using System.Net;

namespace Daybreak.Cloud.S3.Buckets;

/// <summary>The rules of buckets' names.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</remarks>
internal static class BucketName
{
    public static bool IsValid(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-')
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !(name.Count(static letter => letter == '.') == 3 && IPAddress.TryParse(name, out _))
        && !StartsOrEnds(name);

    private static bool StartsOrEnds(string name) =>
        ((string[])["xn--", "sthree-", "amzn-s3-demo-"]).Any(start => name.StartsWith(start, StringComparison.Ordinal))
        || ((string[])["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]).Any(end => name.EndsWith(end, StringComparison.Ordinal));
}
