namespace Daybreak.Cloud.Rds.Events;

/// <summary>A stored event of a cluster, an instance or a snapshot.</summary>
/// <param name="SourceType"><c>db-cluster</c>, <c>db-instance</c> or <c>db-cluster-snapshot</c>.</param>
internal sealed record DatabaseEvent(
    string SourceIdentifier,
    string SourceType,
    string SourceArn,
    string Message,
    IReadOnlyList<string> EventCategories,
    DateTimeOffset Date
);
