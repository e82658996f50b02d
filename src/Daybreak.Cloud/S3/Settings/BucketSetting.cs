using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>A setting of buckets that is a document: how it is named, checked and stored, and what is there without it.</summary>
/// <param name="Name">Its place among the settings of a bucket, which is its subresource: <c>cors</c>.</param>
/// <param name="Root">The root of its document.</param>
/// <param name="Operations">Those that read, put and delete it.</param>
/// <param name="Actions">What reading and writing need.</param>
/// <param name="Checked">Returns a sent document as it is stored, or refuses it.</param>
/// <param name="Missing">The error of reading it when there is none.</param>
internal sealed record BucketSetting(
    string Name,
    string Root,
    (string Get, string Put, string Delete) Operations,
    (string Get, string Put) Actions,
    Func<XElement, XElement> Checked,
    (string Code, string Message) Missing
)
{
    public static readonly XNamespace Namespace = S3Xml.Namespace;

    /// <summary>What every new bucket has; null: nothing.</summary>
    public XElement? Default { get; init; }

    /// <summary>Whether it can be deleted so that not even the default is left.</summary>
    public bool DefaultGoes { get; init; }

    /// <summary>The status of putting it.</summary>
    public int PutStatus { get; init; } = 200;

    /// <summary>The document of a bucket; null: it has none.</summary>
    public XElement? Of(Bucket bucket) =>
        !bucket.Settings.TryGetValue(Name, out var text) ? Default
        : text.Length == 0 ? null
        : XElement.Parse(text);

    public Bucket With(Bucket bucket, XElement document) =>
        bucket with
        {
            Settings = bucket.Settings.SetItem(Name, document.ToString(SaveOptions.DisableFormatting)),
        };

    public Bucket Without(Bucket bucket) =>
        bucket with
        {
            Settings = DefaultGoes ? bucket.Settings.SetItem(Name, "") : bucket.Settings.Remove(Name),
        };

    public AwsException NotFound(Bucket bucket) => S3Errors.Error(404, Missing.Code, Missing.Message, ("BucketName", bucket.Name));

    /// <summary>An element of S3's documents.</summary>
    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    /// <summary>The same document in S3's namespace, which clients may leave out.</summary>
    public static XElement InNamespace(XElement element) =>
        new(
            Namespace + element.Name.LocalName,
            element.HasElements ? element.Elements().Select(InNamespace)
                : element.Value.Length > 0 ? element.Value
                : null
        );

    /// <summary>A truth value; null: it is not there.</summary>
    public static bool? Truth(XElement element, string name) =>
        element.Text(name)?.Trim().ToLowerInvariant() switch
        {
            null => null,
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw S3Errors.MalformedXml(),
        };
}
