using System.Globalization;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Ssm.Parameters;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Reading;

/// <summary>A parameter as a request for its value names it: by its name or its ARN, and perhaps one of its versions.</summary>
/// <param name="Shown">The name in the answer; null: as the parameter was made.</param>
/// <param name="Selector">What follows the name, with its colon.</param>
internal sealed record ParameterReference(ResourceKey Key, string? Shown, string? Selector)
{
    private const string ArnKind = "parameter/";

    /// <returns>Null when no parameter can have this name.</returns>
    public static ParameterReference? Of(string text, OperationContext context)
    {
        var (account, region) = (context.AccountId, context.Region);
        string? shown = null;
        if (Arn.TryParse(text, out var arn))
        {
            if (arn.Service != "ssm" || !arn.Resource.StartsWith(ArnKind, StringComparison.Ordinal))
                return null;
            (account, region) = (arn.AccountId, arn.Region);
            text = arn.Resource[(ArnKind.Length - 1)..];
        }
        else
            shown = text = text.Trim(' ');
        string? selector = null;
        // Secrets may have colons in their names.
        if (
            !text.StartsWith(ParameterName.SecretReference, StringComparison.Ordinal)
            && text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
        )
        {
            selector = text[colon..];
            text = text[..colon];
            shown = shown is null ? null : text;
            if (selector.Length == 1 || selector.AsSpan(1).Contains(':'))
                return null;
        }
        return ParameterName.IsWellFormed(text) || text.StartsWith(ParameterName.SecretReference, StringComparison.Ordinal)
            ? new ParameterReference(ParameterName.KeyOf(text, account, region), shown, selector)
            : null;
    }

    /// <summary>The version that is meant.</summary>
    /// <exception cref="AwsException">The parameter has none of that number or label.</exception>
    public ParameterVersion VersionOf(Parameter parameter)
    {
        if (Selector is null)
            return parameter.Newest;
        var (name, selector) = (Shown ?? parameter.Name, Selector[1..]);
        return long.TryParse(selector, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? parameter.Version(number) ?? throw SsmErrors.VersionNotFound(number, name)
            : parameter.Labelled(selector) ?? throw SsmErrors.LabelNotFound(selector, name);
    }
}
