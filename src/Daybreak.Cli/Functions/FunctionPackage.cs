using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Cli.Functions;

/// <summary>A deployment package. The same files make the same bytes, so that the hash tells whether anything has changed.</summary>
internal sealed class FunctionPackage
{
    private const int RegularFile = 0b1_000_000 << 9,
        SymbolicLink = 0b1_010_000 << 9;

    // Functions run as neither owner nor group: whatever the umask here was, they can read their files.
    private const int Readable = 0b110_100_100,
        Executable = 0b111_101_101,
        Everybody = 0b111_111_111;

    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private FunctionPackage(byte[] zip) => (Zip, Sha256) = (zip, Convert.ToBase64String(SHA256.HashData(zip)));

    public byte[] Zip { get; }

    /// <summary>In Base64, as Lambda's CodeSha256.</summary>
    public string Sha256 { get; }

    /// <exception cref="IOException">A file has gone or changed its kind meanwhile.</exception>
    public static FunctionPackage Of(FunctionSource source, IReadOnlyList<SourceFile> files)
    {
        if (source.IsPackage)
            return new FunctionPackage(File.ReadAllBytes(source.Root));
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var entry = zip.CreateEntry(file.Name, CompressionLevel.Fastest);
                entry.LastWriteTime = Earliest;
                var mode =
                    file.Link is not null ? SymbolicLink | Everybody
                    : file.IsExecutable ? RegularFile | Executable
                    : RegularFile | Readable;
                entry.ExternalAttributes = mode << 16;
                using var content = entry.Open();
                if (file.Link is { } link)
                    content.Write(Encoding.UTF8.GetBytes(link));
                else
                {
                    using var from = File.OpenRead(file.Path);
                    from.CopyTo(content);
                }
            }
        }
        return new FunctionPackage(bytes.ToArray());
    }
}
