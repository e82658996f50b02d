using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Invocation;

/// <summary>The arguments of <c>aws_lambda.invoke</c> that identify the function and the kind of invocation; null is SQL NULL.</summary>
public sealed record InvokeArguments(
    InvokeForm Form,
    string? FunctionName,
    string? Region = null,
    string? InvocationType = null,
    string? LogType = null,
    string? Qualifier = null,
    string? EndpointOverride = null,
    string? DefaultRegion = null
)
{
    /// <summary>
    /// Resolves an untyped <c>:'arn'</c> of psql, which PostgreSQL passes to the text overload as the text of a row. The composite overload
    /// was meant, which has no region argument: so the value of region is really the invocation_type, and that of invocation_type the
    /// log_type.
    /// </summary>
    public InvokeArguments WithRowLiteralRead()
    {
        if (Form != InvokeForm.Text || FunctionName is null || !RowLiteral.LooksLikeOne(FunctionName))
            return this;
        if (!RowLiteral.TryParse(FunctionName, out var name, out var rowRegion))
            throw InvocationFailures.WrongArgument(
                $"function_name is \"{Shown.Briefly(FunctionName)}\".",
                "A row literal has two elements: (function_name,region)."
            );

        var read = this with { FunctionName = name };
        if (Region is not null && InvocationWords.TryParse(Region, out InvocationType _))
        {
            read = read with { Region = null, InvocationType = Region };
            if (InvocationType is not null && InvocationWords.TryParse(InvocationType, out LogType _))
                read = read with { LogType = InvocationType };
        }
        if (rowRegion is null)
            return read;
        if (read.Region is not null && read.Region != rowRegion)
            throw InvocationFailures.WrongArgument(
                $"The Region of function_name is \"{Shown.Briefly(rowRegion)}\", the argument region is \"{Shown.Briefly(read.Region)}\".",
                "Name the Region once, or the same one twice."
            );
        return read with { Region = rowRegion };
    }
}
