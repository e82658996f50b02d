namespace Daybreak.Cloud.Policy;

/// <summary>Knows the users and roles whom policies of resources name.</summary>
public interface IPrincipalIds
{
    /// <param name="arn">Of a user, a role, or a session of a role.</param>
    /// <returns><c>AIDA…</c>, <c>AROA…</c> or <c>AROA…:session</c>; null when nobody bears the ARN now.</returns>
    string? IdOf(string arn);
}
