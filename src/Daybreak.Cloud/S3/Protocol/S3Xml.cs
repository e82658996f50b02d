using System.Text;
using System.Xml;
using System.Xml.Linq;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>Documents of S3's REST API.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlWriterSettings Written = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };

    // No entity is ever resolved or expanded.
    private static readonly XmlReaderSettings Read = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static async Task WriteAsync(HttpResponse http, Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        buffer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        using (var xml = XmlWriter.Create(buffer, Written))
            write(xml);
        await RawBody.WriteAsync(http, "application/xml", buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    /// <summary>Writes a result, whose root has S3's namespace.</summary>
    public static Task WriteAsync(HttpResponse http, string root, Action<XmlWriter> write) =>
        WriteAsync(
            http,
            xml =>
            {
                xml.WriteStartElement(root, Namespace);
                write(xml);
                xml.WriteEndElement();
            }
        );

    public static void Element(this XmlWriter xml, string name, string? text)
    {
        xml.WriteStartElement(name, Namespace);
        xml.WriteText(text ?? "");
        xml.WriteEndElement();
    }

    public static void Element(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name, Namespace);
        content();
        xml.WriteEndElement();
    }

    public static void Element(this XmlWriter xml, string name, bool value) => xml.Element(name, value ? "true" : "false");

    public static void Element(this XmlWriter xml, string name, long value) => xml.Element(name, S3Errors.Number(value));

    /// <summary>Time as in documents.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads a document with a root of one of these names; the namespace does not matter.</summary>
    /// <exception cref="Aws.AwsException">It is none.</exception>
    public static XElement Parse(ReadOnlyMemory<byte> body, params ReadOnlySpan<string> roots)
    {
        try
        {
            using var text = new MemoryStream(body.ToArray());
            using var reader = XmlReader.Create(text, Read);
            var root = XElement.Load(reader);
            return roots.Contains(root.Name.LocalName) ? root : throw S3Errors.MalformedXml();
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    /// <summary>The text of a child; null: it has none of this name.</summary>
    public static string? Text(this XElement element, string name) => element.Child(name)?.Value;

    public static XElement? Child(this XElement element, string name) => element.Children(name).FirstOrDefault();

    public static IEnumerable<XElement> Children(this XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);
}
