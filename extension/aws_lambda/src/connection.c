#include "compat.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "storage/fd.h"

#include "connection.h"
#include "deadline.h"
#include "launch.h"
#include "report.h"
#include "stream.h"
#include "supervision.h"

#define GRACE_MS 2000 /* lets the bridge report its own time-out first */
#define LAST_WORD_MS 20
#define STATUS_LIMIT_MS 1000
#define BUSY_FACTOR 12 /* how many times longer a session waits for a bridge that takes others meanwhile */

static Stream stream = {.socket = PGINVALID_SOCKET};
static bool descriptor_acquired = false;
static uint32 last_request_id = 0;
static uint16 version; /* spoken on the connection */

/* A request, and what is needed to send it and to wait for its answer. */
typedef struct Exchange
{
	const void *request;
	uint64 (*size)(const void *request, uint16 version);
	void (*write)(const void *request, uint16 version, uint32_t request_id, uint8_t *to);
	uint16 lowest_version; /* the first one that has such frames */
	FrameReplyType answer;
	long limit_ms;
	bool may_have_run; /* once it has been sent */
} Exchange;

static void
close_connection(void)
{
	stream_close(&stream);
	if (descriptor_acquired)
		ReleaseExternalFD();
	descriptor_acquired = false;
}

void
bridge_disconnect(void)
{
	close_connection();
}

void
bridge_release_reply(void)
{
	stream_trim(&stream);
}

/* ---- errors ---- */

/*
 * Any error between a request and the release of its reply, even one of json_in over the payload, aborts the transaction or the
 * subtransaction that catches it. Releasing the buffer there costs a successful call nothing.
 */
static void
release_at_abort(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_PARALLEL_ABORT)
		bridge_release_reply();
}

static void
release_at_subtransaction_abort(SubXactEvent event, SubTransactionId own, SubTransactionId parent, void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		bridge_release_reply();
}

static void
release_after_errors(void)
{
	static bool registered = false;

	if (registered)
		return;
	RegisterXactCallback(release_at_abort, NULL);
	RegisterSubXactCallback(release_at_subtransaction_abort, NULL);
	registered = true;
}

/* ---- connecting ---- */

/* Refusing early is better than running out of descriptors somewhere else. */
static void
acquire_descriptor(void)
{
	descriptor_acquired = AcquireExternalFD();
	if (!descriptor_acquired)
		report_unavailable(
			"There are too many open files in this server process.", "Raise max_files_per_process and the limit of the operating system.");
}

/* Exchanges Hello and Welcome. Returns false when the bridge has ended meanwhile, for example because it is being restarted. */
static bool
greet(Patience *patience)
{
	static const char name[] = "aws_lambda " EXTVERSION "; PostgreSQL " PG_VERSION;
	FrameText client_name = {name, sizeof name - 1};
	FrameReply reply;
	bool nothing_sent;
	IoResult result;

	stream_reserve(&stream, frame_hello_size(client_name));
	frame_write_hello(client_name, stream.buffer);
	result = stream_send(&stream, frame_hello_size(client_name), &patience->deadline, &nothing_sent);
	if (result == IO_DONE)
	{
		do
			result = stream_wait(&stream, &patience->deadline);
		while (result == IO_LATE && !patience_is_over(patience));
	}
	if (result == IO_DONE)
		result = stream_receive(&stream, &reply, &patience->deadline);
	if (result == IO_LATE)
		report_unavailable(
			"The bridge accepted a connection but did not answer its greeting.", "See the server log for messages of the bridge.");
	if (result == IO_LOST)
		return false;
	if (reply.type == FRAME_ERROR)
		report_bridge_error(&reply);
	if (reply.type != FRAME_WELCOME)
		report_protocol_error("The bridge did not answer the greeting with its own.");
	if (reply.version < FRAME_VERSION_LOWEST || reply.version > FRAME_PROTOCOL_VERSION)
		report_no_common_version(psprintf(
			"The bridge speaks version %u, the extension versions %u to %u.", reply.version, FRAME_VERSION_LOWEST, FRAME_PROTOCOL_VERSION));
	version = reply.version;
	supervision_welcome();
	return true;
}

static void
open_connection(void)
{
	Patience patience = patience_begin(bridge_start_limit_ms(), bridge_start_limit_ms() * BUSY_FACTOR);

	release_after_errors();
	for (;;)
	{
		acquire_descriptor();
		stream_open(&stream, bridge_connect(&patience));
		if (greet(&patience))
			return;
		close_connection();
		bridge_pause(&patience);
	}
}

/* ---- the exchange ---- */

/*
 * A server that shuts down ends its bridge and its sessions at the same time. When the bridge ends first, our own signal is about to
 * arrive, and the client should see the error of that signal.
 */
static void
report_lost(const char *detail, bool may_have_run)
{
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, LAST_WORD_MS, PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
	report_connection_lost(detail, may_have_run);
}

/*
 * Sends over the kept connection, or over a new one when no byte of the request can have reached the bridge. Once a byte has been sent the
 * function may run, so nothing is sent twice. The deadline starts again with a new connection.
 */
static void
send_request(const Exchange *exchange, Deadline *deadline)
{
	bool nothing_sent;

	for (bool again = false;; again = true)
	{
		uint64 size;

		if (stream.socket == PGINVALID_SOCKET)
			open_connection();
		if (version < exchange->lowest_version)
			report_no_common_version(psprintf("The bridge speaks version %u, this needs version %u.", version, exchange->lowest_version));
		*deadline = deadline_after(exchange->limit_ms);
		size = exchange->size(exchange->request, version);
		stream_reserve(&stream, (size_t) size);
		exchange->write(exchange->request, version, last_request_id, stream.buffer);
		switch (stream_send(&stream, (size_t) size, deadline, &nothing_sent))
		{
			case IO_DONE:
				return;
			case IO_LATE:
				report_no_answer(deadline->limit_ms, exchange->may_have_run);
				break;
			case IO_LOST:
				if (again || !nothing_sent)
					report_lost("It broke while the request was being sent.", exchange->may_have_run);
				close_connection();
				break;
		}
	}
}

static void
carry_out(const Exchange *exchange, FrameReply *reply)
{
	Deadline deadline;

	if (++last_request_id == 0)
		last_request_id = 1; /* 0 means no request */
	send_request(exchange, &deadline);
	switch (stream_receive(&stream, reply, &deadline))
	{
		case IO_DONE:
			break;
		case IO_LOST:
			report_lost("It broke before the answer had come in full.", exchange->may_have_run);
			break;
		case IO_LATE:
			report_no_answer(deadline.limit_ms, exchange->may_have_run);
			break;
	}
	if (reply->type == FRAME_ERROR && reply->request_id == 0)
		close_connection(); /* the error is about the connection itself, which the bridge closes */
	else if (reply->type != exchange->answer && reply->type != FRAME_ERROR)
		report_protocol_error("The bridge answered a request with a frame that does not belong there.");
	else if (reply->request_id != last_request_id)
		report_protocol_error("The bridge answered another request.");
}

static void
exchange_or_close(const Exchange *exchange, FrameReply *reply)
{
	uint64 size = exchange->size(exchange->request, FRAME_PROTOCOL_VERSION);

	if (!frame_size_fits(size))
		report_too_large(size);
	PG_TRY();
	{
		carry_out(exchange, reply);
	}
	PG_CATCH();
	{
		close_connection();
		PG_RE_THROW();
	}
	PG_END_TRY();
}

static uint64
invoke_size(const void *request, uint16 of_version)
{
	return frame_invoke_size(request, of_version);
}

static void
write_invoke(const void *request, uint16 of_version, uint32_t request_id, uint8_t *to)
{
	frame_write_invoke(request, of_version, request_id, to);
}

static uint64
explain_size(const void *request, uint16 of_version)
{
	return frame_explain_size(request);
}

static void
write_explain(const void *request, uint16 of_version, uint32_t request_id, uint8_t *to)
{
	frame_write_explain(request, request_id, to);
}

static uint64
object_size(const void *request, uint16 of_version)
{
	return frame_object_size(request);
}

static void
write_object(const void *request, uint16 of_version, uint32_t request_id, uint8_t *to)
{
	frame_write_object(request, request_id, to);
}

void
bridge_object(const ObjectRequest *request, FrameReply *reply)
{
	Exchange exchange = {
		.request = request,
		.size = object_size,
		.write = write_object,
		.lowest_version = FRAME_VERSION_OBJECT,
		.answer = FRAME_OBJECT_RESULT,
		.limit_ms = FRAME_OBJECT_ATTEMPTS * ((long) request->connect_timeout_ms + request->request_timeout_ms) + GRACE_MS,
	};

	exchange_or_close(&exchange, reply);
}

void
bridge_invoke(const InvokeRequest *request, FrameReply *reply)
{
	Exchange exchange = {
		.request = request,
		.size = invoke_size,
		.write = write_invoke,
		/* A bridge that does not know a field must not make the call without it. */
		.lowest_version = request->breaker_failures > 0             ? FRAME_VERSION_BREAKER
						  : request->identity.iam_role.data != NULL ? FRAME_VERSION_IAM_ROLE
																	: FRAME_VERSION_LOWEST,
		.answer = FRAME_RESULT,
		.limit_ms = (long) request->connect_timeout_ms + request->request_timeout_ms + GRACE_MS,
		.may_have_run = true,
	};

	exchange_or_close(&exchange, reply);
}

void
bridge_explain(const ExplainRequest *request, FrameReply *reply)
{
	Exchange exchange = {
		.request = request,
		.size = explain_size,
		.write = write_explain,
		.lowest_version = request->identity.iam_role.data != NULL ? FRAME_VERSION_IAM_ROLE : FRAME_VERSION_EXPLAIN,
		.answer = FRAME_EXPLANATION,
		.limit_ms = FRAME_EXPLAIN_LIMIT_MS + GRACE_MS,
	};

	exchange_or_close(&exchange, reply);
}

/* ---- status ---- */

/* Returns false when no bridge runs. */
static bool
open_connection_if_running(Patience *patience)
{
	pgsocket sock;

	release_after_errors();
	acquire_descriptor();
	sock = bridge_connect_if_running();
	if (sock == PGINVALID_SOCKET)
	{
		close_connection();
		return false;
	}
	stream_open(&stream, sock);
	return greet(patience);
}

/* Unlike a request it may be sent again, so that a kept connection to a bridge that has ended is no failure. */
static bool
ask_for_status(FrameReply *reply)
{
	Patience patience = patience_begin(STATUS_LIMIT_MS, STATUS_LIMIT_MS);

	for (bool again = false;; again = true)
	{
		bool nothing_sent;
		IoResult result;

		if (stream.socket == PGINVALID_SOCKET && !open_connection_if_running(&patience))
		{
			close_connection();
			return false;
		}
		stream_reserve(&stream, FRAME_STATUS_SIZE);
		frame_write_status(stream.buffer);
		result = stream_send(&stream, FRAME_STATUS_SIZE, &patience.deadline, &nothing_sent);
		if (result == IO_DONE)
			result = stream_receive(&stream, reply, &patience.deadline);
		if (result == IO_LATE)
			report_no_answer(patience.deadline.limit_ms, false);
		if (result == IO_DONE)
			break;
		if (again)
			report_connection_lost("It broke before the status had come in full.", false);
		close_connection();
	}
	if (reply->type == FRAME_ERROR)
		report_bridge_error(reply);
	if (reply->type != FRAME_STATUS_TEXT)
		report_protocol_error("The bridge answered a question for its status with a frame that does not belong there.");
	return true;
}

bool
bridge_status(FrameReply *reply)
{
	bool runs = false;

	PG_TRY();
	{
		runs = ask_for_status(reply);
	}
	PG_CATCH();
	{
		close_connection();
		PG_RE_THROW();
	}
	PG_END_TRY();
	return runs;
}
