using System.Xml.Linq;
using Daybreak.Cloud.S3.Protocol;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>Which web pages may ask a bucket.</summary>
internal static class Cors
{
    private const int MostRules = 100;

    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    public static readonly BucketSetting Setting = new(
        "cors",
        "CORSConfiguration",
        ("GetBucketCors", "PutBucketCors", "DeleteBucketCors"),
        ("GetBucketCORS", "PutBucketCORS"),
        Checked,
        ("NoSuchCORSConfiguration", "The CORS configuration does not exist")
    );

    private static XElement Checked(XElement root)
    {
        var rules = root.Children("CORSRule").ToList();
        if (rules.Count is 0 or > MostRules)
            throw S3Errors.MalformedXml();
        foreach (var rule in rules)
        {
            if (rule.Child("AllowedOrigin") is null || rule.Child("AllowedMethod") is null)
                throw S3Errors.MalformedXml();
            if (rule.Children("AllowedMethod").FirstOrDefault(static method => !Methods.Contains(method.Value)) is { } method)
                throw S3Errors.InvalidRequest($"Found unsupported HTTP method in CORS config. Unsupported method is {method.Value}");
            foreach (var (name, kind) in new[] { ("AllowedOrigin", "AllowedOrigin"), ("AllowedHeader", "AllowedHeader") })
            {
                if (rule.Children(name).FirstOrDefault(static text => text.Value.Count(static one => one == '*') > 1) is { } wild)
                    throw S3Errors.InvalidRequest($"{kind} \"{wild.Value}\" can not have more than one wildcard.");
            }
            if (rule.Text("MaxAgeSeconds") is { } seconds && !int.TryParse(seconds, out _))
                throw S3Errors.MalformedXml();
        }
        return BucketSetting.InNamespace(root);
    }
}
