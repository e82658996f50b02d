/*
 * Peer authentication takes the operating-system user of the local AWS for rdsadmin. Where servers run as that user themselves, a backend
 * that connects on behalf of its user (dblink, postgres_fdw) is the same to it, and only that client drops the connection. So no process of
 * a PostgreSQL server logs in as rdsadmin.
 */
#include "rules.h"

#undef ENABLE_GSS /* whose headers need not be there; what is used of Port comes before it */

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "catalog/pg_authid.h"
#include "libpq/auth.h"
#include "libpq/libpq-be.h"
#include "utils/acl.h"

static ClientAuthentication_hook_type next_client_authentication = NULL;

/* By the name of the process, which everybody may read. One that is gone may have been anything. */
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
	if (peer.pid == 0) /* outside of this server's sandbox, which has process ids of its own */
		return false;
	snprintf(path, sizeof(path), "/proc/%d/comm", (int) peer.pid);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return kill(peer.pid, 0) == 0 || errno == ESRCH; /* else hidden: another user's, as no server of ours is */
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
