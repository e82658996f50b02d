#include "compat.h"

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "encoding.h"
#include "guard.h"
#include "row_literal.h"
#include "rules.h"
#include "settings.h"

/* ---- decisions that were made before ---- */

#define SLOTS 64
#define LONGEST_KEY 448

/* An allowed call: the user and the arguments that decide. */
typedef struct Decision
{
	uint64 generation; /* of the rules; 0: the slot is free */
	uint32 length;
	char key[LONGEST_KEY];
} Decision;

static Decision *decisions = NULL;

static bool
append(char *key, uint32 *length, const void *data, uint32 size)
{
	if (size > LONGEST_KEY - *length)
		return false;
	memcpy(key + *length, data, size);
	*length += size;
	return true;
}

/* The length before each text, and one that no text has for NULL, keep different calls apart. */
static bool
append_text(char *key, uint32 *length, FrameText text)
{
	uint32 size = text.data == NULL ? UINT32_MAX : text.length;

	return append(key, length, &size, sizeof size) && (text.data == NULL || append(key, length, text.data, text.length));
}

/* Returns 0 when the arguments are too long to be kept. */
static uint32
write_key(char *key, Oid user, const InvokeRequest *request)
{
	uint32 length = 0;

	if (append(key, &length, &user, sizeof user) && append(key, &length, &request->composite, sizeof request->composite) &&
		append_text(key, &length, request->function_name) && append_text(key, &length, request->qualifier) &&
		append_text(key, &length, request->region) && append_text(key, &length, request->default_region) &&
		append_text(key, &length, request->invocation_type))
		return length;
	return 0;
}

static Decision *
slot_of(const char *key, uint32 length)
{
	if (decisions == NULL)
		decisions = MemoryContextAllocZero(TopMemoryContext, SLOTS * sizeof(Decision));
	return &decisions[hash_bytes((const unsigned char *) key, (int) length) % SLOTS];
}

/* ---- the decision ---- */

/* Types that rules give the user for that function. */
static int
types_given(const Rules *rules, Oid user, const CallTarget *target)
{
	int types = 0;

	for (int i = 0; i < rules->allow_count; i++)
		if (pattern_matches(&rules->allow[i].pattern, target) && rule_is_for(rules->allow[i].role, user))
			types |= rules->allow[i].types;
	return types;
}

static FrameText
type_of(const InvokeRequest *request)
{
	FrameText usual = {"RequestResponse", 15};

	return request->invocation_type.data == NULL ? usual : request->invocation_type;
}

/* ---- what a refusal says ---- */

static char *
shown(FrameText text)
{
	return text.data == NULL ? pstrdup("NULL") : pg_any_to_server(copy_text(text), text.length, PG_UTF8);
}

/* The narrowest pattern for exactly this call; all parts have harmless characters. */
static char *
pattern_for(const CallTarget *target)
{
	StringInfoData pattern;

	initStringInfo(&pattern);
	if (target->region.data != NULL)
		appendStringInfo(&pattern, "arn:%s:lambda:%.*s:%.*s:function:", partition_of_region(target->region), (int) target->region.length,
			target->region.data, (int) target->account.length, target->account.data != NULL ? target->account.data : "");
	else if (target->account.data != NULL)
		appendStringInfo(&pattern, "%.*s:function:", (int) target->account.length, target->account.data);
	appendBinaryStringInfo(&pattern, target->name.data, target->name.length);
	if (target->qualifier.data != NULL)
		appendStringInfo(&pattern, ":%.*s", (int) target->qualifier.length, target->qualifier.data);
	return pattern.data;
}

static const char *
types_in_words(int types)
{
	static const char *const words[] = {"", "RequestResponse", "Event", "RequestResponse, Event", "DryRun", "RequestResponse, DryRun",
		"Event, DryRun", "RequestResponse, Event, DryRun"};

	return words[types & 7];
}

static bool
refuse_unreadable(const char *user, const InvokeRequest *request, GuardRefusal *refusal)
{
	refusal->message = psprintf("permission denied: role \"%s\" may not invoke function \"%s\"", user, shown(request->function_name));
	refusal->detail =
		"This database has rules of daybreak.allow, and the function's name is in no form that a rule could be compared with.";
	refusal->statement = NULL;
	return true;
}

static bool
refuse(const char *user, const InvokeRequest *request, const CallTarget *target, int given, GuardRefusal *refusal)
{
	char *pattern = pattern_for(target);
	char *type = shown(type_of(request));

	refusal->message = psprintf("permission denied: role \"%s\" may not invoke function \"%s\" with type %s", user, pattern, type);
	if (invocation_type_bit(type_of(request)) == 0)
	{
		refusal->detail = "This database has rules of daybreak.allow, and the type is none of RequestResponse, Event, DryRun.";
		refusal->statement = NULL;
		return true;
	}
	if (given != 0)
		refusal->detail = psprintf("The rules in daybreak.allowed give the role this function only with type %s.", types_in_words(given));
	else
		refusal->detail =
			psprintf("No rule in daybreak.allowed gives this function to the role, to one that it is a member of, or to PUBLIC.%s%s",
				target->account.data == NULL ? " The call names no account, so only rules without one, or for every account, apply." : "",
				target->region.data == NULL ? " It names no Region, so only rules for every Region apply." : "");
	refusal->statement =
		psprintf("SELECT daybreak.allow(%s, %s, '{%s}');", quote_literal_cstr(quote_identifier(user)), quote_literal_cstr(pattern), type);
	return true;
}

bool
guard_refuses(InvokeRequest *request, GuardRefusal *refusal)
{
	const Rules *rules = current_rules();
	Oid user = GetUserId();
	CallTarget target;
	char key[LONGEST_KEY];
	uint32 length;
	Decision *decision = NULL;
	const char *name;
	int given;

	if (likely(!rules->guarded))
		return false;
	if (setting_superusers_exempt && superuser_arg(user))
		return false;

	length = write_key(key, user, request);
	if (length > 0)
	{
		decision = slot_of(key, length);
		if (decision->generation == rules->generation && decision->length == length && memcmp(decision->key, key, length) == 0)
			return false;
	}

	name = GetUserNameFromId(user, true);
	if (name == NULL)
		name = psprintf("%u", user);
	if (!request->composite && request->function_name.length > 0 && request->function_name.data[0] == '(')
		decision = NULL; /* its arguments must be replaced every time */
	if (!replace_row_literal(request) || !target_of_request(request, &target))
		return refuse_unreadable(name, request, refusal);
	given = types_given(rules, user, &target);
	if ((given & invocation_type_bit(type_of(request))) == 0)
		return refuse(name, request, &target, given, refusal);
	if (decision != NULL)
	{
		decision->generation = rules->generation;
		decision->length = length;
		memcpy(decision->key, key, length);
	}
	return false;
}

void
guard_require(InvokeRequest *request)
{
	GuardRefusal refusal;

	if (likely(!guard_refuses(request, &refusal)))
		return;
	ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg_internal("%s", refusal.message),
		errdetail_internal("%s", refusal.detail),
		refusal.statement == NULL ? 0 : errhint("Whoever administers the rules may allow it: %s", refusal.statement));
}
