namespace Daybreak.Aws;

/// <summary>Which of a service's endpoints in a Region is meant.</summary>
/// <param name="Fips">The one whose cryptography is validated by FIPS 140.</param>
/// <param name="DualStack">The one that has IPv6 addresses as well as IPv4 ones.</param>
public readonly record struct EndpointVariant(bool Fips, bool DualStack)
{
    /// <summary>The variant as a word before "endpoint"; empty for the usual one.</summary>
    public override string ToString() =>
        (Fips, DualStack) switch
        {
            (true, true) => "FIPS dual-stack",
            (true, false) => "FIPS",
            (false, true) => "dual-stack",
            _ => "",
        };
}
