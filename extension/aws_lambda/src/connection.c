#include "compat.h"

#include "storage/fd.h"

#include "connection.h"
#include "deadline.h"
#include "launch.h"
#include "report.h"
#include "stream.h"

#define GRACE_MS			2000	/* for the bridge to report its own time-out */

static Stream stream = {.socket = PGINVALID_SOCKET};
static bool descriptor_acquired = false;
static uint32 last_request_id = 0;

static void
close_connection(void)
{
	stream_close(&stream);
	if (descriptor_acquired)
		ReleaseExternalFD();
	descriptor_acquired = false;
}

void
bridge_release_reply(void)
{
	stream_trim(&stream);
}

/* ---- connecting ---- */

/* Refusing early is better than running out of descriptors in the middle of something else. */
static void
acquire_descriptor(void)
{
	descriptor_acquired = AcquireExternalFD();
	if (!descriptor_acquired)
		report_unavailable("There are too many open files in this server process.",
						   "Raise max_files_per_process and the limit of the operating system.");
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

	stream_reserve(&stream, frame_hello_size(client_name));
	frame_write_hello(client_name, stream.buffer);
	result = stream_send(&stream, frame_hello_size(client_name), deadline, &nothing_sent);
	if (result == IO_DONE)
		result = stream_receive(&stream, &reply, deadline);
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
		stream_open(&stream, bridge_connect(&deadline));
		if (greet(&deadline))
			return;
		close_connection();
		bridge_pause();
	}
}

/* ---- the exchange ---- */

/*
 * Sends over the kept connection, or over a new one when no byte of the request can have reached the bridge. From the first
 * byte on the function may run, so that nothing is sent again. The deadline starts anew with a new connection.
 */
static void
send_request(const InvokeRequest *request, size_t size, Deadline *deadline)
{
	bool		nothing_sent;

	for (bool again = false;; again = true)
	{
		if (stream.socket == PGINVALID_SOCKET)
			open_connection();
		*deadline = deadline_after((long) request->connect_timeout_ms + request->request_timeout_ms + GRACE_MS);
		stream_reserve(&stream, size);
		frame_write_invoke(request, last_request_id, stream.buffer);
		switch (stream_send(&stream, size, deadline, &nothing_sent))
		{
			case IO_DONE:
				return;
			case IO_LATE:
				report_no_answer(deadline->limit_ms);
				break;
			case IO_LOST:
				if (again || !nothing_sent)
					report_connection_lost("It broke while the request was being sent.");
				close_connection();
				break;
		}
	}
}

static void
exchange(const InvokeRequest *request, size_t size, FrameReply *reply)
{
	Deadline	deadline;

	if (++last_request_id == 0)
		last_request_id = 1;	/* 0 means no request */
	send_request(request, size, &deadline);
	switch (stream_receive(&stream, reply, &deadline))
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
	else if (reply->request_id != last_request_id)
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
