using System.Collections.Immutable;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>Instance classes that Aurora PostgreSQL is ordered in. Here a class is only a name: every server gets what the machine has.</summary>
internal static class InstanceClasses
{
    public const string Serverless = "db.serverless";

    public static readonly ImmutableArray<string> All =
    [
        Serverless,
        .. Sizes("db.t3", "medium", "large"),
        .. Sizes("db.t4g", "medium", "large"),
        .. Sizes("db.r5", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"),
        .. Sizes("db.r6g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
        .. Sizes("db.r6i", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "32xlarge"),
        .. Sizes("db.r7g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
        .. Sizes("db.r7i", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"),
        .. Sizes("db.r8g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"),
        .. Sizes("db.x2g", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
    ];

    private static IEnumerable<string> Sizes(string family, params string[] sizes) => sizes.Select(size => $"{family}.{size}");
}
