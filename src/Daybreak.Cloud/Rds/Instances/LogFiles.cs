using System.Globalization;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>The log of an instance's server: one file, which is kept as long as the instance.</summary>
internal sealed class LogFiles(Databases databases, ServerFiles files)
{
    /// <summary>The file's name in lists.</summary>
    private const string Name = "error/postgresql.log";

    private const int MostBytes = 1024 * 1024;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<DescribeDBLogFilesMessage, DescribeDBLogFilesResponse>("DescribeDBLogFiles", Describe)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
            new AwsOperation<DownloadDBLogFilePortionMessage, DownloadDBLogFilePortionDetails>("DownloadDBLogFilePortion", DownloadAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
        ];

    public DescribeDBLogFilesResponse Describe(DescribeDBLogFilesMessage request, OperationContext context)
    {
        Filter.None(request.Filters);
        var file = File(databases.Instance(context, request.DBInstanceIdentifier));
        var written = file.Exists ? new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds() : 0;
        var shown =
            file.Exists
            && file.Length >= (request.FileSize ?? 0)
            && written >= (request.FileLastWritten ?? 0)
            && Name.Contains(request.FilenameContains ?? "", StringComparison.Ordinal);
        return new DescribeDBLogFilesResponse
        {
            DescribeDBLogFiles = shown
                ?
                [
                    new DescribeDBLogFilesDetails
                    {
                        LogFileName = Name,
                        LastWritten = written,
                        Size = file.Length,
                    },
                ]
                : [],
        };
    }

    public async ValueTask<DownloadDBLogFilePortionDetails> DownloadAsync(DownloadDBLogFilePortionMessage request, OperationContext context)
    {
        var file = File(databases.Instance(context, request.DBInstanceIdentifier));
        if (request.LogFileName != Name || !file.Exists)
            throw RdsErrors.LogFileNotFound(request.LogFileName ?? "");
        await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var whole = stream.Length;
        long start;
        if (request.Marker is { Length: > 0 } marker)
        {
            if (!long.TryParse(marker, NumberStyles.None, CultureInfo.InvariantCulture, out start) || start > whole)
                throw RdsErrors.InvalidValue("Invalid Marker");
        }
        else
            start = request.NumberOfLines is { } lines ? await LastLinesAsync(stream, lines) : Math.Max(0, whole - MostBytes);
        var portion = new byte[Math.Min(MostBytes, whole - start)];
        stream.Position = start;
        var read = WholeCharacters(portion, await stream.ReadAtLeastAsync(portion, portion.Length, throwOnEndOfStream: false));
        return new DownloadDBLogFilePortionDetails
        {
            LogFileData = Encoding.UTF8.GetString(portion, 0, read),
            Marker = (start + read).ToString(CultureInfo.InvariantCulture),
            AdditionalDataPending = start + read < whole,
        };
    }

    /// <summary>Returns the number of bytes to show, so that no character of UTF-8 is cut; the rest is in the next portion.</summary>
    private static int WholeCharacters(byte[] portion, int length)
    {
        for (var back = 1; back <= Math.Min(3, length); back++)
        {
            var letter = portion[length - back];
            if (letter < 0x80)
                break;
            if (letter >= 0xC0)
                return
                    back
                    < (
                        letter >= 0xF0 ? 4
                        : letter >= 0xE0 ? 3
                        : 2
                    )
                    ? length - back
                    : length;
        }
        return length;
    }

    /// <summary>Returns the offset of the last lines. It looks back only as far as one response can contain.</summary>
    private static async Task<long> LastLinesAsync(FileStream stream, int lines)
    {
        var from = Math.Max(0, stream.Length - MostBytes);
        var tail = new byte[stream.Length - from];
        stream.Position = from;
        var read = await stream.ReadAtLeastAsync(tail, tail.Length, throwOnEndOfStream: false);
        for (var at = read - 2; at >= 0; at--)
        {
            if (tail[at] == '\n' && --lines <= 0)
                return from + at + 1;
        }
        return from;
    }

    private FileInfo File(Instance instance)
    {
        var cluster = databases.Find(instance.ClusterKey) ?? throw RdsErrors.InstanceNotFound(instance.Identifier);
        return new FileInfo(Path.Combine(files.InstanceDirectory(cluster, instance), PostgresServerOptions.LogFileName));
    }
}

internal sealed record DescribeDBLogFilesMessage
{
    public string? DBInstanceIdentifier { get; init; }

    public string? FilenameContains { get; init; }

    /// <summary>A POSIX time in milliseconds.</summary>
    public long? FileLastWritten { get; init; }

    /// <summary>The least size, in bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>AWS accepts no filter here.</summary>
    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record DescribeDBLogFilesResponse
{
    [ItemName("DescribeDBLogFilesDetails")]
    public required IReadOnlyList<DescribeDBLogFilesDetails> DescribeDBLogFiles { get; init; }
}

internal sealed record DescribeDBLogFilesDetails
{
    public required string LogFileName { get; init; }

    public required long LastWritten { get; init; }

    public required long Size { get; init; }
}

internal sealed record DownloadDBLogFilePortionMessage
{
    public string? DBInstanceIdentifier { get; init; }

    public string? LogFileName { get; init; }

    public string? Marker { get; init; }

    [Range(1, 9999)]
    public int? NumberOfLines { get; init; }
}

internal sealed record DownloadDBLogFilePortionDetails
{
    public required string LogFileData { get; init; }

    public required string Marker { get; init; }

    public required bool AdditionalDataPending { get; init; }
}
