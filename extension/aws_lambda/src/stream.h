/*
 * Bytes to and from the bridge over one non-blocking socket; every wait is interruptible and ends at a deadline.
 */
#ifndef AWS_LAMBDA_STREAM_H
#define AWS_LAMBDA_STREAM_H

#include "compat.h"

#include "deadline.h"
#include "frame.h"

typedef enum IoResult
{
	IO_DONE,
	IO_LOST, /* the other side is gone */
	IO_LATE  /* the deadline has passed */
} IoResult;

typedef struct Stream
{
	pgsocket socket;      /* PGINVALID_SOCKET: closed */
	WaitEventSet *events; /* latch, death of the postmaster, socket; kept as long as the socket */
	int socket_position;
	uint32 awaited; /* WL_SOCKET_READABLE or WL_SOCKET_WRITEABLE */
	uint8 *buffer;  /* a request, then its reply; outlives the socket */
	size_t capacity;
} Stream;

/* The stream owns the socket from here on, also when this raises an error. */
extern void stream_open(Stream *stream, pgsocket socket);
extern void stream_close(Stream *stream);

/* Makes room in the buffer for size bytes and one more, so that a text at the very end can be terminated in place. */
extern void stream_reserve(Stream *stream, size_t size);

/* Gives back a buffer that a large frame has made large. */
extern void stream_trim(Stream *stream);

/* The first length bytes of the buffer. nothing_sent tells whether the other side cannot have seen any of them. */
extern IoResult stream_send(Stream *stream, size_t length, const Deadline *deadline, bool *nothing_sent);

/* One whole frame into the buffer, where the reply's texts lie then. Raises LM900 for anything else. */
extern IoResult stream_receive(Stream *stream, FrameReply *reply, const Deadline *deadline);

#endif
