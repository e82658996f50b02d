using System.Collections.Frozen;

namespace Daybreak.Cloud.Rds;

/// <summary>Names that RDS for PostgreSQL and Aurora PostgreSQL refuse for master users and databases.</summary>
/// <remarks>AWS publishes no list. The words below are PostgreSQL's reserved ones (<c>pg_get_keywords</c>, classes R and T, of all majors),
/// its and RDS's own roles and databases, and those that people report as refused: admin and root for users, catalog, db, flag and identity
/// for databases.</remarks>
internal static class ReservedWords
{
    private static readonly string[] Keywords =
    [
        "all",
        "analyse",
        "analyze",
        "and",
        "any",
        "array",
        "as",
        "asc",
        "asymmetric",
        "authorization",
        "binary",
        "both",
        "case",
        "cast",
        "check",
        "collate",
        "collation",
        "column",
        "concurrently",
        "constraint",
        "create",
        "cross",
        "current_catalog",
        "current_date",
        "current_role",
        "current_schema",
        "current_time",
        "current_timestamp",
        "current_user",
        "default",
        "deferrable",
        "desc",
        "distinct",
        "do",
        "else",
        "end",
        "except",
        "false",
        "fetch",
        "for",
        "foreign",
        "freeze",
        "from",
        "full",
        "grant",
        "group",
        "having",
        "ilike",
        "in",
        "initially",
        "inner",
        "intersect",
        "into",
        "is",
        "isnull",
        "join",
        "lateral",
        "leading",
        "left",
        "like",
        "limit",
        "localtime",
        "localtimestamp",
        "natural",
        "not",
        "notnull",
        "null",
        "offset",
        "on",
        "only",
        "or",
        "order",
        "outer",
        "overlaps",
        "placing",
        "primary",
        "references",
        "returning",
        "right",
        "select",
        "session_user",
        "similar",
        "some",
        "symmetric",
        "system_user",
        "table",
        "tablesample",
        "then",
        "to",
        "trailing",
        "true",
        "union",
        "unique",
        "user",
        "using",
        "variadic",
        "verbose",
        "when",
        "where",
        "window",
        "with",
    ];

    private static readonly FrozenSet<string> Users = Set("admin", "none", "public", "rdsadmin", "rdsrepladmin", "root");
    private static readonly FrozenSet<string> Databases = Set("catalog", "db", "flag", "identity", "rdsadmin", "template0", "template1");

    public static bool IsUser(string name) =>
        Users.Contains(name)
        || name.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("rds_", StringComparison.OrdinalIgnoreCase);

    public static bool IsDatabase(string name) => Databases.Contains(name);

    private static FrozenSet<string> Set(params string[] own) => Keywords.Concat(own).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
