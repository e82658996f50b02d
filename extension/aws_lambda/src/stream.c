#include "stream.h"

#include <sys/socket.h>
#include <unistd.h>

#include "miscadmin.h"

#include "report.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* the server ignores SIGPIPE anyway */
#endif

#define BUFFER_MIN 8192
#define BUFFER_KEPT 65536

void
stream_open(Stream *stream, pgsocket socket)
{
	stream->socket = socket;
	stream->events = create_lasting_wait_event_set(3);
	AddWaitEventToSet(stream->events, WL_LATCH_SET, PGINVALID_SOCKET, MyLatch, NULL);
	AddWaitEventToSet(stream->events, WL_EXIT_ON_PM_DEATH, PGINVALID_SOCKET, NULL, NULL);
	stream->awaited = WL_SOCKET_READABLE;
	stream->socket_position = AddWaitEventToSet(stream->events, stream->awaited, socket, NULL, NULL);
}

void
stream_close(Stream *stream)
{
	if (stream->events != NULL)
		FreeWaitEventSet(stream->events);
	stream->events = NULL;
	if (stream->socket != PGINVALID_SOCKET)
		closesocket(stream->socket);
	stream->socket = PGINVALID_SOCKET;
}

void
stream_reserve(Stream *stream, size_t size)
{
	if (stream->capacity > size)
		return;
	size = Max(size + 1, BUFFER_MIN);
	if (stream->buffer == NULL)
		stream->buffer = MemoryContextAlloc(TopMemoryContext, size);
	else
		stream->buffer = repalloc(stream->buffer, size);
	stream->capacity = size;
}

void
stream_trim(Stream *stream)
{
	if (stream->capacity <= BUFFER_KEPT)
		return;
	pfree(stream->buffer);
	stream->buffer = NULL;
	stream->capacity = 0;
}

/* ---- waiting ---- */

/*
 * Waits until the socket is ready or the deadline has passed. The deadline also ends a statement that swallows cancels.
 */
static IoResult
wait_until_ready(Stream *stream, uint32 what, const Deadline *deadline)
{
	static uint32 wait_event = 0;

	if (stream->awaited != what)
	{
		ModifyWaitEvent(stream->events, stream->socket_position, what, NULL);
		stream->awaited = what;
	}
	for (;;)
	{
		WaitEvent event;
		long left = deadline_left_ms(deadline);

		/* A process that was itself late still looks once for what has arrived in time. */
		if (WaitEventSetWait(stream->events, left, &event, 1, named_wait_event("AwsLambdaInvoke", &wait_event)) == 0)
		{
			if (left == 0)
				return IO_LATE;
			continue;
		}
		if (event.events & WL_LATCH_SET)
		{
			ResetLatch(MyLatch);
			CHECK_FOR_INTERRUPTS();
		}
		else
			return IO_DONE;
	}
}

IoResult
stream_wait(Stream *stream, const Deadline *deadline)
{
	return wait_until_ready(stream, WL_SOCKET_READABLE, deadline);
}

/* ---- bytes ---- */

IoResult
stream_send(Stream *stream, size_t length, const Deadline *deadline, bool *nothing_sent)
{
	size_t sent = 0;

	while (sent < length)
	{
		ssize_t n = send(stream->socket, stream->buffer + sent, length - sent, MSG_NOSIGNAL);
		IoResult waited;

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
		waited = wait_until_ready(stream, WL_SOCKET_WRITEABLE, deadline);
		if (waited != IO_DONE)
			return waited;
	}
	*nothing_sent = false;
	return IO_DONE;
}

/* Reads more bytes after the first `have` of the buffer; it has room for at least one. */
static IoResult
receive_some(Stream *stream, size_t *have, const Deadline *deadline)
{
	for (;;)
	{
		IoResult waited = wait_until_ready(stream, WL_SOCKET_READABLE, deadline);
		ssize_t n;

		if (waited != IO_DONE)
			return waited;
		n = recv(stream->socket, stream->buffer + *have, stream->capacity - 1 - *have, 0);
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

/* A reply usually arrives in one piece, including the prefix. */
IoResult
stream_receive(Stream *stream, FrameReply *reply, const Deadline *deadline)
{
	size_t have = 0;
	size_t need = FRAME_PREFIX_SIZE;
	uint32 length = 0;
	const char *flaw;

	stream_reserve(stream, BUFFER_MIN - 1);
	while (have < need)
	{
		IoResult received = receive_some(stream, &have, deadline);

		if (received != IO_DONE)
			return received;
		if (length == 0 && have >= FRAME_PREFIX_SIZE)
		{
			if (!frame_read_prefix(stream->buffer, &length))
				report_protocol_error("The length of a frame is out of range.");
			need = FRAME_PREFIX_SIZE + (size_t) length;
			stream_reserve(stream, need);
		}
	}
	if (have > need)
		report_protocol_error("The bridge sent more than its reply.");
	flaw = frame_read_reply(stream->buffer + FRAME_PREFIX_SIZE, length, reply);
	if (flaw != NULL)
		report_protocol_error(psprintf("Malformed reply: %s.", flaw));
	return IO_DONE;
}
