#include "compat.h"

#include <sys/socket.h>

#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/memutils.h"

#include "connection.h"
#include "deadline.h"
#include "launch.h"
#include "report.h"
#include "settings.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0			/* the server ignores SIGPIPE anyway */
#endif

#define BUFFER_MIN			8192
#define BUFFER_KEPT			65536	/* a larger one is given back after the call */
#define GRACE_MS			2000	/* for the bridge to report its own time-out */

typedef enum IoResult
{
	IO_DONE,
	IO_LOST,					/* the other side is gone */
	IO_LATE						/* the deadline has passed */
} IoResult;

static struct
{
	pgsocket	socket;
	bool		fd_acquired;
	WaitEventSet *events;
	int			socket_position;
	uint32		awaited;		/* WL_SOCKET_READABLE or WL_SOCKET_WRITEABLE */
	uint32		request_id;
	uint8	   *buffer;			/* a request, then its reply */
	size_t		capacity;
}			connection = {.socket = PGINVALID_SOCKET};

static void
close_connection(void)
{
	if (connection.events != NULL)
		FreeWaitEventSet(connection.events);
	connection.events = NULL;
	if (connection.socket != PGINVALID_SOCKET)
		closesocket(connection.socket);
	connection.socket = PGINVALID_SOCKET;
	if (connection.fd_acquired)
		ReleaseExternalFD();
	connection.fd_acquired = false;
}

/* Contents are kept. One byte more than asked, so that a text at the very end can be terminated in place. */
static void
reserve_buffer(size_t size)
{
	if (connection.capacity > size)
		return;
	size = Max(size + 1, BUFFER_MIN);
	if (connection.buffer == NULL)
		connection.buffer = MemoryContextAlloc(TopMemoryContext, size);
	else
		connection.buffer = repalloc(connection.buffer, size);
	connection.capacity = size;
}

void
bridge_release_reply(void)
{
	if (connection.capacity <= BUFFER_KEPT)
		return;
	pfree(connection.buffer);
	connection.buffer = NULL;
	connection.capacity = 0;
}

/* ---- waiting ---- */

/*
 * Until the socket is ready, or the deadline has passed. A statement that swallows cancels meets the deadline all the same.
 */
static IoResult
wait_until_ready(uint32 what, const Deadline *deadline)
{
	static uint32 wait_event = 0;

	if (wait_event == 0)
		wait_event = named_wait_event("AwsLambdaInvoke");
	if (connection.awaited != what)
	{
		ModifyWaitEvent(connection.events, connection.socket_position, what, NULL);
		connection.awaited = what;
	}
	for (;;)
	{
		WaitEvent	event;
		long		left = deadline_left_ms(deadline);

		if (left == 0)
			return IO_LATE;
		if (WaitEventSetWait(connection.events, left, &event, 1, wait_event) == 0)
			continue;
		if (event.events & WL_LATCH_SET)
		{
			ResetLatch(MyLatch);
			CHECK_FOR_INTERRUPTS();
		}
		else
			return IO_DONE;
	}
}

/* ---- bytes ---- */

/* nothing_sent tells whether the other side can have seen any of it. */
static IoResult
send_buffer(size_t length, const Deadline *deadline, bool *nothing_sent)
{
	size_t		sent = 0;

	while (sent < length)
	{
		ssize_t		n = send(connection.socket, connection.buffer + sent, length - sent, MSG_NOSIGNAL);
		IoResult	waited;

		if (n >= 0)
		{
			sent += n;
			continue;
		}
		*nothing_sent = sent == 0;
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN && errno != EWOULDBLOCK)
			return IO_LOST;
		waited = wait_until_ready(WL_SOCKET_WRITEABLE, deadline);
		if (waited != IO_DONE)
			return waited;
	}
	*nothing_sent = false;
	return IO_DONE;
}

/* More bytes behind the first `have` of the buffer; there is room for at least one. */
static IoResult
receive_some(size_t *have, const Deadline *deadline)
{
	for (;;)
	{
		IoResult	waited = wait_until_ready(WL_SOCKET_READABLE, deadline);
		ssize_t		n;

		if (waited != IO_DONE)
			return waited;
		n = recv(connection.socket, connection.buffer + *have, connection.capacity - 1 - *have, 0);
		if (n > 0)
		{
			*have += n;
			return IO_DONE;
		}
		if (n == 0)
			return IO_LOST;
		if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
			return IO_LOST;
	}
}

/* One whole frame, which mostly comes in one piece; raises LM900 when it is none. */
static IoResult
receive_frame(FrameReply *reply, const Deadline *deadline)
{
	size_t		have = 0;
	size_t		need = FRAME_PREFIX_SIZE;
	uint32		length = 0;
	const char *flaw;

	reserve_buffer(BUFFER_MIN - 1);
	while (have < need)
	{
		IoResult	received = receive_some(&have, deadline);

		if (received != IO_DONE)
			return received;
		if (length == 0 && have >= FRAME_PREFIX_SIZE)
		{
			if (!frame_read_prefix(connection.buffer, &length))
				report_protocol_error("The length of a frame is out of range.");
			need = FRAME_PREFIX_SIZE + (size_t) length;
			reserve_buffer(need);
		}
	}
	if (have > need)
		report_protocol_error("The bridge sent more than its reply.");
	flaw = frame_read_reply(connection.buffer + FRAME_PREFIX_SIZE, length, reply);
	if (flaw != NULL)
		report_protocol_error(psprintf("Malformed reply: %s.", flaw));
	return IO_DONE;
}

/* ---- connecting ---- */

/* Refusing early is better than running out of descriptors in the middle of something else. */
static void
acquire_descriptor(void)
{
	connection.fd_acquired = AcquireExternalFD();
	if (!connection.fd_acquired)
		report_unavailable("There are too many open files in this server process.",
						   "Raise max_files_per_process and the limit of the operating system.");
}

static void
attach(pgsocket socket)
{
	connection.socket = socket;
	connection.events = create_lasting_wait_event_set(3);
	AddWaitEventToSet(connection.events, WL_LATCH_SET, PGINVALID_SOCKET, MyLatch, NULL);
	AddWaitEventToSet(connection.events, WL_EXIT_ON_PM_DEATH, PGINVALID_SOCKET, NULL, NULL);
	connection.awaited = WL_SOCKET_READABLE;
	connection.socket_position = AddWaitEventToSet(connection.events, connection.awaited, socket, NULL, NULL);
}

/* Hello and Welcome. False when the bridge went away meanwhile, say because it was just being restarted. */
static bool
greet(const Deadline *deadline)
{
	static const char name[] = "aws_lambda " EXTVERSION "; PostgreSQL " PG_VERSION;
	FrameText	client_name = {name, sizeof name - 1};
	FrameReply	reply;
	bool		nothing_sent;
	IoResult	result;

	reserve_buffer(frame_hello_size(client_name));
	frame_write_hello(client_name, connection.buffer);
	result = send_buffer(frame_hello_size(client_name), deadline, &nothing_sent);
	if (result == IO_DONE)
		result = receive_frame(&reply, deadline);
	if (result == IO_LATE)
		report_unavailable("The bridge accepted a connection but did not answer its greeting.",
						   "See the server log for messages of the bridge.");
	if (result == IO_LOST)
		return false;
	if (reply.type == FRAME_ERROR)
		report_bridge_error(&reply);
	if (reply.type != FRAME_WELCOME)
		report_protocol_error("The bridge did not answer the greeting with its own.");
	if (reply.version != FRAME_PROTOCOL_VERSION)
		report_no_common_version(psprintf("The bridge speaks version %u, the extension version %u.",
										  reply.version, FRAME_PROTOCOL_VERSION));
	return true;
}

static void
open_connection(void)
{
	Deadline	deadline = deadline_after(bridge_start_limit_ms());

	for (;;)
	{
		acquire_descriptor();
		attach(bridge_connect(&deadline));
		if (greet(&deadline))
			return;
		close_connection();
		bridge_pause();
	}
}

/* Whether the kept connection ended, or holds bytes that nobody asked for, while it was idle. */
static bool
is_stale(void)
{
	char		byte;
	ssize_t		n = recv(connection.socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

	return n >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

/* ---- the exchange ---- */

/*
 * Sends over the kept connection, or a new one when no byte of the request can have reached the bridge. From the first
 * byte on the function may run, so that nothing is sent again.
 */
static void
send_request(const InvokeRequest *request, size_t size, const Deadline *deadline)
{
	bool		kept = connection.socket != PGINVALID_SOCKET;
	bool		nothing_sent;
	IoResult	result;

	for (;;)
	{
		reserve_buffer(size);
		frame_write_invoke(request, connection.request_id, connection.buffer);
		result = send_buffer(size, deadline, &nothing_sent);
		if (result == IO_DONE)
			return;
		if (result == IO_LATE)
			report_no_answer(deadline->limit_ms);
		if (!kept || !nothing_sent)
			report_connection_lost("It broke while the request was being sent.");
		close_connection();
		open_connection();
		kept = false;
	}
}

static void
exchange(const InvokeRequest *request, size_t size, FrameReply *reply)
{
	Deadline	deadline;

	if (connection.socket != PGINVALID_SOCKET && is_stale())
		close_connection();
	if (connection.socket == PGINVALID_SOCKET)
		open_connection();

	deadline = deadline_after((long) request->connect_timeout_ms + request->request_timeout_ms + GRACE_MS);
	connection.request_id++;
	send_request(request, size, &deadline);
	switch (receive_frame(reply, &deadline))
	{
		case IO_DONE:
			break;
		case IO_LOST:
			report_connection_lost("It broke before the answer had come in full.");
			break;
		case IO_LATE:
			report_no_answer(deadline.limit_ms);
			break;
	}
	if (reply->type == FRAME_ERROR && reply->request_id == 0)
		close_connection();		/* about the connection itself, which the bridge gives up */
	else if (reply->type != FRAME_RESULT && reply->type != FRAME_ERROR)
		report_protocol_error("The bridge answered an invocation with a frame that does not belong there.");
	else if (reply->request_id != connection.request_id)
		report_protocol_error("The bridge answered another request.");
}

void
bridge_exchange(const InvokeRequest *request, FrameReply *reply)
{
	uint64		size = frame_invoke_size(request);

	if (!frame_size_fits(size))
		report_too_large(size);
	PG_TRY();
	{
		exchange(request, (size_t) size, reply);
	}
	PG_CATCH();
	{
		close_connection();
		bridge_release_reply();
		PG_RE_THROW();
	}
	PG_END_TRY();
}
