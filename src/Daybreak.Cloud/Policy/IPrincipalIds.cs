namespace Daybreak.Cloud.Policy;

/// <summary>Finds the users and roles that resource policies name.</summary>
public interface IPrincipalIds
{
    /// <param name="arn">The ARN of a user, a role, or a session of a role.</param>
    /// <returns><c>AIDA…</c>, <c>AROA…</c> or <c>AROA…:session</c>; null when the ARN does not exist now.</returns>
    string? IdOf(string arn);
}
