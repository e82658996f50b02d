using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Invocation;

/// <summary><c>X-Amz-Invocation-Type</c>, spelt and cased as in the Invoke API.</summary>
public enum InvocationType
{
    RequestResponse,
    Event,
    DryRun,
}

/// <summary><c>X-Amz-Log-Type</c>.</summary>
public enum LogType
{
    None,
    Tail,
}

/// <summary>The words of the two enumerations, case-sensitive as in the API.</summary>
public static class InvocationWords
{
    public static bool TryParse(string word, out InvocationType type)
    {
        (type, var known) = word switch
        {
            "RequestResponse" => (InvocationType.RequestResponse, true),
            "Event" => (InvocationType.Event, true),
            "DryRun" => (InvocationType.DryRun, true),
            _ => (default, false),
        };
        return known;
    }

    public static bool TryParse(string word, out LogType type)
    {
        (type, var known) = word switch
        {
            "None" => (LogType.None, true),
            "Tail" => (LogType.Tail, true),
            _ => (default, false),
        };
        return known;
    }

    /// <summary>An absent argument (SQL NULL) means the default of the SQL function.</summary>
    public static InvocationType InvocationTypeOf(string? word)
    {
        if (word is null)
            return InvocationType.RequestResponse;
        if (TryParse(word, out InvocationType type))
            return type;
        throw InvocationFailures.WrongArgument(
            $"invocation_type is \"{Shown.Briefly(word)}\".",
            "It is one of RequestResponse, Event, DryRun; upper and lower case matter."
        );
    }

    /// <inheritdoc cref="InvocationTypeOf"/>
    public static LogType LogTypeOf(string? word)
    {
        if (word is null)
            return LogType.None;
        if (TryParse(word, out LogType type))
            return type;
        throw InvocationFailures.WrongArgument(
            $"log_type is \"{Shown.Briefly(word)}\".",
            "It is one of None, Tail; upper and lower case matter."
        );
    }
}
