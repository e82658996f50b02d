/*
 * A function for provided.al2023 that answers with its event. With a port it is its own peer instead: a server that answers each request
 * with its body, by a thread a connection. With "end" it ends at once, which is the bare start of a program.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define LARGEST (7 * 1024 * 1024) /* an event of 6 MB with its head */

static void
send_all(int to, const char *text, size_t length)
{
	while (length > 0)
	{
		ssize_t sent = send(to, text, length, MSG_NOSIGNAL);

		if (sent < 0)
			exit(1);
		text += sent;
		length -= (size_t) sent;
	}
}

/* Reads a message and returns its body, whose length is set; NULL at the end of the connection. */
static char *
receive(int from, char *message, long *length)
{
	size_t have = 0;
	char *body = NULL;

	for (;;)
	{
		ssize_t got = recv(from, message + have, LARGEST - have, 0);

		if (got <= 0)
			return NULL;
		have += (size_t) got;
		message[have] = '\0';
		if (body == NULL && (body = strstr(message, "\r\n\r\n")) != NULL)
		{
			char *header;

			body[2] = '\0'; /* so that no search reads the body */
			header = strcasestr(message, "\r\nContent-Length:");
			body += 4;
			*length = header == NULL ? 0 : atol(header + strlen("\r\nContent-Length:"));
		}
		if (body != NULL && (long) (have - (size_t) (body - message)) >= *length)
			return body;
	}
}

static void
answer(int to, const char *head, const char *body, long length)
{
	char text[512];
	int size = snprintf(text, sizeof(text), "%s\r\nContent-Length: %ld\r\n\r\n", head, length);

	send_all(to, text, (size_t) size);
	send_all(to, body, (size_t) length);
}

static void *
serve_connection(void *argument)
{
	int connection = (int) (long) argument, one = 1;
	char *message = malloc(LARGEST + 1), *body;
	long length = 0;

	setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	while (message != NULL && (body = receive(connection, message, &length)) != NULL)
		answer(connection, "HTTP/1.1 200 OK", body, length);
	free(message);
	close(connection);
	return NULL;
}

static int
serve(int port)
{
	struct sockaddr_in on = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t) port)};
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	if (bind(listener, (struct sockaddr *) &on, sizeof(on)) < 0 || listen(listener, 1024) < 0)
		return 1;
	for (;;)
	{
		int connection = accept(listener, NULL, NULL);
		pthread_t thread;

		if (connection >= 0 && pthread_create(&thread, NULL, serve_connection, (void *) (long) connection) == 0)
			pthread_detach(thread);
	}
}

static int
run_function(const char *address)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	char host[64] = "", head[256], id[64];
	static char message[LARGEST + 1];
	int api = socket(AF_INET, SOCK_STREAM, 0), port = 0, one = 1;
	long length = 0, ignored = 0;

	if (address == NULL || sscanf(address, "%63[^:]:%d", host, &port) != 2 || inet_pton(AF_INET, host, &to.sin_addr) != 1)
		return 1;
	to.sin_port = htons((uint16_t) port);
	if (connect(api, (struct sockaddr *) &to, sizeof(to)) < 0)
		return 1;
	setsockopt(api, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	for (;;)
	{
		static const char next[] = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
		char *body, *header;

		send_all(api, next, sizeof(next) - 1);
		if ((body = receive(api, message, &length)) == NULL)
			return 0;
		header = strcasestr(message, "\r\nLambda-Runtime-Aws-Request-Id:");
		if (header == NULL || sscanf(header, "\r\n%*[^:]: %63[^\r]", id) != 1)
			return 1;
		snprintf(head, sizeof(head), "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: 127.0.0.1", id);
		answer(api, head, body, length);
		if (receive(api, message, &ignored) == NULL)
			return 0;
	}
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return strcmp(argv[1], "end") == 0 ? 0 : serve(atoi(argv[1]));
	return run_function(getenv("AWS_LAMBDA_RUNTIME_API"));
}
