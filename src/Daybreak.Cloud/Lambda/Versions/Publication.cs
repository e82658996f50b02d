using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>What a change publishes: a new version, or the last one again, as nothing has changed since. Pure.</summary>
/// <param name="Latest"><c>$LATEST</c> afterwards.</param>
/// <param name="Version">Null: nothing is published.</param>
internal sealed record Publication(FunctionState Latest, FunctionState? Version, bool IsNew)
{
    /// <param name="latest">What is published.</param>
    /// <param name="last">The version that was published last; null: none, or it has been deleted.</param>
    /// <param name="description">The version's own description; null: that of <c>$LATEST</c>.</param>
    /// <param name="phase">The phase of the new version.</param>
    public static Publication Of(FunctionState latest, FunctionState? last, string? description, FunctionPhase phase)
    {
        if (last is not null && last.HasContentOf(latest))
            return new Publication(latest, last, IsNew: false);
        var number = latest.LastVersion + 1;
        return new Publication(
            latest with
            {
                LastVersion = number,
            },
            latest with
            {
                Version = FunctionVersions.Text(number),
                LastVersion = 0,
                VersionDescription = description,
                RevisionId = Guid.NewGuid().ToString(),
                ContentRevisionId = null,
                Phase = phase,
                ReservedConcurrentExecutions = null,
                RuntimeManagement = null,
                AllowsRecursion = false,
                Tags = new Dictionary<string, string>(),
            },
            IsNew: true
        );
    }
}
