using System.Security.Cryptography;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.SecretsManager.Values;

/// <summary>Makes passwords.</summary>
internal static class RandomPassword
{
    private const int DefaultLength = 32;
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    public static GetRandomPasswordResponse Get(GetRandomPasswordRequest request, OperationContext context)
    {
        var excluded = request.ExcludeCharacters ?? "";
        (string Letters, bool IsIn)[] kinds =
        [
            ("abcdefghijklmnopqrstuvwxyz", request.ExcludeLowercase != true),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", request.ExcludeUppercase != true),
            ("0123456789", request.ExcludeNumbers != true),
            (Punctuation, request.ExcludePunctuation != true),
            (" ", request.IncludeSpace == true),
        ];
        var included = kinds
            .Where(static kind => kind.IsIn)
            .Select(kind => string.Concat(kind.Letters.Except(excluded)))
            .Where(static letters => letters.Length > 0)
            .ToArray();
        var length = (int)(request.PasswordLength ?? DefaultLength);
        var required = request.RequireEachIncludedType != false ? included : [];
        if (included.Length == 0 || length < required.Length)
            throw SecretsErrors.InvalidParameter("The password length is too short based on the required types, or nothing is included.");
        var password = new char[length];
        for (var i = 0; i < length; i++)
            password[i] = RandomNumberGenerator.GetItems<char>(i < required.Length ? required[i] : string.Concat(included), 1)[0];
        RandomNumberGenerator.Shuffle(password.AsSpan());
        return new GetRandomPasswordResponse { RandomPassword = new string(password) };
    }
}
