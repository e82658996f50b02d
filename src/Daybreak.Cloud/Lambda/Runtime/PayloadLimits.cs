namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Sizes that Lambda enforces on payloads, in bytes.</summary>
public static class PayloadLimits
{
    /// <summary>Maximum buffered response of a function: 6 MB and 100 bytes of framing.</summary>
    public const int Response = 6_291_556;

    /// <summary>Maximum response of a function that streams.</summary>
    public const long Stream = 200 * 1024 * 1024;
}
