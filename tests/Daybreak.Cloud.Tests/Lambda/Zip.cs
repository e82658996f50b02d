using System.IO.Compression;
using System.Text;

namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>Deployment packages for tests.</summary>
internal static class Zip
{
    public const int Symlink = 0xA1FF << 16;

    /// <summary>One file.</summary>
    public static byte[] Of(string name, string content, int attributes = 0x81A4 << 16) => Of((name, content, attributes));

    public static byte[] Of(params ReadOnlySpan<(string Name, string Content, int Attributes)> files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content, attributes) in files)
            {
                var entry = zip.CreateEntry(name);
                entry.ExternalAttributes = attributes;
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return buffer.ToArray();
    }
}
