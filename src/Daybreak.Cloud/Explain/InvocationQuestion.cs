using Daybreak.Aws;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Explain;

/// <summary>Whether and why <c>aws_lambda.invoke(FUNCTION, …)</c> works in a database.</summary>
/// <param name="Database">Identifier of a DB instance or cluster.</param>
/// <param name="Function">Name or ARN, as in the call.</param>
/// <param name="Region">The call's argument; null: none.</param>
/// <param name="DatabaseName">The session's database; null: the cluster's.</param>
/// <param name="User">The session's user; null: the master user.</param>
internal sealed record InvocationQuestion(string Database, string Function, string? Region, string? DatabaseName, string? User)
{
    /// <summary>The session's settings; null: those of a new session.</summary>
    public SessionSettings? Session { get; init; }
}

/// <summary>The settings of <c>aws_lambda.*</c> that every user may set; the Region is empty when not set.</summary>
internal sealed record SessionSettings(string Region, int ConnectTimeoutMs, int RequestTimeoutMs);

/// <summary>The function of a call.</summary>
internal sealed record InvokedFunction(string AccountId, AwsRegion Region, string Name, string? Qualifier)
{
    public string UnqualifiedArn => $"arn:{Region.Partition.Name}:lambda:{Region.Code}:{AccountId}:function:{Name}";

    public string Arn => Qualifier is null ? UnqualifiedArn : $"{UnqualifiedArn}:{Qualifier}";

    /// <summary>Returns null with the reason when the call names no function.</summary>
    public static InvokedFunction? Of(InvocationQuestion question, DatabaseFacts database, string regionSetting, out string defect)
    {
        defect = "";
        string account = database.Name.AccountId,
            text = question.Function;
        string? ofArn = null;
        if (text.StartsWith("arn:", StringComparison.Ordinal))
        {
            if (
                !Daybreak.Aws.Arn.TryParse(text, out var arn)
                || arn.Service != "lambda"
                || !arn.Resource.StartsWith("function:", StringComparison.Ordinal)
            )
            {
                defect = $"{text} is not the ARN of a function.";
                return null;
            }
            (account, ofArn, text) = (arn.AccountId, arn.Region, arn.Resource["function:".Length..]);
        }
        if (ofArn is not null && question.Region is { } argument && argument != ofArn)
        {
            defect = $"The ARN names the Region {ofArn}, the argument region {argument}.";
            return null;
        }
        var code = ofArn ?? question.Region ?? (regionSetting.Length > 0 ? regionSetting : database.Name.Region);
        var parts = text.Split(':');
        if (
            !AwsRegion.TryParse(code, out var region)
            || parts.Length > 2
            || !IsName(parts[0], 64)
            || (parts.Length == 2 && parts[1] != "$LATEST" && !IsName(parts[1], 128))
        )
        {
            defect = AwsRegion.TryParse(code, out _) ? $"{question.Function} is not the name of a function." : $"{code} is not a Region.";
            return null;
        }
        return new InvokedFunction(account, region, parts[0], parts.Length > 1 ? parts[1] : null);
    }

    // The valid names of functions, versions and aliases; they need no quotes in a shell.
    private static bool IsName(string text, int most) =>
        text.Length > 0 && text.Length <= most && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
