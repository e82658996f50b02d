using System.Collections.Immutable;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>A supported engine, as the API describes it. Here, both engines are the same PostgreSQL.</summary>
internal sealed record DatabaseEngine
{
    public static readonly DatabaseEngine AuroraPostgres = new()
    {
        Name = "aurora-postgresql",
        Description = "Aurora (PostgreSQL)",
        VersionDescription = "Aurora PostgreSQL (Compatible with PostgreSQL {0})",
        Features = ["Bedrock", "Comprehend", "Lambda", "SageMaker", "s3Export", "s3Import"],
        Classes = InstanceClasses.Aurora,
        StorageTypes = ["aurora"],
    };

    public static readonly DatabaseEngine Postgres = new()
    {
        Name = "postgres",
        Description = "PostgreSQL",
        VersionDescription = "PostgreSQL {0}",
        Features = ["Lambda", "s3Export", "s3Import"],
        Classes = InstanceClasses.Postgres,
        StorageTypes = ["gp2", "gp3", "io1", "io2", "standard"],
    };

    public static readonly ImmutableArray<DatabaseEngine> All = [AuroraPostgres, Postgres];

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>With a placeholder for the version.</summary>
    public required string VersionDescription { get; init; }

    /// <summary>The features that roles can be associated with. Lambda, s3Export and s3Import have an effect here.</summary>
    public required ImmutableArray<string> Features { get; init; }

    public required ImmutableArray<string> Classes { get; init; }

    public required ImmutableArray<string> StorageTypes { get; init; }

    /// <summary>Returns null when the engine is not supported.</summary>
    public static DatabaseEngine? Find(string? name) => All.FirstOrDefault(engine => engine.Name == name);

    /// <summary>The family of parameter groups: <c>postgres15</c>.</summary>
    public string Family(int major) => Name + major;

    public override string ToString() => Name;
}
