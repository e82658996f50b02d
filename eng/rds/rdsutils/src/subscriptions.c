/*
 * Subscriptions of users who are no superusers: those of members of rds_superuser. The connection to the publisher is the server's own. Its
 * string therefore names hosts and a password and no file: else the server would use what lies on its disk for the user, or log in by its own
 * name over a socket. What is applied is applied as the subscription's owner, and PostgreSQL checks the owner's privileges from 15 on.
 */
#include "rules.h"

#include <dlfcn.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"

/* As in libpq-fe.h, which need not be where the server's headers are. */
typedef struct ConnectionOption
{
	char *keyword;
	char *environment;
	char *compiled;
	char *value;
	char *label;
	char *display;
	int size;
} ConnectionOption;

typedef ConnectionOption *(*Parse)(const char *connection, char **message);
typedef void (*Free)(ConnectionOption *options);

/* None of these names a file, and none is looked for in one. */
static const char *const allowed[] = {"host", "hostaddr", "port", "dbname", "user", "password", "application_name",
	"fallback_application_name", "client_encoding", "options", "connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval",
	"keepalives_count", "tcp_user_timeout", "target_session_attrs", "load_balance_hosts", "sslmode", "sslnegotiation", "sslcompression",
	"sslsni", "ssl_min_protocol_version", "ssl_max_protocol_version", "channel_binding", "require_auth", "gssencmode", NULL};

static bool
is_allowed(const ConnectionOption *option)
{
	if (strcmp(option->keyword, "sslrootcert") == 0 && strcmp(option->value, "system") == 0)
		return true;
	for (const char *const *one = allowed; *one != NULL; one++)
	{
		if (strcmp(*one, option->keyword) == 0)
			return true;
	}
	return false;
}

static const char *
value_of(const ConnectionOption *options, const char *keyword)
{
	for (; options->keyword != NULL; options++)
	{
		if (strcmp(options->keyword, keyword) == 0)
			return options->value == NULL ? "" : options->value;
	}
	return "";
}

/* Each of the list: one that is missing is the server's socket. */
static bool
are_remote(const char *hosts)
{
	for (;; hosts++)
	{
		if (*hosts == '\0' || *hosts == ',' || *hosts == '/' || *hosts == '@')
			return false;
		hosts += strcspn(hosts, ",");
		if (*hosts == '\0')
			return true;
	}
}

static void *
find(const char *name)
{
	void *found;

	load_file("libpqwalreceiver", false); /* which brings libpq */
	found = dlsym(RTLD_DEFAULT, name);
	if (found == NULL)
		elog(ERROR, "libpq has no %s", name);
	return found;
}

static void
check_connection(const char *connection)
{
	Parse parse;
	Free release;
	ConnectionOption *options;
	const char *host;
	char *refused = NULL;
	bool has_host, has_password;

	*(void **) &parse = find("PQconninfoParse");
	*(void **) &release = find("PQconninfoFree");
	options = parse(connection, NULL);
	if (options == NULL)
		return; /* PostgreSQL says what is wrong with it */
	for (ConnectionOption *option = options; option->keyword != NULL; option++)
	{
		if (option->value != NULL && !is_allowed(option))
			refused = pstrdup(option->keyword);
	}
	host = value_of(options, "host");
	has_host = are_remote(host[0] == '\0' ? value_of(options, "hostaddr") : host);
	has_password = value_of(options, "password")[0] != '\0';
	release(options);
	if (refused != NULL)
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("permission denied to use connection option \"%s\"", refused),
						   errdetail("Non-superusers must not let the server use its own files.")));
	if (!has_host)
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("host is required"),
						   errdetail("Non-superusers must provide a host in the connection string, and not a socket of the server.")));
	if (!has_password) /* as PostgreSQL 16 says it */
		ereport(ERROR, (errcode(ERRCODE_S_R_E_PROHIBITED_SQL_STATEMENT_ATTEMPTED), errmsg("password is required"),
						   errdetail("Non-superusers must provide a password in the connection string.")));
}

void
check_subscription(Node *statement)
{
	const char *connection = NULL;

	if (IsA(statement, CreateSubscriptionStmt))
		connection = ((CreateSubscriptionStmt *) statement)->conninfo;
	else if (IsA(statement, AlterSubscriptionStmt) && ((AlterSubscriptionStmt *) statement)->kind == ALTER_SUBSCRIPTION_CONNECTION)
		connection = ((AlterSubscriptionStmt *) statement)->conninfo;
	if (connection != NULL && !superuser())
		check_connection(connection);
}
