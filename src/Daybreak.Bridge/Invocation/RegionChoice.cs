using Daybreak.Aws;
using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// Chooses the Region of a call: that of the ARN, otherwise of the argument, of the setting aws_lambda.region, of the environment. An ARN
/// and an argument that differ are an error (Aurora PostgreSQL reference, aws_lambda.invoke).
/// </summary>
public static class RegionChoice
{
    /// <exception cref="InvocationException">LM006: two that differ, or one that is malformed; LM009: none.</exception>
    public static AwsRegion Choose(string? ofArn, string? argument, string? setting, string? ambient)
    {
        if (ofArn is not null && argument is not null && ofArn != argument)
            throw InvocationFailures.WrongArgument(
                $"The Region of the function ARN is \"{ofArn}\", the argument region is \"{Shown.Briefly(argument)}\".",
                "Leave the argument region out, or name the Region of the ARN."
            );
        return Read(ofArn, "The Region of the function ARN")
            ?? Read(argument, "The argument region")
            ?? Read(setting, "The setting aws_lambda.region")
            ?? Read(ambient, "The Region of the environment")
            ?? throw InvocationFailures.NoRegion();
    }

    // An empty text is the same as NULL: an empty setting means "not set" in PostgreSQL.
    private static AwsRegion? Read(string? text, string source) =>
        string.IsNullOrEmpty(text) ? null
        : AwsRegion.TryParse(text, out var region) ? region
        : throw InvocationFailures.WrongArgument($"{source} is \"{Shown.Briefly(text)}\".", "A Region looks like us-west-2.");
}
