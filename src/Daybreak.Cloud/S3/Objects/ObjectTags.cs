using System.Collections.Immutable;
using System.Xml.Linq;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>The rules of tags.</summary>
internal static class ObjectTags
{
    private const int Most = 10;

    /// <summary>Reads the header of a put.</summary>
    public static ImmutableArray<ObjectTag> OfHeader(string header)
    {
        var tags = ImmutableArray.CreateBuilder<ObjectTag>();
        foreach (var pair in header.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = Decoded(equals < 0 ? pair : pair[..equals]);
            if (key.Length == 0 || tags.Any(tag => tag.Key == key))
                throw S3Errors.InvalidArgument(
                    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name "
                        + "duplicates.",
                    "x-amz-tagging",
                    header
                );
            tags.Add(new ObjectTag(key, equals < 0 ? "" : Decoded(pair[(equals + 1)..])));
        }
        return Checked(tags.ToImmutable(), "Your TagKey cannot be prefixed with aws:", Most, "Object tags cannot be greater than 10");
    }

    /// <summary>Reads a document.</summary>
    public static ImmutableArray<ObjectTag> OfDocument(XElement root, bool isOfBucket)
    {
        var set = root.Child("TagSet") ?? throw S3Errors.MalformedXml();
        var tags = ImmutableArray.CreateBuilder<ObjectTag>();
        foreach (var tag in set.Children("Tag"))
            tags.Add(new ObjectTag(tag.Text("Key") ?? throw S3Errors.MalformedXml(), tag.Text("Value") ?? throw S3Errors.MalformedXml()));
        if (tags.DistinctBy(static tag => tag.Key).Count() < tags.Count)
            throw Invalid("Cannot provide multiple Tags with the same key");
        return isOfBucket
            ? Checked(
                tags.ToImmutable(),
                "System tags cannot be added/updated by requester",
                50,
                "Bucket tag count cannot be greater than 50"
            )
            : Checked(tags.ToImmutable(), "Your TagKey cannot be prefixed with aws:", Most, "Object tags cannot be greater than 10");
    }

    private static ImmutableArray<ObjectTag> Checked(ImmutableArray<ObjectTag> tags, string ofAws, int most, string tooMany)
    {
        foreach (var tag in tags)
        {
            if (tag.Key.StartsWith("aws:", StringComparison.Ordinal))
                throw Invalid(ofAws);
            if (tag.Key.Length is 0 or > 128 || !IsAllowed(tag.Key))
                throw Invalid("The TagKey you have provided is invalid");
            if (tag.Value.Length > 256 || !IsAllowed(tag.Value))
                throw Invalid("The TagValue you have provided is invalid");
        }
        return tags.Length <= most ? tags : throw S3Errors.Bad("BadRequest", tooMany);
    }

    private static bool IsAllowed(string text) =>
        text.All(static letter =>
            char.IsLetterOrDigit(letter)
            || char.IsSurrogate(letter)
            || char.IsWhiteSpace(letter)
            || "_.:/=+-@".Contains(letter, StringComparison.Ordinal)
        );

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static Aws.AwsException Invalid(string message) => S3Errors.Bad("InvalidTag", message);
}
