using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Writes a whole XML document; all texts pass through <see cref="XmlText"/>.</summary>
internal static class XmlBody
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false) };
    private static readonly XmlWriterSettings Undeclared = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };

    /// <param name="declared">Whether it begins with an XML declaration.</param>
    public static async ValueTask WriteAsync(HttpResponse http, string contentType, Action<XmlWriter> write, bool declared = true)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, declared ? Settings : Undeclared))
            write(xml);
        await RawBody.WriteAsync(http, contentType, buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }
}
