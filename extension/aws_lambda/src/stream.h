/*
  * Bytes to and from the bridge over one non-blocking socket. Every wait is interruptible and ends at a deadline.
  */
#ifndef AWS_LAMBDA_STREAM_H
#define AWS_LAMBDA_STREAM_H

#include "compat.h"

#include "deadline.h"
#include "frame.h"

typedef enum IoResult
{
	IO_DONE,
	IO_LOST, /* the other side has closed the connection */
	IO_LATE  /* the deadline has passed */
} IoResult;

typedef struct Stream
{
	pgsocket socket;      /* PGINVALID_SOCKET when closed */
	WaitEventSet *events; /* latch, death of the postmaster and socket; kept as long as the socket */
	int socket_position;
	uint32 awaited; /* WL_SOCKET_READABLE or WL_SOCKET_WRITEABLE */
	uint8 *buffer;  /* holds a request, then its reply; outlives the socket */
	size_t capacity;
} Stream;

/* The stream owns the socket from here on, even when this raises an error. */
extern void stream_open(Stream *stream, pgsocket socket);
extern void stream_close(Stream *stream);

/* Makes room in the buffer for size bytes and one more, so that a text at the very end can be terminated in place. */
extern void stream_reserve(Stream *stream, size_t size);

/* Frees a buffer that a large frame has enlarged. */
extern void stream_trim(Stream *stream);

/* Sends the first length bytes of the buffer. nothing_sent says whether the other side cannot have seen any of them. */
extern IoResult stream_send(Stream *stream, size_t length, const Deadline *deadline, bool *nothing_sent);

/* Waits until a frame, or the end of the connection, begins to arrive. */
extern IoResult stream_wait(Stream *stream, const Deadline *deadline);

/* Receives one whole frame into the buffer, which the texts of the reply point into. Raises LM900 for anything else. */
extern IoResult stream_receive(Stream *stream, FrameReply *reply, const Deadline *deadline);

#endif
