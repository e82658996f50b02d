/*
 * A function for provided.al2023 in C: asks the Runtime API for events over one connection, and answers with the number of bytes of
 * each.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define LARGEST (7 * 1024 * 1024) /* an event of 6 MB with its head */

static char reply[LARGEST + 1];
static int api;

static void
fail(const char *what)
{
	perror(what);
	exit(1);
}

static void
connect_to(const char *address)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	char host[64];
	const char *port = strchr(address, ':');

	if (port == NULL || (size_t) (port - address) >= sizeof(host))
		fail("AWS_LAMBDA_RUNTIME_API");
	memcpy(host, address, port - address);
	host[port - address] = '\0';
	to.sin_port = htons((uint16_t) atoi(port + 1));
	if (inet_pton(AF_INET, host, &to.sin_addr) != 1 || (api = socket(AF_INET, SOCK_STREAM, 0)) < 0 ||
		connect(api, (struct sockaddr *) &to, sizeof(to)) < 0)
		fail("Runtime API");
}

static void
send_all(const char *text, size_t length)
{
	while (length > 0)
	{
		ssize_t sent = send(api, text, length, MSG_NOSIGNAL);

		if (sent < 0)
			fail("send");
		text += sent;
		length -= (size_t) sent;
	}
}

/* Reads a reply and returns its body, whose length is set. */
static char *
receive(long *length)
{
	size_t have = 0;
	char *body = NULL;

	for (;;)
	{
		ssize_t got = recv(api, reply + have, LARGEST - have, 0);

		if (got <= 0)
			exit(0); /* the environment ends */
		have += (size_t) got;
		reply[have] = '\0';
		if (body == NULL && (body = strstr(reply, "\r\n\r\n")) != NULL)
		{
			char *header = strcasestr(reply, "\r\nContent-Length:");

			body += 4;
			*length = header == NULL ? 0 : atol(header + strlen("\r\nContent-Length:"));
		}
		if (body != NULL && (long) (have - (size_t) (body - reply)) >= *length)
			return body;
	}
}

int
main(void)
{
	static const char next[] = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
	const char *address = getenv("AWS_LAMBDA_RUNTIME_API");

	if (address == NULL)
		fail("AWS_LAMBDA_RUNTIME_API");
	connect_to(address);
	for (;;)
	{
		char id[64] = "", result[64], answer[512];
		char *header;
		long length = 0, ignored = 0;

		send_all(next, sizeof(next) - 1);
		receive(&length);
		header = strcasestr(reply, "\r\nLambda-Runtime-Aws-Request-Id:");
		if (header == NULL || sscanf(header, "\r\n%*[^:]: %63[^\r]", id) != 1)
			fail("no request id");
		snprintf(result, sizeof(result), "{\"bytes\":%ld}", length);
		snprintf(answer, sizeof(answer),
			"POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %zu\r\n\r\n%s", id,
			strlen(result), result);
		send_all(answer, strlen(answer));
		receive(&ignored);
	}
}
