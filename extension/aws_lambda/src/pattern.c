#include "pattern.h"

#include <string.h>

#define LATEST "$LATEST"
#define LONGEST_FUNCTION (64 + 1 + 128)

/* The pattern that any text matches, the empty one included. */
static const FrameText ANY = {"*", 1};

static bool
is_wildcard(char c)
{
	return c == '*' || c == '?';
}

/* Whether all characters are wildcards or among those given. */
static bool
consists_of(FrameText text, const char *characters)
{
	for (uint32_t i = 0; i < text.length; i++)
		if (text.data[i] == '\0' || (!is_wildcard(text.data[i]) && strchr(characters, text.data[i]) == NULL))
			return false;
	return true;
}

static bool
has_only_stars(FrameText text)
{
	for (uint32_t i = 0; i < text.length; i++)
		if (text.data[i] != '*')
			return false;
	return text.length > 0;
}

/*
 * A question mark is no colon, so that a pattern without one needs a star to reach qualifiers. Goes back to the last star only, so that no
 * pattern takes longer than the product of both lengths.
 */
static bool
matches(FrameText pattern, const char *text, uint32_t length)
{
	uint32_t p = 0, t = 0;
	uint32_t star = UINT32_MAX, after_star = 0;

	while (t < length)
	{
		if (p < pattern.length && pattern.data[p] == '*')
		{
			star = p++;
			after_star = t;
		}
		else if (p < pattern.length && (pattern.data[p] == text[t] || (pattern.data[p] == '?' && text[t] != ':')))
		{
			p++;
			t++;
		}
		else if (star != UINT32_MAX)
		{
			p = star + 1;
			t = ++after_star;
		}
		else
			return false;
	}
	while (p < pattern.length && pattern.data[p] == '*')
		p++;
	return p == pattern.length;
}

/* Takes the text up to the next colon. */
static FrameText
take(FrameText *rest)
{
	FrameText part = {rest->data, 0};

	while (part.length < rest->length && rest->data[part.length] != ':')
		part.length++;
	rest->data += part.length;
	rest->length -= part.length;
	if (rest->length > 0)
	{
		rest->data++;
		rest->length--;
	}
	return part;
}

static int
count_colons(FrameText text)
{
	int colons = 0;

	for (uint32_t i = 0; i < text.length; i++)
		colons += text.data[i] == ':';
	return colons;
}

/* A caller's 123456789012:f is the function f of an account, and function:f is f: as NAME:QUALIFIER they would never match. */
static bool
reads_otherwise(FrameText name)
{
	bool digits = name.length == 12;

	for (uint32_t i = 0; i < name.length; i++)
		digits = digits && name.data[i] >= '0' && name.data[i] <= '9';
	return digits || text_is(name, "function");
}

static const char *
read_function(FrameText text, bool alone, Pattern *pattern)
{
	static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	FrameText rest = text;
	FrameText name = take(&rest);
	bool qualified = count_colons(text) == 1;

	if (count_colons(text) > 1)
		return "It has more parts than a function's ARN.";
	if (alone && qualified && reads_otherwise(name))
		return "The function of another account is written ACCOUNT:function:NAME.";
	pattern->function = text;
	if (name.length == 0 || text.length > 2 * LONGEST_FUNCTION)
		return "The function's name is missing or too long.";
	for (uint32_t i = 0; i < name.length; i++)
		if (name.data[i] == '\0' || (strchr(characters, name.data[i]) == NULL && name.data[i] != '.' && !is_wildcard(name.data[i])))
			return "A function's name has letters, digits, \"-\", \"_\" and \".\" only.";
	if (!qualified)
		return NULL;
	if (rest.length == 0)
		return "The qualifier after the colon is missing.";
	if (rest.data[0] == '$')
		return matches(rest, LATEST, sizeof LATEST - 1) ? NULL : "The only qualifier with a \"$\" is \"$LATEST\".";
	return consists_of(rest, characters) ? NULL : "A qualifier has letters, digits, \"-\" and \"_\" only.";
}

static const char *
read_arn(FrameText text, Pattern *pattern)
{
	(void) take(&text); /* arn */
	pattern->partition = take(&text);
	if (!text_is(take(&text), "lambda"))
		return "The third part of a function's ARN is \"lambda\".";
	pattern->region = take(&text);
	pattern->account = take(&text);
	if (!text_is(take(&text), "function"))
		return "The sixth part of a function's ARN is \"function\".";
	if (pattern->partition.length == 0 || !consists_of(pattern->partition, "abcdefghijklmnopqrstuvwxyz-"))
		return "The partition of an ARN is aws, aws-cn, aws-us-gov or another of AWS's.";
	if (pattern->region.length == 0 || !consists_of(pattern->region, "abcdefghijklmnopqrstuvwxyz-0123456789"))
		return "The Region of an ARN looks like us-west-2; \"*\" is any.";
	return read_function(text, false, pattern);
}

const char *
read_pattern(FrameText text, Pattern *pattern)
{
	int colons = count_colons(text);
	FrameText rest = text;
	FrameText first = take(&rest);
	FrameText after = rest;
	FrameText second = take(&after);
	const char *wrong;

	pattern->partition = pattern->region = ANY;
	pattern->account.data = "";
	pattern->account.length = 0;
	if (text_is(first, "arn"))
		wrong = colons < 6 ? "It has fewer parts than a function's ARN." : read_arn(text, pattern);
	else if (colons >= 2 && text_is(second, "function"))
	{
		if (first.length == 0)
			return "The account before \":function:\" is missing.";
		pattern->account = first;
		wrong = read_function(after, false, pattern);
	}
	else
		wrong = read_function(text, true, pattern);
	if (wrong != NULL)
		return wrong;
	return consists_of(pattern->account, "0123456789") ? NULL : "An account has twelve digits.";
}

static bool
region_matches(const Pattern *pattern, FrameText region)
{
	const char *partition;

	/* The bridge's own Region is not known here: only a pattern for every Region includes it. */
	if (region.data == NULL)
		return has_only_stars(pattern->region);
	partition = partition_of_region(region);
	return matches(pattern->region, region.data, region.length) && matches(pattern->partition, partition, (uint32_t) strlen(partition));
}

static bool
function_matches(const Pattern *pattern, const CallTarget *target)
{
	char text[LONGEST_FUNCTION];
	const char *qualifier = target->qualifier.data != NULL ? target->qualifier.data : LATEST;
	uint32_t length = target->qualifier.data != NULL ? target->qualifier.length : sizeof LATEST - 1;
	bool latest = target->qualifier.data == NULL || text_is(target->qualifier, LATEST);

	/* f and f:$LATEST are the same function. */
	if (latest && matches(pattern->function, target->name.data, target->name.length))
		return true;
	memcpy(text, target->name.data, target->name.length);
	text[target->name.length] = ':';
	memcpy(text + target->name.length + 1, qualifier, length);
	return matches(pattern->function, text, target->name.length + 1 + length);
}

bool
pattern_matches(const Pattern *pattern, const CallTarget *target)
{
	return matches(pattern->account, target->account.data != NULL ? target->account.data : "", target->account.length) &&
		   region_matches(pattern, target->region) && function_matches(pattern, target);
}
