/*
  * The form of what STS is given. Sources: STS API reference, AssumeRole (RoleArn, ExternalId, RoleSessionName).
  */
#include "postgres.h"

#include "rules.h"

#define SHORTEST_ARN 20
#define LONGEST_ARN 2048
#define SHORTEST_ID 2
#define LONGEST_ID 1224
#define ACCOUNT_DIGITS 12

static bool
consists_of(const char *data, uint32 length, const char *more)
{
	for (uint32 i = 0; i < length; i++)
	{
		char c = data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c != '\0' && strchr(more, c) != NULL)))
			return false;
	}
	return true;
}

/* arn:PARTITION:iam::ACCOUNT:role/[PATH/]NAME */
const char *
iam_role_flaw(FrameText text)
{
	static const char form[] = "It looks like arn:aws:iam::123456789012:role/NAME.";
	const char *at = text.data;
	const char *end = text.data + text.length;
	const char *colon;

	if (text.length < SHORTEST_ARN || text.length > LONGEST_ARN || memcmp(at, "arn:aws", 7) != 0)
		return form;
	at += 4;
	colon = memchr(at, ':', end - at);
	if (colon == NULL || !consists_of(at, colon - at, "-"))
		return form;
	at = colon + 1;
	if (end - at < 5 + ACCOUNT_DIGITS + 7 || memcmp(at, "iam::", 5) != 0)
		return form;
	at += 5;
	for (int i = 0; i < ACCOUNT_DIGITS; i++)
		if (at[i] < '0' || at[i] > '9')
			return form;
	at += ACCOUNT_DIGITS;
	if (memcmp(at, ":role/", 6) != 0 || at[6] == '/' || end[-1] == '/' || !consists_of(at + 6, end - at - 6, "_+=,.@-/"))
		return form;
	return NULL;
}

const char *
external_id_flaw(FrameText text)
{
	if (text.length < SHORTEST_ID || text.length > LONGEST_ID || !consists_of(text.data, text.length, "_+=,.@:/-"))
		return "It has 2 to 1224 letters, digits and characters of \"_+=,.@:/-\".";
	return NULL;
}
