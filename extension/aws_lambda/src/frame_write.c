/*
  * Writes requests with pure functions over bytes, as defined in docs/frames.md.
  */
#include "frame.h"

#include <string.h>

#define FIELD_HEADER_SIZE 5 /* tag, length */
#define FORM_AND_TIMEOUTS_SIZE (FIELD_HEADER_SIZE + 1 + 2 * (FIELD_HEADER_SIZE + 4))

/* Explain and Object share those tags of Invoke that mean the same, and add some of their own. */
enum RequestTag
{
	INVOKE_FUNCTION_NAME = 1,
	INVOKE_PAYLOAD,
	INVOKE_REGION,
	INVOKE_INVOCATION_TYPE,
	INVOKE_LOG_TYPE,
	INVOKE_CONTEXT,
	INVOKE_QUALIFIER,
	INVOKE_FORM,
	INVOKE_CONNECT_TIMEOUT_MS,
	INVOKE_REQUEST_TIMEOUT_MS,
	INVOKE_ENDPOINT_OVERRIDE,
	INVOKE_DEFAULT_REGION,
	INVOKE_LOG_CONTEXT,
	EXPLAIN_DATABASE,
	EXPLAIN_USER,
	INVOKE_IAM_ROLE,
	INVOKE_EXTERNAL_ID,
	INVOKE_SESSION_NAME,
	INVOKE_TRACEPARENT,
	INVOKE_BREAKER_FAILURES = 22,
	INVOKE_BREAKER_PAUSE_MS,
	INVOKE_APPLICATION_NAME,
	OBJECT_OPERATION,
	OBJECT_BUCKET,
	OBJECT_KEY,
	OBJECT_READING,
	OBJECT_UPLOAD_ID,
	OBJECT_PART_NUMBER,
	OBJECT_KMS_KEY,
	OBJECT_ACCESS_KEY,
	OBJECT_SECRET_KEY,
	OBJECT_SESSION_TOKEN
};

static uint8_t *
write_uint16(uint8_t *to, uint16_t value)
{
	to[0] = (uint8_t) (value >> 8);
	to[1] = (uint8_t) value;
	return to + 2;
}

static uint8_t *
write_uint32(uint8_t *to, uint32_t value)
{
	to[0] = (uint8_t) (value >> 24);
	to[1] = (uint8_t) (value >> 16);
	to[2] = (uint8_t) (value >> 8);
	to[3] = (uint8_t) value;
	return to + 4;
}

static uint8_t *
write_bytes(uint8_t *to, FrameText text)
{
	if (text.length > 0)
		memcpy(to, text.data, text.length);
	return to + text.length;
}

static uint64_t
text_field_size(FrameText text)
{
	return text.data == NULL ? 0 : FIELD_HEADER_SIZE + (uint64_t) text.length;
}

static uint8_t *
write_text_field(uint8_t *to, uint8_t tag, FrameText text)
{
	if (text.data == NULL)
		return to;
	*to++ = tag;
	return write_bytes(write_uint32(to, text.length), text);
}

static uint8_t *
write_number_field(uint8_t *to, uint8_t tag, uint32_t value)
{
	*to++ = tag;
	return write_uint32(write_uint32(to, 4), value);
}

static uint8_t *
write_form_and_timeouts(uint8_t *to, bool composite, uint32_t connect_timeout_ms, uint32_t request_timeout_ms)
{
	*to++ = INVOKE_FORM;
	to = write_uint32(to, 1);
	*to++ = composite ? 1 : 0;
	to = write_number_field(to, INVOKE_CONNECT_TIMEOUT_MS, connect_timeout_ms);
	return write_number_field(to, INVOKE_REQUEST_TIMEOUT_MS, request_timeout_ms);
}

static uint64_t
identity_size(const FrameIdentity *identity)
{
	return text_field_size(identity->iam_role) + text_field_size(identity->external_id) + text_field_size(identity->session_name);
}

static uint8_t *
write_identity(uint8_t *to, const FrameIdentity *identity)
{
	to = write_text_field(to, INVOKE_IAM_ROLE, identity->iam_role);
	to = write_text_field(to, INVOKE_EXTERNAL_ID, identity->external_id);
	return write_text_field(to, INVOKE_SESSION_NAME, identity->session_name);
}

uint64_t
frame_hello_size(FrameText client_name)
{
	return FRAME_PREFIX_SIZE + 1 + 2 + (uint64_t) client_name.length;
}

void
frame_write_hello(FrameText client_name, uint8_t *to)
{
	to = write_uint32(to, (uint32_t) (frame_hello_size(client_name) - FRAME_PREFIX_SIZE));
	*to++ = 'H';
	write_bytes(write_uint16(to, FRAME_PROTOCOL_VERSION), client_name);
}

static FrameText
known_from(uint16_t first, uint16_t version, FrameText text)
{
	FrameText none = {NULL, 0};

	return version < first ? none : text;
}

uint64_t
frame_invoke_size(const InvokeRequest *request, uint16_t version)
{
	return FRAME_PREFIX_SIZE + 1 + 4 + text_field_size(request->function_name) + text_field_size(request->payload) +
		   text_field_size(request->region) + text_field_size(request->invocation_type) + text_field_size(request->log_type) +
		   text_field_size(request->context) + text_field_size(request->qualifier) + FORM_AND_TIMEOUTS_SIZE +
		   text_field_size(request->endpoint_override) + text_field_size(request->default_region) + text_field_size(request->log_context) +
		   identity_size(&request->identity) + text_field_size(known_from(FRAME_VERSION_TRACEPARENT, version, request->traceparent)) +
		   (request->breaker_failures > 0 ? 2 * (FIELD_HEADER_SIZE + 4) : 0) +
		   text_field_size(known_from(FRAME_VERSION_APPLICATION_NAME, version, request->application_name));
}

void
frame_write_invoke(const InvokeRequest *request, uint16_t version, uint32_t request_id, uint8_t *to)
{
	to = write_uint32(to, (uint32_t) (frame_invoke_size(request, version) - FRAME_PREFIX_SIZE));
	*to++ = 'I';
	to = write_uint32(to, request_id);
	to = write_text_field(to, INVOKE_FUNCTION_NAME, request->function_name);
	to = write_text_field(to, INVOKE_PAYLOAD, request->payload);
	to = write_text_field(to, INVOKE_REGION, request->region);
	to = write_text_field(to, INVOKE_INVOCATION_TYPE, request->invocation_type);
	to = write_text_field(to, INVOKE_LOG_TYPE, request->log_type);
	to = write_text_field(to, INVOKE_CONTEXT, request->context);
	to = write_text_field(to, INVOKE_QUALIFIER, request->qualifier);
	to = write_form_and_timeouts(to, request->composite, request->connect_timeout_ms, request->request_timeout_ms);
	to = write_text_field(to, INVOKE_ENDPOINT_OVERRIDE, request->endpoint_override);
	to = write_text_field(to, INVOKE_DEFAULT_REGION, request->default_region);
	to = write_text_field(to, INVOKE_LOG_CONTEXT, request->log_context);
	to = write_identity(to, &request->identity);
	to = write_text_field(to, INVOKE_TRACEPARENT, known_from(FRAME_VERSION_TRACEPARENT, version, request->traceparent));
	if (request->breaker_failures > 0)
	{
		to = write_number_field(to, INVOKE_BREAKER_FAILURES, request->breaker_failures);
		to = write_number_field(to, INVOKE_BREAKER_PAUSE_MS, request->breaker_pause_ms);
	}
	write_text_field(to, INVOKE_APPLICATION_NAME, known_from(FRAME_VERSION_APPLICATION_NAME, version, request->application_name));
}

uint64_t
frame_explain_size(const ExplainRequest *request)
{
	return FRAME_PREFIX_SIZE + 1 + 4 + text_field_size(request->function_name) + text_field_size(request->region) + FORM_AND_TIMEOUTS_SIZE +
		   text_field_size(request->endpoint_override) + text_field_size(request->default_region) + text_field_size(request->log_context) +
		   text_field_size(request->database) + text_field_size(request->user) + identity_size(&request->identity);
}

void
frame_write_explain(const ExplainRequest *request, uint32_t request_id, uint8_t *to)
{
	to = write_uint32(to, (uint32_t) (frame_explain_size(request) - FRAME_PREFIX_SIZE));
	*to++ = 'X';
	to = write_uint32(to, request_id);
	to = write_text_field(to, INVOKE_FUNCTION_NAME, request->function_name);
	to = write_text_field(to, INVOKE_REGION, request->region);
	to = write_form_and_timeouts(to, request->composite, request->connect_timeout_ms, request->request_timeout_ms);
	to = write_text_field(to, INVOKE_ENDPOINT_OVERRIDE, request->endpoint_override);
	to = write_text_field(to, INVOKE_DEFAULT_REGION, request->default_region);
	to = write_text_field(to, INVOKE_LOG_CONTEXT, request->log_context);
	to = write_text_field(to, EXPLAIN_DATABASE, request->database);
	to = write_text_field(to, EXPLAIN_USER, request->user);
	write_identity(to, &request->identity);
}

uint64_t
frame_object_size(const ObjectRequest *request)
{
	return FRAME_PREFIX_SIZE + 1 + 4 + FIELD_HEADER_SIZE + 1 + 2 * (FIELD_HEADER_SIZE + 4) + text_field_size(request->bucket) +
		   text_field_size(request->key) + text_field_size(request->region) + text_field_size(request->endpoint_override) +
		   text_field_size(request->default_region) + text_field_size(request->log_context) + identity_size(&request->identity) +
		   text_field_size(request->access_key) + text_field_size(request->secret_key) + text_field_size(request->session_token) +
		   (request->reading > 0 ? FIELD_HEADER_SIZE + 4 : 0) + text_field_size(request->upload_id) +
		   (request->part_number > 0 ? FIELD_HEADER_SIZE + 4 : 0) + text_field_size(request->kms_key) + text_field_size(request->payload);
}

void
frame_write_object(const ObjectRequest *request, uint32_t request_id, uint8_t *to)
{
	to = write_uint32(to, (uint32_t) (frame_object_size(request) - FRAME_PREFIX_SIZE));
	*to++ = 'O';
	to = write_uint32(to, request_id);
	*to++ = OBJECT_OPERATION;
	to = write_uint32(to, 1);
	*to++ = (uint8_t) request->operation;
	to = write_number_field(to, INVOKE_CONNECT_TIMEOUT_MS, request->connect_timeout_ms);
	to = write_number_field(to, INVOKE_REQUEST_TIMEOUT_MS, request->request_timeout_ms);
	to = write_text_field(to, OBJECT_BUCKET, request->bucket);
	to = write_text_field(to, OBJECT_KEY, request->key);
	to = write_text_field(to, INVOKE_REGION, request->region);
	to = write_text_field(to, INVOKE_ENDPOINT_OVERRIDE, request->endpoint_override);
	to = write_text_field(to, INVOKE_DEFAULT_REGION, request->default_region);
	to = write_text_field(to, INVOKE_LOG_CONTEXT, request->log_context);
	to = write_identity(to, &request->identity);
	to = write_text_field(to, OBJECT_ACCESS_KEY, request->access_key);
	to = write_text_field(to, OBJECT_SECRET_KEY, request->secret_key);
	to = write_text_field(to, OBJECT_SESSION_TOKEN, request->session_token);
	if (request->reading > 0)
		to = write_number_field(to, OBJECT_READING, request->reading);
	to = write_text_field(to, OBJECT_UPLOAD_ID, request->upload_id);
	if (request->part_number > 0)
		to = write_number_field(to, OBJECT_PART_NUMBER, request->part_number);
	to = write_text_field(to, OBJECT_KMS_KEY, request->kms_key);
	write_text_field(to, INVOKE_PAYLOAD, request->payload);
}

void
frame_write_status(uint8_t *to)
{
	*write_uint32(to, FRAME_STATUS_SIZE - FRAME_PREFIX_SIZE) = 'S';
}
