using Daybreak.Aws;
using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Invocation;

/// <summary>Defaults of the environment for arguments that are not given.</summary>
/// <param name="Region">AWS_REGION, AWS_DEFAULT_REGION, the profile's or the instance's Region.</param>
/// <param name="EndpointUrl">AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL or the profile's.</param>
/// <param name="Variant">Which of the Region's endpoints: AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT or the profile's.</param>
public sealed record Surroundings(string? Region, string? EndpointUrl, EndpointVariant Variant = default);

/// <summary>Converts arguments to a target: everything that Daybreak decides about an invocation before it is sent. Pure.</summary>
public static class InvokeTargetResolver
{
    /// <exception cref="InvocationException">LM006 or LM009: which argument is wrong and what it may be.</exception>
    public static InvokeTarget Resolve(InvokeArguments given, Surroundings surroundings)
    {
        var arguments = given.WithRowLiteralRead();
        var function = FunctionName.Parse(arguments.FunctionName);
        var type = InvocationWords.InvocationTypeOf(arguments.InvocationType);
        var log = InvocationWords.LogTypeOf(arguments.LogType);
        var qualifier = ChooseQualifier(function.Qualifier, arguments.Qualifier);
        var region = RegionChoice.Choose(function.Region, arguments.Region, arguments.DefaultRegion, surroundings.Region);
        RequirePartition(function, region);
        var at = EndpointChoice.Choose("lambda", arguments.EndpointOverride, surroundings.EndpointUrl, region, surroundings.Variant);
        return new InvokeTarget(function, qualifier, region, at, type, log);
    }

    private static string? ChooseQualifier(string? ofName, string? argument)
    {
        if (string.IsNullOrEmpty(argument))
            return ofName;
        if (!FunctionName.IsQualifier(argument))
            throw InvocationFailures.WrongArgument(
                $"qualifier is \"{Shown.Briefly(argument)}\".",
                "It is $LATEST, a version's number or an alias: letters, digits, - and _, 128 characters at most."
            );
        if (ofName is not null && ofName != argument)
            throw InvocationFailures.WrongArgument(
                $"The qualifier of function_name is \"{ofName}\", the argument qualifier is \"{argument}\".",
                "Leave one of them out, or give the same one twice."
            );
        return argument;
    }

    private static void RequirePartition(FunctionName function, AwsRegion region)
    {
        if (function.Partition is { } partition && partition != region.Partition.Name)
            throw InvocationFailures.WrongArgument(
                $"The partition of the function ARN is \"{partition}\", that of its Region \"{region.Code}\" is "
                    + $"\"{region.Partition.Name}\".",
                "An ARN and its Region are of one partition: aws, aws-cn, aws-us-gov, aws-eusc, aws-iso and so on."
            );
    }
}
