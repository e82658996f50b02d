/*
  * Peer authentication maps the operating-system user of the local AWS to rdsadmin. When servers run as that same user, a backend that
  * connects on behalf of its user (dblink, postgres_fdw) looks the same, and only the client library drops such a connection. So no process
  * of a PostgreSQL server may log in as rdsadmin.
  */
#include "rules.h"

/* Their headers need not be installed; everything used of Port comes before them. */
#undef ENABLE_GSS
#undef USE_OPENSSL

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "catalog/pg_authid.h"
#include "libpq/auth.h"
#include "libpq/libpq-be.h"
#include "utils/acl.h"

static ClientAuthentication_hook_type next_client_authentication = NULL;

/* Checks the name of the process, which every user can read. A process that has ended may have been anything. */
static bool
is_of_server(int socket)
{
	static const char name[] = "postgres\n";
	struct ucred peer;
	socklen_t size = sizeof(peer);
	char path[64];
	char found[sizeof(name)] = "";
	int file;
	ssize_t length;

	if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
		return true;
	if (peer.pid == 0) /* it is outside of this server's sandbox, which has its own process ids */
		return false;
	snprintf(path, sizeof(path), "/proc/%d/comm", (int) peer.pid);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return kill(peer.pid, 0) == 0 || errno == ESRCH; /* otherwise hidden: another user's, as no server of ours is */
	length = read(file, found, sizeof(found) - 1);
	close(file);
	return length <= 0 || strcmp(found, name) == 0;
}

static void
client_authentication(Port *port, int status)
{
	if (next_client_authentication)
		next_client_authentication(port, status);
	if (status == STATUS_OK && port->raddr.addr.ss_family == AF_UNIX && get_role_oid(port->user_name, true) == BOOTSTRAP_SUPERUSERID &&
		is_of_server(port->sock))
		ereport(FATAL,
			(errcode(ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION), errmsg("Peer authentication failed for user \"%s\"", port->user_name)));
}

void
install_peers(void)
{
	next_client_authentication = ClientAuthentication_hook;
	ClientAuthentication_hook = client_authentication;
}
