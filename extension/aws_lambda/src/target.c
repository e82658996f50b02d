#include "target.h"

#include <string.h>

#define MOST_PARTS 9 /* one more than any form has */
#define LONGEST_NAME 64
#define LONGEST_QUALIFIER 128
#define LONGEST_REGION 32
#define ACCOUNT_DIGITS 12

bool
text_is(FrameText text, const char *word)
{
	return text.data != NULL && text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

static bool
starts_with(FrameText text, const char *start)
{
	return text.length >= strlen(start) && memcmp(text.data, start, strlen(start)) == 0;
}

static bool
same(FrameText one, FrameText other)
{
	return one.length == other.length && memcmp(one.data, other.data, one.length) == 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_word_character(char c)
{
	return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

static bool
is_name(FrameText text)
{
	for (uint32_t i = 0; i < text.length; i++)
		if (!is_word_character(text.data[i]) && text.data[i] != '.')
			return false;
	return text.length > 0 && text.length <= LONGEST_NAME;
}

static bool
is_qualifier(FrameText text)
{
	if (text_is(text, "$LATEST"))
		return true;
	for (uint32_t i = 0; i < text.length; i++)
		if (!is_word_character(text.data[i]))
			return false;
	return text.length > 0 && text.length <= LONGEST_QUALIFIER;
}

static bool
is_account(FrameText text)
{
	for (uint32_t i = 0; i < text.length; i++)
		if (!is_digit(text.data[i]))
			return false;
	return text.length == ACCOUNT_DIGITS;
}

/* Lower-case words and a final number, joined by hyphens: us-gov-west-1. */
static bool
is_region(FrameText text)
{
	int words = 0;
	uint32_t at = 0;

	if (text.length == 0 || text.length > LONGEST_REGION)
		return false;
	for (;;)
	{
		uint32_t end = at;
		bool last;

		while (end < text.length && text.data[end] != '-')
			end++;
		last = end == text.length;
		if (end == at)
			return false;
		for (uint32_t i = at; i < end; i++)
			if (last ? !is_digit(text.data[i]) : !is_lower(text.data[i]))
				return false;
		words++;
		if (last)
			return words >= 3;
		at = end + 1;
	}
}

const char *
partition_of_region(FrameText region)
{
	static const struct
	{
		const char *prefix;
		const char *partition;
	} others[] = {{"cn-", "aws-cn"}, {"us-gov-", "aws-us-gov"}, {"eusc-", "aws-eusc"}, {"us-iso-", "aws-iso"}, {"us-isob-", "aws-iso-b"},
		{"eu-isoe-", "aws-iso-e"}, {"us-isof-", "aws-iso-f"}};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (starts_with(region, others[i].prefix))
			return others[i].partition;
	return "aws";
}

/* Splits at colons. Returns MOST_PARTS when there are as many or more. */
static int
split(FrameText text, FrameText parts[MOST_PARTS])
{
	int count = 0;
	uint32_t begin = 0;

	for (uint32_t i = 0; i <= text.length && count < MOST_PARTS; i++)
	{
		if (i < text.length && text.data[i] != ':')
			continue;
		parts[count].data = text.data + begin;
		parts[count].length = i - begin;
		count++;
		begin = i + 1;
	}
	return count;
}

/* arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER] */
static bool
read_arn(const FrameText *parts, int count, CallTarget *target)
{
	if (count < 7 || count > 8 || !text_is(parts[2], "lambda") || !is_region(parts[3]) || !is_account(parts[4]) ||
		!text_is(parts[5], "function") || !text_is(parts[1], partition_of_region(parts[3])))
		return false;
	target->region = parts[3];
	target->account = parts[4];
	target->name = parts[6];
	if (count == 8)
		target->qualifier = parts[7];
	return true;
}

/* [[REGION:]ACCOUNT:][function:]NAME[:QUALIFIER] */
static bool
read_partial(const FrameText *parts, int count, CallTarget *target)
{
	if (count > 2 && is_region(parts[0]) && is_account(parts[1]))
	{
		target->region = parts[0];
		parts++, count--;
	}
	if (count > 1 && is_account(parts[0]))
	{
		target->account = parts[0];
		parts++, count--;
	}
	if (count > 1 && text_is(parts[0], "function"))
		parts++, count--;
	if (count < 1 || count > 2)
		return false;
	target->name = parts[0];
	if (count == 2)
		target->qualifier = parts[1];
	return true;
}

/* An empty text is the same as NULL. */
static bool
is_given(FrameText text)
{
	return text.data != NULL && text.length > 0;
}

bool
target_of_request(const InvokeRequest *request, CallTarget *target)
{
	FrameText parts[MOST_PARTS];
	int count;

	memset(target, 0, sizeof *target);
	if (!is_given(request->function_name))
		return false;
	count = split(request->function_name, parts);
	if (!(text_is(parts[0], "arn") ? read_arn(parts, count, target) : read_partial(parts, count, target)))
		return false;
	if (!is_name(target->name) || (target->qualifier.data != NULL && !is_qualifier(target->qualifier)))
		return false;

	if (is_given(request->qualifier))
	{
		if (!is_qualifier(request->qualifier) || (target->qualifier.data != NULL && !same(target->qualifier, request->qualifier)))
			return false;
		target->qualifier = request->qualifier;
	}
	if (target->region.data != NULL)
		return request->region.data == NULL || same(target->region, request->region);
	if (is_given(request->region))
		target->region = request->region;
	else if (is_given(request->default_region))
		target->region = request->default_region;
	return target->region.data == NULL || is_region(target->region);
}
