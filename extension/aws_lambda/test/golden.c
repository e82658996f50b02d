/*
  * Golden frames: frame_write.c writes exactly the bytes in tests/golden/frames, and frame_read.c reads them back. Cut, changed or random
  * bytes do no harm (built with the address and undefined-behaviour sanitizers).
  *
  * Usage: golden DIRECTORY. Prints TAP.
  */
#include "frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *directory;
static int tests = 0;
static int failures = 0;

static void
check(bool passed, const char *name, const char *what)
{
	tests++;
	failures += passed ? 0 : 1;
	printf("%sok %d - %s: %s\n", passed ? "" : "not ", tests, name, what);
}

/* Loads a file into a block of exactly its size, so that the sanitizer notices reads behind it. */
static uint8_t *
load(const char *name, size_t *size)
{
	char path[4096];
	static uint8_t content[65536];
	FILE *file;
	uint8_t *exact;

	snprintf(path, sizeof path, "%s/%s.bin", directory, name);
	file = fopen(path, "rb");
	if (file == NULL)
	{
		perror(path);
		exit(2);
	}
	*size = fread(content, 1, sizeof content, file);
	fclose(file);
	exact = malloc(*size);
	memcpy(exact, content, *size);
	return exact;
}

static FrameText
text(const char *value)
{
	FrameText result = {value, value == NULL ? 0 : (uint32_t) strlen(value)};

	return result;
}

static bool
same(FrameText value, const char *expected)
{
	if (expected == NULL || value.data == NULL)
		return expected == NULL && value.data == NULL;
	return value.length == strlen(expected) && memcmp(value.data, expected, value.length) == 0;
}

/* ---- writing ---- */

static void
check_invoke(const char *name, const InvokeRequest *request, uint32_t request_id)
{
	size_t size;
	uint8_t *golden = load(name, &size);
	uint64_t needed = frame_invoke_size(request, FRAME_PROTOCOL_VERSION);
	uint8_t *written = malloc(needed);

	frame_write_invoke(request, FRAME_PROTOCOL_VERSION, request_id, written);
	check(needed == size, name, "size");
	check(needed == size && memcmp(written, golden, size) == 0, name, "written byte for byte");
	free(written);
	free(golden);
}

static void
check_explain(const char *name, const ExplainRequest *request, uint32_t request_id)
{
	size_t size;
	uint8_t *golden = load(name, &size);
	uint64_t needed = frame_explain_size(request);
	uint8_t *written = malloc(needed);

	frame_write_explain(request, request_id, written);
	check(needed == size, name, "size");
	check(needed == size && memcmp(written, golden, size) == 0, name, "written byte for byte");
	free(written);
	free(golden);
}

static void
check_object(const char *name, const ObjectRequest *request, uint32_t request_id)
{
	size_t size;
	uint8_t *golden = load(name, &size);
	uint64_t needed = frame_object_size(request);
	uint8_t *written = malloc(needed);

	frame_write_object(request, request_id, written);
	check(needed == size, name, "size");
	check(needed == size && memcmp(written, golden, size) == 0, name, "written byte for byte");
	free(written);
	free(golden);
}

static void
writing(void)
{
	ObjectRequest minimal_object = {.operation = OBJECT_GET, .connect_timeout_ms = 1000, .request_timeout_ms = 3000};
	ObjectRequest full_object = {.operation = OBJECT_UPLOAD_PART,
		.connect_timeout_ms = 1,
		.request_timeout_ms = 900000,
		.bucket = text("my-bucket"),
		.key = text("in/may.csv"),
		.region = text("us-west-2"),
		.endpoint_override = text("http://127.0.0.1:4566"),
		.default_region = text("eu-central-1"),
		.log_context = text("postgres/app/12345"),
		.identity = {text("arn:aws:iam::123456789012:role/app"), text("partner-7"), text("app_user")},
		.access_key = text("AKIAIOSFODNN7EXAMPLE"),
		.secret_key = text("secret"),
		.session_token = text("token"),
		.reading = 7,
		.upload_id = text("upload-1"),
		.part_number = 10000,
		.kms_key = text("alias/exports"),
		.payload = {"a\0\xff", 3}};
	ExplainRequest minimal_explain = {.connect_timeout_ms = 1000, .request_timeout_ms = 3000};
	ExplainRequest full_explain = {.function_name = text("my-function"),
		.region = text("us-west-2"),
		.composite = true,
		.connect_timeout_ms = 1,
		.request_timeout_ms = 900000,
		.endpoint_override = text("http://127.0.0.1:4566"),
		.default_region = text("eu-central-1"),
		.log_context = text("postgres/app/12345"),
		.database = text("postgres"),
		.user = text("b\xc3\xbc"
					 "c"),
		.identity = {text("arn:aws:iam::123456789012:role/app"), text("partner-7"), text("app_user")}};
	InvokeRequest minimal = {.connect_timeout_ms = 1000, .request_timeout_ms = 3000};
	InvokeRequest empty = minimal;
	InvokeRequest full = {.function_name = text("my-function"),
		.payload = text("{\"n\": 1 }"),
		.region = text("us-west-2"),
		.invocation_type = text("RequestResponse"),
		.log_type = text("Tail"),
		.context = text("{\"custom\":{\"k\":\"\xc3\xbc\"}}"),
		.qualifier = text("$LATEST"),
		.composite = true,
		.connect_timeout_ms = 1,
		.request_timeout_ms = 900000,
		.endpoint_override = text("http://127.0.0.1:4566"),
		.default_region = text("eu-central-1"),
		.log_context = text("postgres/app/12345"),
		.identity = {text("arn:aws:iam::123456789012:role/app"), text("partner-7"), text("app_user")},
		.traceparent = text("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
		.breaker_failures = 5,
		.breaker_pause_ms = 10000,
		.application_name = text("orders api")};
	InvokeRequest huge = minimal;
	FrameText client_name = text("aws_lambda 2.0; PostgreSQL 15.18");
	size_t size;
	uint8_t *golden = load("hello", &size);
	uint8_t *hello = malloc(frame_hello_size(client_name));

	frame_write_hello(client_name, hello);
	check(frame_hello_size(client_name) == size && memcmp(hello, golden, size) == 0, "hello", "written byte for byte");
	free(hello);
	free(golden);

	golden = load("status", &size);
	hello = malloc(FRAME_STATUS_SIZE);
	frame_write_status(hello);
	check(size == FRAME_STATUS_SIZE && memcmp(hello, golden, size) == 0, "status", "written byte for byte");
	free(hello);
	free(golden);

	empty.function_name = empty.region = empty.qualifier = text("");
	check_invoke("invoke-minimal", &minimal, 1);
	check_invoke("invoke-empty-values", &empty, 2);
	check_invoke("invoke-full", &full, 0x01020304);
	check_explain("explain-minimal", &minimal_explain, 1);
	check_explain("explain-full", &full_explain, 0x01020304);
	check_object("object-minimal", &minimal_object, 1);
	check_object("object-full", &full_object, 0x01020304);

	huge.payload.data = huge.context.data = "";
	huge.payload.length = huge.context.length = UINT32_MAX;
	check(!frame_size_fits(frame_invoke_size(&huge, FRAME_PROTOCOL_VERSION)), "invoke", "sizes beyond 32 bits do not wrap");
	huge.context.data = NULL;
	huge.payload.length = FRAME_MAX_LENGTH - (uint32_t) (frame_invoke_size(&minimal, FRAME_PROTOCOL_VERSION) + 5 - 4);
	check(frame_size_fits(frame_invoke_size(&huge, FRAME_PROTOCOL_VERSION)), "invoke", "the largest frame fits");
	huge.payload.length++;
	check(!frame_size_fits(frame_invoke_size(&huge, FRAME_PROTOCOL_VERSION)), "invoke", "a byte more does not");
}

/* ---- reading ---- */

static uint8_t *
load_reply(const char *name, FrameReply *reply, const char **flaw)
{
	size_t size;
	uint32_t length;
	uint8_t *golden = load(name, &size);

	if (!frame_read_prefix(golden, &length) || length != size - FRAME_PREFIX_SIZE)
		*flaw = "prefix";
	else
		*flaw = frame_read_reply(golden + FRAME_PREFIX_SIZE, length, reply);
	return golden;
}

static void
check_result(const char *name, uint32_t id, uint32_t status, const char *payload, const char *version, const char *log)
{
	FrameReply reply;
	const char *flaw;
	uint8_t *golden = load_reply(name, &reply, &flaw);

	check(flaw == NULL && reply.type == FRAME_RESULT && reply.request_id == id && reply.status_code == status &&
			  same(reply.payload, payload) && same(reply.executed_version, version) && same(reply.log_result, log),
		name, "read");
	free(golden);
}

static void
check_explanation(const char *name, uint32_t id, const char *explanation)
{
	FrameReply reply;
	const char *flaw;
	uint8_t *golden = load_reply(name, &reply, &flaw);

	check(flaw == NULL && reply.type == FRAME_EXPLANATION && reply.request_id == id && same(reply.explanation, explanation), name, "read");
	free(golden);
}

static void
check_error(const char *name, uint32_t id, const char *state, const char *message, const char *detail, const char *hint)
{
	FrameReply reply;
	const char *flaw;
	uint8_t *golden = load_reply(name, &reply, &flaw);

	check(flaw == NULL && reply.type == FRAME_ERROR && reply.request_id == id && same(reply.sqlstate, state) &&
			  same(reply.message, message) && same(reply.detail, detail) && same(reply.hint, hint),
		name, "read");
	free(golden);
}

static void
check_welcome(const char *name, uint16_t version, uint32_t pid, const char *bridge_name)
{
	FrameReply reply;
	const char *flaw;
	uint8_t *golden = load_reply(name, &reply, &flaw);

	check(flaw == NULL && reply.type == FRAME_WELCOME && reply.version == version && reply.bridge_pid == pid &&
			  same(reply.bridge_name, bridge_name),
		name, "read");
	free(golden);
}

static void
check_status_text(const char *name, const char *status)
{
	FrameReply reply;
	const char *flaw;
	uint8_t *golden = load_reply(name, &reply, &flaw);

	check(flaw == NULL && reply.type == FRAME_STATUS_TEXT && same(reply.status, status), name, "read");
	free(golden);
}

static void
reading(void)
{
	static const char *const refused[] = {"welcome-cut", "result-twice", "result-no-status", "result-overrun", "error-bad-sqlstate",
		"error-success-sqlstate", "error-nul-sqlstate", "error-no-message", "explanation-empty", "explanation-twice", "unknown-type",
		"hello", "invoke-minimal", "explain-minimal", "object-minimal", "object-result-bad-size", "status"};

	check_welcome("welcome", 6, 4711, "daybreak-bridge 1.0");
	check_welcome("welcome-older", 1, 4711, "");
	check_welcome("welcome-newer", 7, 4711, "");
	check_result("result-full", 0x01020304, 200, "{\"a\": [1,2] }", "$LATEST", "U1RBUlQKCg");
	check_result("result-event", 2, 202, NULL, NULL, NULL);
	check_result("result-empty-values", 3, 200, "", "", "");
	check_result("result-unknown-tag", 4, 204, NULL, NULL, NULL);
	check_explanation("explanation", 0x01020304, "{\"works\": true,\"s\":1}");
	check_explanation("explanation-unknown-tag", 4, "{}");
	check_error("error-full", 1, "LM003", "invoke API failed", "AWS Lambda client returned 'User: a is not b'.",
		"The role needs lambda:InvokeFunction. \xc2\xa7");
	check_error("error-minimal", 2, "LM905", "x", NULL, NULL);
	check_error("error-no-request", 0, "LM900", "protocol error.", NULL, NULL);

	check_status_text("status-text", "{\"pid\":4711}");

	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
	{
		FrameReply reply;
		const char *flaw;

		free(load_reply(refused[i], &reply, &flaw));
		check(flaw != NULL, refused[i], "refused");
	}
}

static bool
same_bytes(FrameText value, const char *expected, size_t length)
{
	return value.data != NULL && value.length == length && memcmp(value.data, expected, length) == 0;
}

/* Converts a value as an error does, into a block of exactly the size that is needed. */
static bool
shown(FrameText value, const char *expected)
{
	char *string = malloc((size_t) value.length + 1);
	bool result;

	frame_text_to_string(value, string);
	result = strlen(string) == value.length && strcmp(string, expected) == 0;
	free(string);
	return result;
}

static void
nul_bytes(void)
{
	FrameReply reply;
	const char *flaw;
	uint8_t *golden = load_reply("error-nul", &reply, &flaw);

	check(flaw == NULL && same_bytes(reply.message, "\0a\0\0b\xc3\xbc", 7) && same_bytes(reply.detail, "c\0", 2) &&
			  same_bytes(reply.hint, "", 1),
		"error-nul", "read");
	check(shown(reply.message, "?a??b\xc3\xbc") && shown(reply.detail, "c?") && shown(reply.hint, "?"), "error-nul", "shown with '?'");
	free(golden);

	golden = load_reply("result-nul", &reply, &flaw);
	check(flaw == NULL &&
			  same_bytes(reply.payload,
				  "1\0"
				  "2",
				  3) &&
			  same_bytes(reply.executed_version, "", 1) && same_bytes(reply.log_result, "a\0", 2),
		"result-nul", "read");
	free(golden);

	golden = load_reply("explanation-nul", &reply, &flaw);
	check(flaw == NULL && same_bytes(reply.explanation, "{\0}", 3), "explanation-nul", "read");
	free(golden);

	golden = load_reply("object-result", &reply, &flaw);
	check(flaw == NULL && reply.request_id == 5 && reply.size == 5000000000 && same(reply.etag, "'etag'") &&
			  same(reply.upload_id, "upload-1") && same_bytes(reply.payload, "1,\0\xff\n", 5),
		"object-result", "read");
	free(golden);
	golden = load_reply("welcome-nul", &reply, &flaw);
	check(flaw == NULL && same_bytes(reply.bridge_name, "b\0c", 3), "welcome-nul", "read");
	free(golden);
}

static void
prefixes(void)
{
	static const char *const names[] = {"length-zero", "length-over-limit"};
	static const uint8_t largest[] = {1, 0, 0, 0};
	uint32_t length;

	for (size_t i = 0; i < 2; i++)
	{
		size_t size;
		uint8_t *golden = load(names[i], &size);

		check(!frame_read_prefix(golden, &length), names[i], "refused");
		free(golden);
	}
	check(frame_read_prefix(largest, &length) && length == FRAME_MAX_LENGTH, "length", "the limit itself is accepted");
}

/* ---- hostile bytes ---- */

/* Reads a copy in a block of exactly its size, and then every byte that the reply claims to contain, as an error would. */
static const char *
read_exactly(const uint8_t *frame, uint32_t length)
{
	uint8_t *exact = malloc(length);
	FrameReply reply;
	const char *flaw;

	memcpy(exact, frame, length);
	flaw = frame_read_reply(exact, length, &reply);
	if (flaw == NULL)
	{
		const FrameText texts[] = {reply.bridge_name, reply.payload, reply.executed_version, reply.log_result, reply.explanation,
			reply.sqlstate, reply.message, reply.detail, reply.hint};

		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
			if (texts[i].data != NULL)
			{
				char *string = malloc((size_t) texts[i].length + 1);

				frame_text_to_string(texts[i], string);
				free(string);
			}
	}
	free(exact);
	return flaw;
}

static void
cut_and_changed(const char *name)
{
	size_t size;
	uint8_t *golden = load(name, &size);
	uint8_t *frame = golden + FRAME_PREFIX_SIZE;
	uint32_t length = (uint32_t) size - FRAME_PREFIX_SIZE;
	uint64_t random = 88172645463325252u;

	for (uint32_t cut = 1; cut < length; cut++)
		(void) read_exactly(frame, cut);
	check(true, name, "cut at every byte does no harm");

	for (int round = 0; round < 20000; round++)
	{
		uint8_t changed[256];

		memcpy(changed, frame, length);
		for (int i = 0; i <= round % 4; i++)
		{
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			changed[random % length] = (uint8_t) (random >> 32);
		}
		(void) read_exactly(changed, length);
	}
	check(true, name, "20,000 changed frames do no harm");
	free(golden);
}

/* The reader must notice a cut inside a field. */
static void
cut_inside_fields(void)
{
	size_t size;
	uint8_t *golden = load("result-event", &size);
	bool all_refused = true;

	for (uint32_t cut = 1; cut < size - FRAME_PREFIX_SIZE; cut++)
		all_refused = all_refused && read_exactly(golden + FRAME_PREFIX_SIZE, cut) != NULL;
	check(all_refused, "result-event", "refused when cut at any byte");
	free(golden);
}

int
main(int argc, char **argv)
{
	if (argc != 2)
	{
		fprintf(stderr, "usage: golden DIRECTORY\n");
		return 2;
	}
	directory = argv[1];
	writing();
	reading();
	nul_bytes();
	prefixes();
	cut_and_changed("welcome");
	cut_and_changed("result-full");
	cut_and_changed("result-empty-values");
	cut_and_changed("explanation");
	cut_and_changed("error-full");
	cut_and_changed("error-nul");
	cut_inside_fields();
	printf("1..%d\n", tests);
	return failures == 0 ? 0 : 1;
}
