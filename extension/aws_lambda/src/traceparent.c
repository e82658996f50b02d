#include "compat.h"

#include "tcop/tcopprot.h"

#include "settings.h"
#include "traceparent.h"

#define TRACEPARENT_LENGTH 55 /* of version 00; a later version may add to it */
#define COMMENT_MAX 4096      /* a longer comment is none of sqlcommenter's */
#define KEY "traceparent='"

static const FrameText none = {NULL, 0};

/* ---- the format ---- */

static bool
is_lower_hex(const char *text, int length)
{
	for (int i = 0; i < length; i++)
		if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f')))
			return false;
	return true;
}

static bool
is_zero(const char *text, int length)
{
	for (int i = 0; i < length; i++)
		if (text[i] != '0')
			return false;
	return true;
}

/* version "-" trace-id "-" parent-id "-" trace-flags, of which neither id may be zero. A short text is never read beyond its end. */
static bool
is_traceparent(const char *text, size_t length)
{
	if (length < TRACEPARENT_LENGTH || text[2] != '-' || text[35] != '-' || text[52] != '-')
		return false;
	if (!is_lower_hex(text, 2) || !is_lower_hex(text + 3, 32) || !is_lower_hex(text + 36, 16) || !is_lower_hex(text + 53, 2))
		return false;
	if (is_zero(text + 3, 32) || is_zero(text + 36, 16) || strncmp(text, "ff", 2) == 0)
		return false;
	return length == TRACEPARENT_LENGTH || (strncmp(text, "00", 2) != 0 && text[TRACEPARENT_LENGTH] == '-');
}

/* What a later version may have added is not known, and stays behind. */
static FrameText
known_part(const char *text)
{
	FrameText known = {text, TRACEPARENT_LENGTH};

	return known;
}

bool
check_traceparent(char **value, void **extra, GucSource source)
{
	if ((*value)[0] == '\0' || is_traceparent(*value, strlen(*value)))
		return true;
	GUC_check_errdetail("A W3C traceparent is 00-TRACE_ID-PARENT_ID-FLAGS, with 32, 16 and 2 lower-case hexadecimal digits.");
	return false;
}

/* ---- the comment ---- */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static FrameText
traceparent_in(const char *comment, const char *end)
{
	const size_t key_length = strlen(KEY);

	for (const char *at = comment; end - at > (ptrdiff_t) key_length; at++)
	{
		const char *value = at + key_length;
		const char *quote;

		if (strncmp(at, KEY, key_length) != 0 || (at > comment && at[-1] != ',' && !is_space(at[-1])))
			continue;
		quote = memchr(value, '\'', end - value);
		if (quote == NULL || !is_traceparent(value, quote - value))
			return none;
		return known_part(value);
	}
	return none;
}

static FrameText
in_last_comment(const char *sql, size_t length)
{
	const char *end = sql + length;

	while (end > sql && (is_space(end[-1]) || end[-1] == ';'))
		end--;
	if (end - sql < 4 || end[-1] != '/' || end[-2] != '*')
		return none;
	end -= 2;
	for (const char *at = end - 2; at >= sql && end - at <= COMMENT_MAX; at--)
		if (at[0] == '/' && at[1] == '*')
			return traceparent_in(at + 2, end);
	return none;
}

static FrameText
in_first_comment(const char *sql)
{
	const char *comment;

	while (is_space(*sql))
		sql++;
	if (sql[0] != '/' || sql[1] != '*')
		return none;
	comment = sql + 2;
	for (const char *at = comment; *at != '\0' && at - comment <= COMMENT_MAX; at++)
		if (at[0] == '*' && at[1] == '/')
			return traceparent_in(comment, at);
	return none;
}

/*
 * A statement without a comment at either end costs the look at both ends. The comment counts before the setting, because it comes with
 * the statement, while a setting may have been left behind in a pooled session.
 */
FrameText
current_traceparent(void)
{
	if (debug_query_string != NULL)
	{
		FrameText found = in_last_comment(debug_query_string, strlen(debug_query_string));

		if (found.data == NULL)
			found = in_first_comment(debug_query_string);
		if (found.data != NULL)
			return found;
	}
	return setting_traceparent[0] != '\0' ? known_part(setting_traceparent) : none;
}
