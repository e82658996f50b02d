/*
  * The bytes between a backend and the bridge, as defined in docs/frames.md. This file uses neither sockets nor PostgreSQL, so that the
  * golden-frame test can compile it alone.
  */
#ifndef AWS_LAMBDA_FRAME_H
#define AWS_LAMBDA_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_PROTOCOL_VERSION 6
#define FRAME_VERSION_LOWEST 1 /* has no Explain */
#define FRAME_VERSION_EXPLAIN 2
#define FRAME_VERSION_IAM_ROLE 3
#define FRAME_VERSION_TRACEPARENT 4
#define FRAME_VERSION_BREAKER 4
#define FRAME_VERSION_APPLICATION_NAME 5
#define FRAME_VERSION_OBJECT 6
#define FRAME_EXPLAIN_LIMIT_MS 20000 /* the bridge answers Explain within this time */
#define FRAME_OBJECT_ATTEMPTS 4      /* so often the bridge tries a request of Object, at most */
#define FRAME_PREFIX_SIZE 4          /* the length */
#define FRAME_MAX_LENGTH 16777216    /* of type and body */

/* UTF-8 without a terminating NUL. data == NULL is SQL NULL (an absent field); an empty value has data and length 0. */
typedef struct FrameText
{
	const char *data;
	uint32_t length;
} FrameText;

/* The IAM role that a call is made with; iam_role.data == NULL: that of the server. */
typedef struct FrameIdentity
{
	FrameText iam_role;
	FrameText external_id;
	FrameText session_name;
} FrameIdentity;

typedef struct InvokeRequest
{
	FrameText function_name;
	FrameText payload;
	FrameText region;
	FrameText invocation_type;
	FrameText log_type;
	FrameText context;
	FrameText qualifier;
	bool composite;
	uint32_t connect_timeout_ms;
	uint32_t request_timeout_ms;
	FrameText endpoint_override;
	FrameText default_region;
	FrameText log_context;
	FrameIdentity identity;
	FrameText traceparent;
	uint32_t breaker_failures; /* 0: no breaker, and neither field is sent */
	uint32_t breaker_pause_ms;
	FrameText application_name;
} InvokeRequest;

typedef struct ExplainRequest
{
	FrameText function_name;
	FrameText region;
	bool composite;
	uint32_t connect_timeout_ms;
	uint32_t request_timeout_ms;
	FrameText endpoint_override;
	FrameText default_region;
	FrameText log_context;
	FrameText database;
	FrameText user; /* who would invoke; the shim has checked the permission */
	FrameIdentity identity;
} ExplainRequest;

/* An action of Amazon S3's API. */
typedef enum ObjectOperation
{
	OBJECT_GET = 1,
	OBJECT_NEXT_PIECE,
	OBJECT_PUT,
	OBJECT_CREATE_UPLOAD,
	OBJECT_UPLOAD_PART,
	OBJECT_COMPLETE_UPLOAD,
	OBJECT_ABORT_UPLOAD
} ObjectOperation;

/* One request to Amazon S3. Numbers that are 0 and texts without data are not sent. */
typedef struct ObjectRequest
{
	ObjectOperation operation;
	FrameText bucket;
	FrameText key;
	FrameText region;
	FrameText endpoint_override;
	FrameText default_region;
	uint32_t connect_timeout_ms;
	uint32_t request_timeout_ms;
	FrameText log_context;
	FrameIdentity identity;
	FrameText access_key; /* of the caller of SQL, in place of the identity */
	FrameText secret_key;
	FrameText session_token;
	uint32_t reading; /* NEXT_PIECE: the id of the GET */
	FrameText upload_id;
	uint32_t part_number;
	FrameText kms_key;
	FrameText payload; /* any bytes */
} ObjectRequest;

typedef enum FrameReplyType
{
	FRAME_WELCOME = 'W',
	FRAME_RESULT = 'R',
	FRAME_EXPLANATION = 'N',
	FRAME_STATUS_TEXT = 'T',
	FRAME_OBJECT_RESULT = 'P',
	FRAME_ERROR = 'E'
} FrameReplyType;

/* The bridge's answer. Texts point into the bytes that were read. Only the members of the given type are set. */
typedef struct FrameReply
{
	FrameReplyType type;
	uint32_t request_id; /* set for all types but Welcome and StatusText */

	/* Welcome */
	uint16_t version;
	uint32_t bridge_pid;
	FrameText bridge_name;

	/* Result */
	uint32_t status_code;
	FrameText payload;
	FrameText executed_version;
	FrameText log_result;

	/* Explanation */
	FrameText explanation;

	/* ObjectResult, with payload (any bytes) */
	FrameText etag;
	uint64_t size; /* of the whole object */
	FrameText upload_id;

	/* StatusText */
	FrameText status;

	/* Error */
	FrameText sqlstate; /* always 5 bytes */
	FrameText message;
	FrameText detail;
	FrameText hint;
} FrameReply;

#define FRAME_STATUS_SIZE (FRAME_PREFIX_SIZE + 1)

/* Sizes include the prefix. They have 64 bits because the sum of the fields may exceed the limit of a frame. */
extern uint64_t frame_hello_size(FrameText client_name);
extern void frame_write_hello(FrameText client_name, uint8_t *to);
/* A bridge of an earlier version gets the request without what it does not know and what changes nothing of the call. */
extern uint64_t frame_invoke_size(const InvokeRequest *request, uint16_t version);
extern void frame_write_invoke(const InvokeRequest *request, uint16_t version, uint32_t request_id, uint8_t *to);
extern uint64_t frame_explain_size(const ExplainRequest *request);
extern void frame_write_explain(const ExplainRequest *request, uint32_t request_id, uint8_t *to);
extern uint64_t frame_object_size(const ObjectRequest *request);
extern void frame_write_object(const ObjectRequest *request, uint32_t request_id, uint8_t *to);
extern void frame_write_status(uint8_t *to);

static inline bool
frame_size_fits(uint64_t size)
{
	return size <= (uint64_t) FRAME_PREFIX_SIZE + FRAME_MAX_LENGTH;
}

/* Reads the length that the prefix announces. Returns false when it is 0 or over the limit. */
extern bool frame_read_prefix(const uint8_t *prefix, uint32_t *length);

/* Parses type and body. Returns NULL, or a description of the error. */
extern const char *frame_read_reply(const uint8_t *frame, uint32_t length, FrameReply *reply);

/* Copies a text as a C string into a buffer of length + 1 bytes. A NUL within it, which the bridge should not send, becomes '?'. */
extern void frame_text_to_string(FrameText text, char *to);

#endif
