namespace Daybreak.Bridge.Http;

/// <summary>The largest size of a reply, in bytes.</summary>
public static class ReplyLimits
{
    /// <summary>A log result takes 5.5 KiB of it.</summary>
    public const int Head = 64 * 1024;

    /// <summary>Lambda's limit on a function's result: 6 MiB and 100 bytes.</summary>
    public const int Body = 6_291_556;
}
