using System.Security.Cryptography;

namespace Daybreak.Cloud.Rds;

/// <summary>Ids that are never reused: <c>cluster-</c> or <c>db-</c> and 26 letters and digits of base 32.</summary>
internal static class ResourceIds
{
    private const int Length = 26;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string New(string kind) => $"{kind}-{RandomNumberGenerator.GetString(Alphabet, Length)}";
}
