/*
  * Parses replies with pure functions over bytes, as defined in docs/frames.md. Nothing here trusts the bytes.
  */
#include "frame.h"

#include <string.h>

#define FIELD_HEADER_SIZE 5 /* tag, length */

enum ResultTag
{
	RESULT_STATUS_CODE = 1,
	RESULT_PAYLOAD,
	RESULT_EXECUTED_VERSION,
	RESULT_LOG_RESULT
};

enum ExplanationTag
{
	EXPLANATION_JSON = 1
};

enum ObjectResultTag
{
	OBJECT_RESULT_PAYLOAD = 2,
	OBJECT_RESULT_ETAG = 5,
	OBJECT_RESULT_SIZE,
	OBJECT_RESULT_UPLOAD_ID
};

enum ErrorTag
{
	ERROR_SQLSTATE = 1,
	ERROR_MESSAGE,
	ERROR_DETAIL,
	ERROR_HINT
};

typedef struct Reader
{
	const uint8_t *at;
	size_t left;
} Reader;

static bool
read_uint16(Reader *reader, uint16_t *value)
{
	if (reader->left < 2)
		return false;
	*value = (uint16_t) (reader->at[0] << 8 | reader->at[1]);
	reader->at += 2;
	reader->left -= 2;
	return true;
}

static bool
read_uint32(Reader *reader, uint32_t *value)
{
	if (reader->left < 4)
		return false;
	*value = (uint32_t) reader->at[0] << 24 | (uint32_t) reader->at[1] << 16 | (uint32_t) reader->at[2] << 8 | (uint32_t) reader->at[3];
	reader->at += 4;
	reader->left -= 4;
	return true;
}

static bool
read_field(Reader *reader, uint8_t *tag, FrameText *value)
{
	if (reader->left < FIELD_HEADER_SIZE)
		return false;
	*tag = *reader->at++;
	reader->left--;
	if (!read_uint32(reader, &value->length) || reader->left < value->length)
		return false;
	value->data = (const char *) reader->at;
	reader->at += value->length;
	reader->left -= value->length;
	return true;
}

static bool
number_of(FrameText value, uint32_t *number)
{
	Reader reader = {(const uint8_t *) value.data, value.length};

	return value.length == 4 && read_uint32(&reader, number);
}

/* Returns where the value of a tag belongs; NULL for an unknown tag of a newer bridge, which is skipped. */
static FrameText *
result_field(FrameReply *reply, uint8_t tag, FrameText *status_code)
{
	switch (tag)
	{
		case RESULT_STATUS_CODE:
			return status_code;
		case RESULT_PAYLOAD:
			return &reply->payload;
		case RESULT_EXECUTED_VERSION:
			return &reply->executed_version;
		case RESULT_LOG_RESULT:
			return &reply->log_result;
		default:
			return NULL;
	}
}

static FrameText *
object_field(FrameReply *reply, uint8_t tag, FrameText *size)
{
	switch (tag)
	{
		case OBJECT_RESULT_PAYLOAD:
			return &reply->payload;
		case OBJECT_RESULT_ETAG:
			return &reply->etag;
		case OBJECT_RESULT_SIZE:
			return size;
		case OBJECT_RESULT_UPLOAD_ID:
			return &reply->upload_id;
		default:
			return NULL;
	}
}

static FrameText *
error_field(FrameReply *reply, uint8_t tag)
{
	switch (tag)
	{
		case ERROR_SQLSTATE:
			return &reply->sqlstate;
		case ERROR_MESSAGE:
			return &reply->message;
		case ERROR_DETAIL:
			return &reply->detail;
		case ERROR_HINT:
			return &reply->hint;
		default:
			return NULL;
	}
}

/* The same for any reply that has fields; number takes the one field of it that is no text. */
static FrameText *
reply_field(FrameReply *reply, uint8_t tag, FrameText *number)
{
	switch (reply->type)
	{
		case FRAME_RESULT:
			return result_field(reply, tag, number);
		case FRAME_OBJECT_RESULT:
			return object_field(reply, tag, number);
		case FRAME_EXPLANATION:
			return tag == EXPLANATION_JSON ? &reply->explanation : NULL;
		default:
			return error_field(reply, tag);
	}
}

static const char *
read_fields(Reader *reader, FrameReply *reply, FrameText *number)
{
	uint8_t tag;
	FrameText value;

	if (!read_uint32(reader, &reply->request_id))
		return "request id is cut";
	while (reader->left > 0)
	{
		FrameText *field;

		if (!read_field(reader, &tag, &value))
			return "field exceeds its frame";
		field = reply_field(reply, tag, number);
		if (field == NULL)
			continue;
		if (field->data != NULL)
			return "field occurs twice";
		*field = value;
	}
	return NULL;
}

static const char *
read_result(Reader *reader, FrameReply *reply)
{
	FrameText status_code = {NULL, 0};
	const char *flaw = read_fields(reader, reply, &status_code);

	if (flaw != NULL)
		return flaw;
	if (status_code.data == NULL)
		return "result without status code";
	if (!number_of(status_code, &reply->status_code) || reply->status_code > INT32_MAX)
		return "status code is no number";
	return NULL;
}

static const char *
read_explanation(Reader *reader, FrameReply *reply)
{
	const char *flaw = read_fields(reader, reply, NULL);

	if (flaw != NULL)
		return flaw;
	return reply->explanation.data == NULL ? "explanation without its text" : NULL;
}

static const char *
read_object_result(Reader *reader, FrameReply *reply)
{
	FrameText size = {NULL, 0};
	const char *flaw = read_fields(reader, reply, &size);
	Reader digits;
	uint32_t high;
	uint32_t low;

	if (flaw != NULL)
		return flaw;
	if (size.data == NULL)
		return NULL;
	digits = (Reader){(const uint8_t *) size.data, size.length};
	if (size.length != 8 || !read_uint32(&digits, &high) || !read_uint32(&digits, &low) || high > INT32_MAX)
		return "size is no number";
	reply->size = (uint64_t) high << 32 | low;
	return NULL;
}

static bool
is_failure_sqlstate(FrameText sqlstate)
{
	if (sqlstate.length != 5)
		return false;
	for (int i = 0; i < 5; i++)
	{
		char c = sqlstate.data[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
			return false;
	}
	/* 00, 01 and 02 mean success, warning and no data; an error cannot have them. */
	return !(sqlstate.data[0] == '0' && sqlstate.data[1] <= '2');
}

static const char *
read_error(Reader *reader, FrameReply *reply)
{
	const char *flaw = read_fields(reader, reply, NULL);

	if (flaw != NULL)
		return flaw;
	if (reply->sqlstate.data == NULL || !is_failure_sqlstate(reply->sqlstate))
		return "error without a valid SQLSTATE";
	if (reply->message.data == NULL)
		return "error without message";
	return NULL;
}

static const char *
read_welcome(Reader *reader, FrameReply *reply)
{
	if (!read_uint16(reader, &reply->version) || !read_uint32(reader, &reply->bridge_pid))
		return "welcome is cut";
	reply->bridge_name.data = (const char *) reader->at;
	reply->bridge_name.length = (uint32_t) reader->left;
	return NULL;
}

static const char *
read_status_text(Reader *reader, FrameReply *reply)
{
	reply->status.data = (const char *) reader->at;
	reply->status.length = (uint32_t) reader->left;
	return NULL;
}

bool
frame_read_prefix(const uint8_t *prefix, uint32_t *length)
{
	Reader reader = {prefix, FRAME_PREFIX_SIZE};

	return read_uint32(&reader, length) && *length >= 1 && *length <= FRAME_MAX_LENGTH;
}

const char *
frame_read_reply(const uint8_t *frame, uint32_t length, FrameReply *reply)
{
	Reader reader = {frame + 1, length - 1};

	memset(reply, 0, sizeof *reply);
	reply->type = (FrameReplyType) frame[0];
	switch (frame[0])
	{
		case FRAME_WELCOME:
			return read_welcome(&reader, reply);
		case FRAME_RESULT:
			return read_result(&reader, reply);
		case FRAME_EXPLANATION:
			return read_explanation(&reader, reply);
		case FRAME_OBJECT_RESULT:
			return read_object_result(&reader, reply);
		case FRAME_STATUS_TEXT:
			return read_status_text(&reader, reply);
		case FRAME_ERROR:
			return read_error(&reader, reply);
		default:
			return "unknown type of frame";
	}
}

void
frame_text_to_string(FrameText text, char *to)
{
	for (uint32_t i = 0; i < text.length; i++)
		to[i] = text.data[i] != '\0' ? text.data[i] : '?';
	to[text.length] = '\0';
}
