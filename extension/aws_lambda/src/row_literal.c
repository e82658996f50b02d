#include "postgres.h"

#include "row_literal.h"
#include "target.h"

static bool
looks_like_one(FrameText text)
{
	return text.data != NULL && text.length > 1 && text.data[0] == '(' && text.data[text.length - 1] == ')';
}

/* Reads an element as PostgreSQL writes it; an empty one is NULL. Returns false when it is malformed. */
static bool
read_element(const char **at, const char *end, FrameText *element)
{
	char *read;
	bool quoted = false;

	element->data = NULL;
	element->length = 0;
	if (*at == end || **at == ',')
		return true;
	read = palloc(end - *at);
	element->data = read;
	for (; *at < end && (quoted || **at != ','); (*at)++)
	{
		char c = **at;

		if (c == '\\' && *at + 1 < end)
			read[element->length++] = *++*at;
		else if (c == '"' && quoted && *at + 1 < end && (*at)[1] == '"')
			read[element->length++] = *++*at;
		else if (c == '"')
			quoted = !quoted;
		else if ((c == '(' || c == ')') && !quoted)
			return false;
		else
			read[element->length++] = c;
	}
	return !quoted;
}

static bool
read_row(FrameText text, FrameText *name, FrameText *region)
{
	const char *at = text.data + 1;
	const char *end = text.data + text.length - 1;

	return read_element(&at, end, name) && at < end && *at++ == ',' && read_element(&at, end, region) && at == end;
}

bool
replace_row_literal(InvokeRequest *request)
{
	FrameText name;
	FrameText region;
	FrameText none = {NULL, 0};

	if (request->composite || !looks_like_one(request->function_name))
		return true;
	if (!read_row(request->function_name, &name, &region))
		return false;
	request->function_name = name;
	if (text_is(request->region, "RequestResponse") || text_is(request->region, "Event") || text_is(request->region, "DryRun"))
	{
		FrameText third = request->invocation_type;

		request->invocation_type = request->region;
		request->region = none;
		if (text_is(third, "None") || text_is(third, "Tail"))
			request->log_type = third;
	}
	if (region.data == NULL)
		return true;
	if (request->region.data != NULL &&
		(request->region.length != region.length || memcmp(request->region.data, region.data, region.length) != 0))
		return false;
	request->region = region;
	return true;
}
