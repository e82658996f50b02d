using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Events;

/// <summary>The document of a bucket's notifications, and its rules.</summary>
internal static class NotificationDocument
{
    public const string Root = "NotificationConfiguration";

    /// <summary>Where it is among the settings of a bucket.</summary>
    public const string Setting = "notification";

    private const int LongestValue = 1024;
    private const int Kept = 1024;

    private static readonly ConcurrentDictionary<string, ImmutableArray<NotificationRule>> Parsed = new(StringComparer.Ordinal);

    private static readonly (string Element, string Kind, string Service)[] Kinds =
    [
        ("CloudFunctionConfiguration", NotificationRule.Function, "lambda"),
        ("QueueConfiguration", NotificationRule.Queue, "sqs"),
        ("TopicConfiguration", NotificationRule.Topic, "sns"),
    ];

    /// <summary>The rules of a bucket.</summary>
    public static ImmutableArray<NotificationRule> Of(Bucket bucket)
    {
        if (!bucket.Settings.TryGetValue(Setting, out var text))
            return [];
        if (!Parsed.TryGetValue(text, out var rules))
        {
            rules = Read(S3Xml.Parse(Encoding.UTF8.GetBytes(text), Root));
            if (Parsed.Count >= Kept)
                Parsed.Clear();
            Parsed[text] = rules;
        }
        return rules;
    }

    /// <exception cref="AwsException">It breaks one of S3's rules; whether there are such destinations is another matter.</exception>
    public static ImmutableArray<NotificationRule> Read(XElement root)
    {
        var rules = ImmutableArray.CreateBuilder<NotificationRule>();
        foreach (var element in root.Elements())
        {
            var name = element.Name.LocalName;
            if (name == "EventBridgeConfiguration")
                throw NotImplemented.Of("Amazon EventBridge as a destination of the events of a bucket");
            var kind = Kinds.FirstOrDefault(kind => kind.Element == name);
            rules.Add(kind.Kind is null ? throw S3Errors.MalformedXml() : RuleOf(element, kind.Kind));
        }
        foreach (var rule in rules)
            CheckArn(rule);
        CheckTogether(rules);
        return rules.ToImmutable();
    }

    public static string TextOf(ImmutableArray<NotificationRule> rules)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement(Root, S3Xml.Namespace);
            Write(xml, rules);
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    public static void Write(XmlWriter xml, ImmutableArray<NotificationRule> rules)
    {
        foreach (var rule in rules)
            xml.Element(
                Kinds.First(kind => kind.Kind == rule.Kind).Element,
                () =>
                {
                    xml.Element("Id", rule.Id);
                    xml.Element(rule.Kind, rule.TargetArn);
                    foreach (var name in rule.Events)
                        xml.Element("Event", name);
                    if (rule.HasFilter)
                        xml.Element("Filter", () => xml.Element("S3Key", () => WriteFilter(xml, rule)));
                }
            );
    }

    private static void WriteFilter(XmlWriter xml, NotificationRule rule)
    {
        foreach (var (name, value) in new[] { ("Prefix", rule.Prefix), ("Suffix", rule.Suffix) })
        {
            if (value is not null)
                xml.Element(
                    "FilterRule",
                    () =>
                    {
                        xml.Element("Name", name);
                        xml.Element("Value", value);
                    }
                );
        }
    }

    private static NotificationRule RuleOf(XElement element, string kind)
    {
        var arn = element.Text(kind) ?? throw S3Errors.MalformedXml();
        var events = element.Children("Event").Select(static name => name.Value).ToImmutableArray();
        if (events.IsEmpty)
            throw S3Errors.MalformedXml();
        var filters = element
            .Children("Filter")
            .SelectMany(static filter => filter.Children("S3Key"))
            .SelectMany(static key => key.Children("FilterRule"))
            .Select(static rule =>
                (Name: rule.Text("Name") ?? throw S3Errors.MalformedXml(), Value: rule.Text("Value") ?? throw S3Errors.MalformedXml())
            )
            .ToList();
        if (events.FirstOrDefault(static name => !EventNames.IsKnown(name)) is { } unknown)
            throw S3Errors.InvalidArgument("The event is not supported for notifications", "Event", unknown);
        foreach (var (name, value) in filters)
        {
            if (!Is(name, "prefix") && !Is(name, "suffix"))
                throw S3Errors.InvalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", name);
            if (Encoding.UTF8.GetByteCount(value) > LongestValue)
                throw S3Errors.InvalidArgument(
                    "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation",
                    "FilterRule.Value",
                    value
                );
        }
        // An empty id is none, as Terraform and consoles send it.
        var id = element.Text("Id") is { Length: > 0 } given ? given : Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Guid.NewGuid()}"));
        return new NotificationRule(kind, id, arn, events, Single(filters, "prefix"), Single(filters, "suffix"));
    }

    private static string? Single(List<(string Name, string Value)> filters, string name)
    {
        var values = filters.Where(filter => Is(filter.Name, name)).Select(static filter => filter.Value).ToList();
        return values.Count <= 1
            ? values.FirstOrDefault()
            : throw S3Errors.InvalidArgument($"Cannot specify more than one {name} rule in a filter.", "FilterRule.Name", name);
    }

    private static void CheckArn(NotificationRule rule)
    {
        var service = Kinds.First(kind => kind.Kind == rule.Kind).Service;
        if (!Arn.TryParse(rule.TargetArn, out var arn) || arn.Service != service || arn.AccountId.Length == 0)
            throw S3Errors.InvalidArgument("The ARN could not be parsed", rule.Kind, rule.TargetArn);
    }

    private static void CheckTogether(ImmutableArray<NotificationRule>.Builder rules)
    {
        if (rules.DistinctBy(static rule => rule.Id).Count() < rules.Count)
            throw S3Errors.Bad("InvalidArgument", "Same ID used for multiple configurations. IDs must be unique");
        for (var i = 0; i < rules.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (rules[i].Overlaps(rules[j]))
                    throw S3Errors.Bad(
                        "InvalidArgument",
                        rules[i].HasFilter || rules[j].HasFilter
                            ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are "
                                + "overlapping for the same event type."
                            : "Configurations overlap. Configurations on the same bucket cannot share a common event type."
                    );
            }
        }
    }

    private static bool Is(string text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
