/*
  * Subscriptions of users who are not superusers, which are members of rds_superuser. The server itself connects to the publisher. So the
  * connection string must contain hosts and a password and no file name: otherwise the server would use its own files for the user, or log
  * in as itself over a socket. Changes are applied as the subscription's owner, whose privileges PostgreSQL checks since 15.
  */
#include "rules.h"

#include <dlfcn.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"

/* As in libpq-fe.h, which is not always installed with the server's headers. */
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

/* None of these names a file or is looked up in one. */
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

/* Every host of the list must be remote; an empty one means the server's socket. */
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

	load_file("libpqwalreceiver", false); /* loads libpq */
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
		return; /* PostgreSQL reports the error */
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
	if (!has_password) /* worded like PostgreSQL 16 */
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
