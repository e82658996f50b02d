using Daybreak.Cloud.Rds.Instances;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain;

/// <summary>PostgreSQL's part of an explanation: the server, the extension and its grants, the bridge.</summary>
internal static class ServerStages
{
    public static Stage OfInstance(DatabaseFacts database, ServerFacts? server, RegionalCommands aws) =>
        database.Status switch
        {
            "available" when server is not null => Stage.Ok(
                "database",
                $"{database.Identifier} answers on {database.Host}:{database.Port}.",
                database.Identifier
            ),
            "stopped" => Stage.Failed(
                "database",
                $"{database.Identifier} is stopped.",
                Stage.FixOf(
                    $"Start the {database.OwnerKind}.",
                    aws.Of($"rds start-db-{database.OwnerKind}", ($"db-{database.OwnerKind}-identifier", database.Owner)),
                    Wait(database, aws)
                ),
                database.Identifier
            ),
            _ => Stage.Failed(
                "database",
                $"{database.Identifier} is {database.Status} and does not answer.",
                Stage.FixOf("Wait until it is available.", Wait(database, aws)),
                database.Identifier
            ),
        };

    public static IEnumerable<Stage> Of(DatabaseFacts database, ServerFacts? server, string name, string user, RegionalCommands aws)
    {
        if (server is not { HasDatabase: true })
        {
            yield return server is null
                ? Stage.NotReached("extension", "The server does not answer.")
                : Stage.Failed(
                    "extension",
                    $"There is no database {name}.",
                    Stage.FixOf("Create it.", Psql(database, "postgres", $"CREATE DATABASE {Quoted(name)}")),
                    name
                );
            yield return Stage.NotReached("grants", "The database does not answer.");
        }
        else if (!server.HasExtension)
        {
            yield return Stage.Failed(
                "extension",
                $"The extension aws_lambda is not installed in the database {name}.",
                Stage.FixOf("Create it, as the master user.", Psql(database, name, "CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE")),
                name
            );
            yield return Stage.NotReached("grants", "There is no extension whose use could be granted.");
        }
        else
        {
            yield return Stage.Ok("extension", $"The extension aws_lambda is installed in the database {name}.", name);
            yield return Grants(database, server, name, user);
        }
        yield return server switch
        {
            null => Stage.NotReached("bridge", "The server does not answer."),
            { BridgeAnswers: true } => Stage.Ok("bridge", "The bridge next to the server accepts calls."),
            _ => Stage.Failed(
                "bridge",
                "The bridge next to the server accepts no calls.",
                Stage.FixOf(
                    "Restart the instance.",
                    aws.Of("rds reboot-db-instance", ("db-instance-identifier", database.Identifier)),
                    Wait(database, aws)
                ),
                database.Identifier
            ),
        };
    }

    /// <summary>Returns a command that runs SQL as the master user.</summary>
    private static string Psql(DatabaseFacts database, string name, string sql) =>
        $"psql -h {database.Host} -p {database.Port} -U {Shell(database.MasterUser)} -d {Shell(name)} -c {Shell(sql)}";

    private static Stage Grants(DatabaseFacts database, ServerFacts server, string name, string user)
    {
        if (server is { HasUser: true, MayUseSchema: true, MayExecute: true })
            return Stage.Ok("grants", $"{user} may use the schema aws_lambda and execute its functions.", user);
        if (!server.HasUser)
            return Stage.Failed(
                "grants",
                $"There is no user {user}.",
                Stage.FixOf("Create it.", Psql(database, name, $"CREATE USER {Quoted(user)}")),
                user
            );
        return Stage.Failed(
            "grants",
            server.MayUseSchema
                ? $"permission denied for function invoke: {user} may not execute it."
                : $"permission denied for schema aws_lambda: {user} may not use it.",
            Stage.FixOf(
                "Grant it, as the master user.",
                Psql(
                    database,
                    name,
                    $"GRANT USAGE ON SCHEMA aws_lambda TO {Quoted(user)}; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO "
                        + $"{Quoted(user)}"
                )
            ),
            user
        );
    }

    public static string Wait(DatabaseFacts database, RegionalCommands aws) =>
        aws.Of("rds wait db-instance-available", ("db-instance-identifier", database.Identifier));

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Shell(string text) =>
        text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && text.Length > 0
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
