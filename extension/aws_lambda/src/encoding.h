/*
  * Conversion of texts between the encoding of the database and the UTF-8 of frames.
  */
#ifndef AWS_LAMBDA_ENCODING_H
#define AWS_LAMBDA_ENCODING_H

#include "postgres.h"

#include "mb/pg_wchar.h"

#include "frame.h"

static inline FrameText
to_utf8(const char *data, int length)
{
	char *utf8 = pg_server_to_any(data, length, PG_UTF8);
	FrameText text = {utf8, utf8 == data ? length : strlen(utf8)};

	return text;
}

/* Returns a copy as a C string, still in UTF-8. */
static inline char *
copy_text(FrameText text)
{
	char *copy = palloc((Size) text.length + 1);

	frame_text_to_string(text, copy);
	return copy;
}

/*
 * Returns a copy as a C string in the encoding of the database. It never fails and asks no catalog: a text that would have to be converted,
 * or is not valid, becomes ASCII with '?'.
 */
static inline char *
readable_text(FrameText text)
{
	char *copy = copy_text(text);

	if (GetDatabaseEncoding() == PG_UTF8 && pg_verify_mbstr(PG_UTF8, copy, text.length, true))
		return copy;
	for (char *c = copy; *c != '\0'; c++)
		if (IS_HIGHBIT_SET(*c))
			*c = '?';
	return copy;
}

/*
 * Returns a text of the reply as a C string. Terminates it in place: the byte after it has been parsed already, or lies in the spare room.
 */
static inline char *
from_utf8(FrameText text)
{
	char *utf8 = unconstify(char *, text.data);

	utf8[text.length] = '\0';
	return pg_any_to_server(utf8, text.length, PG_UTF8);
}

#endif
