using Daybreak.Aws;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Explain;

/// <summary>Why does <c>aws_lambda.invoke(FUNCTION, …)</c> work, or not, in that database?</summary>
/// <param name="Database">Identifier of a DB instance or cluster.</param>
/// <param name="Function">Name or ARN, as the call names it.</param>
/// <param name="Region">The call's argument; null: none.</param>
/// <param name="DatabaseName">Of the session; null: the cluster's.</param>
/// <param name="User">Of the session; null: the master user.</param>
internal sealed record InvocationQuestion(string Database, string Function, string? Region, string? DatabaseName, string? User)
{
    /// <summary>What the session has set; null: what a new one would have.</summary>
    public SessionSettings? Session { get; init; }
}

/// <summary>Those of <c>aws_lambda.*</c> that every user may set; the Region is empty when not set.</summary>
internal sealed record SessionSettings(string Region, int ConnectTimeoutMs, int RequestTimeoutMs);

/// <summary>The function that a call means.</summary>
internal sealed record InvokedFunction(string AccountId, AwsRegion Region, string Name, string? Qualifier)
{
    public string UnqualifiedArn => $"arn:{Region.Partition.Name}:lambda:{Region.Code}:{AccountId}:function:{Name}";

    public string Arn => Qualifier is null ? UnqualifiedArn : $"{UnqualifiedArn}:{Qualifier}";

    /// <summary>Null with the reason when the call names none.</summary>
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

    // What a function, a version or an alias can be called; it is also what needs no quotes in a shell.
    private static bool IsName(string text, int most) =>
        text.Length > 0 && text.Length <= most && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
