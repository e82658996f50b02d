using System.Collections.Immutable;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>Instance classes that engines are ordered in. Here a class is only a name: every server gets what the machine has.</summary>
internal static class InstanceClasses
{
    public const string Serverless = "db.serverless";

    private static readonly ImmutableArray<string> MemoryOptimized =
    [
        .. Sizes("db.r5", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"),
        .. Sizes("db.r6g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
        .. Sizes("db.r6i", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "32xlarge"),
        .. Sizes("db.r7g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
        .. Sizes("db.r7i", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"),
        .. Sizes("db.r8g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"),
        .. Sizes("db.x2g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
    ];

    public static readonly ImmutableArray<string> Aurora =
    [
        Serverless,
        .. Sizes("db.t3", "medium", "large"),
        .. Sizes("db.t4g", "medium", "large"),
        .. MemoryOptimized,
    ];

    public static readonly ImmutableArray<string> Postgres =
    [
        .. Sizes("db.t3", "micro", "small", "medium", "large", "xlarge", "2xlarge"),
        .. Sizes("db.t4g", "micro", "small", "medium", "large", "xlarge", "2xlarge"),
        .. Sizes("db.m5", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"),
        .. Sizes("db.m6g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
        .. Sizes("db.m6i", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "32xlarge"),
        .. Sizes("db.m7g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
        .. Sizes("db.m8g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"),
        .. MemoryOptimized,
    ];

    private static IEnumerable<string> Sizes(string family, params string[] sizes) => sizes.Select(size => $"{family}.{size}");
}
