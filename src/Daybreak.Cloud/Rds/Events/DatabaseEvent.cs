namespace Daybreak.Cloud.Rds.Events;

/// <summary>Something that happened to a cluster or an instance, as it is kept.</summary>
/// <param name="SourceType"><c>db-cluster</c> or <c>db-instance</c>.</param>
internal sealed record DatabaseEvent(
    string SourceIdentifier, string SourceType, string SourceArn, string Message, IReadOnlyList<string> EventCategories, DateTimeOffset Date);
