namespace Daybreak.Cloud.Postgres;

/// <summary>
/// Members of a role log in over TLS only, and with what our listener accepts in place of a password: it speaks LDAP, which is the only
/// method of an unchanged PostgreSQL that passes on what clients send.
/// </summary>
/// <param name="Role">The role.</param>
/// <param name="Port">The listener's port on 127.0.0.1.</param>
/// <param name="Prefix">What the server puts before names of users, so that the listener knows who asks: letters, digits, hyphens and a
/// slash.</param>
public sealed record TokenLogins(string Role, int Port, string Prefix)
{
    /// <summary>The rules of access. They come before those for passwords, so that nobody falls through to these.</summary>
    /// <param name="speaksLdap">Whether the server can ask at all; if not, members cannot log in.</param>
    internal string Rules(bool speaksLdap)
    {
        var reject = $"host all +{Role} all reject\n";
        return speaksLdap ? $"hostssl all +{Role} all ldap ldapserver=127.0.0.1 ldapport={Port} ldapprefix=\"{Prefix}\"\n{reject}" : reject;
    }
}
