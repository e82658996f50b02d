using System.Globalization;
using System.Xml.Linq;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>Rules about the age of objects, which are checked, kept and shown. Nothing expires here.</summary>
internal static class Lifecycle
{
    public const string SizeHeader = "x-amz-transition-default-minimum-object-size";

    private const string StandardSize = "all_storage_classes_128K",
        SizeSetting = "lifecycle-size";

    private const int MostRules = 1000,
        LongestId = 255;

    private static readonly string[] Actions =
    [
        "Expiration",
        "Transition",
        "NoncurrentVersionExpiration",
        "NoncurrentVersionTransition",
        "AbortIncompleteMultipartUpload",
    ];

    public static readonly BucketSetting Setting = new(
        "lifecycle",
        "LifecycleConfiguration",
        ("GetBucketLifecycleConfiguration", "PutBucketLifecycleConfiguration", "DeleteBucketLifecycle"),
        ("GetLifecycleConfiguration", "PutLifecycleConfiguration"),
        Checked,
        ("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")
    );

    /// <summary>From which size on objects change their storage class, if their rule does not say.</summary>
    public static string SizeOf(Bucket bucket) => bucket.Settings.GetValueOrDefault(SizeSetting, StandardSize);

    public static Bucket WithSize(Bucket bucket, string size) => bucket with { Settings = bucket.Settings.SetItem(SizeSetting, size) };

    public static string SentSize(S3Call call) =>
        call.Header(SizeHeader) switch
        {
            null => StandardSize,
            StandardSize or "varies_by_storage_class" => call.Header(SizeHeader)!,
            var other => throw S3Errors.InvalidRequest($"Invalid TransitionDefaultMinimumObjectSize found: {other}"),
        };

    private static XElement Checked(XElement root)
    {
        var rules = root.Children("Rule").ToList();
        if (rules.Count is 0 or > MostRules)
            throw S3Errors.MalformedXml();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return BucketSetting.Element("LifecycleConfiguration", rules.Select(rule => Checked(rule, ids)));
    }

    private static XElement Checked(XElement rule, HashSet<string> ids)
    {
        var id = rule.Text("ID") is { Length: > 0 } given ? given : Guid.NewGuid().ToString();
        if (id.Length > LongestId)
            throw S3Errors.Bad("InvalidArgument", "ID length should not exceed allowed limit of 255");
        if (!ids.Add(id))
            throw S3Errors.Bad("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
        if (rule.Text("Status") is not ("Enabled" or "Disabled"))
            throw S3Errors.MalformedXml();
        if (rule.Child("Filter") is null == rule.Child("Prefix") is null)
            throw S3Errors.MalformedXml();
        if (!rule.Elements().Any(static child => Actions.Contains(child.Name.LocalName)))
            throw S3Errors.InvalidRequest("At least one action needs to be specified in a rule");
        foreach (var action in rule.Elements().Where(static child => Actions.Contains(child.Name.LocalName)))
            CheckTimes(action);
        var tags = rule.Descendants().Where(static child => child.Name.LocalName == "Tag").Select(static tag => tag.Text("Key")).ToList();
        if (tags.Distinct().Count() < tags.Count)
            throw S3Errors.InvalidRequest("Duplicate Tag Keys are not allowed.");
        var kept = BucketSetting.InNamespace(rule);
        kept.Elements().Where(static child => child.Name.LocalName == "ID").Remove();
        kept.AddFirst(BucketSetting.Element("ID", id));
        return kept;
    }

    private static void CheckTimes(XElement action)
    {
        if (action.Text("Days") is { } days && !(int.TryParse(days, out var number) && number >= (Is(action, "Transition") ? 0 : 1)))
            throw S3Errors.Bad(
                "InvalidArgument",
                Is(action, "Transition")
                    ? "'Days' in Transition action must be nonnegative"
                    : $"'Days' for {action.Name.LocalName} action must be a positive integer"
            );
        if (
            action.Text("Date") is { } date
            && !(
                DateTimeOffset.TryParse(
                    date,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var time
                )
                && time.TimeOfDay == TimeSpan.Zero
            )
        )
            throw S3Errors.Bad("InvalidArgument", "'Date' must be at midnight GMT");
    }

    private static bool Is(XElement action, string name) => action.Name.LocalName == name;
}
