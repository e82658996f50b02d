#include "compat.h"

#include "miscadmin.h"
#include "utils/builtins.h"

#include "identity.h"
#include "rules.h"

#define SHORTEST_SESSION_NAME 2
#define LONGEST_SESSION_NAME 64

/* ---- which rule ---- */

static bool
same_text(FrameText one, FrameText other)
{
	if (one.data == NULL || other.data == NULL)
		return one.data == other.data;
	return one.length == other.length && memcmp(one.data, other.data, one.length) == 0;
}

static void
refuse_ambiguity(Oid user, const AssumeRule *one, const AssumeRule *other)
{
	const char *name = GetUserNameFromId(user, false);

	ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
		errmsg("permission denied: role \"%s\" is a member of roles with different IAM roles", name),
		errdetail("Role \"%s\" and role \"%s\" have different ones in daybreak.assumed.", GetUserNameFromId(one->role, false),
			GetUserNameFromId(other->role, false)),
		errhint("Whoever administers the rules may choose: SELECT daybreak.assume(%s, 'arn:aws:iam::ACCOUNT:role/NAME');",
			quote_literal_cstr(quote_identifier(name))));
}

/* The user's own, that of the roles whose privileges it has, or that of everybody, in this order. NULL: the server's. */
static const AssumeRule *
rule_of(const Rules *rules, Oid user)
{
	const AssumeRule *inherited = NULL;
	const AssumeRule *of_all = NULL;

	for (int i = 0; i < rules->assume_count; i++)
	{
		const AssumeRule *rule = &rules->assume[i];

		if (rule->role == user)
			return rule;
		if (!OidIsValid(rule->role))
			of_all = rule;
	}
	for (int i = 0; i < rules->assume_count; i++)
	{
		const AssumeRule *rule = &rules->assume[i];

		if (!OidIsValid(rule->role) || !rule_is_for(rule->role, user))
			continue;
		if (inherited != NULL && (!same_text(inherited->iam_role, rule->iam_role) || !same_text(inherited->external_id, rule->external_id)))
			refuse_ambiguity(user, inherited, rule);
		inherited = rule;
	}
	return inherited != NULL ? inherited : of_all;
}

/* ---- the name of the session ---- */

/* The user's name as far as STS takes it: what it does not take becomes "_". */
static FrameText
session_name_of(Oid user, char room[LONGEST_SESSION_NAME])
{
	const char *name = GetUserNameFromId(user, false);
	FrameText session = {room, 0};

	for (const char *c = name; *c != '\0' && session.length < LONGEST_SESSION_NAME; c++)
	{
		bool taken = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr("_+=,.@-", *c) != NULL;

		room[session.length++] = taken ? *c : '_';
	}
	while (session.length < SHORTEST_SESSION_NAME)
		room[session.length++] = '_';
	return session;
}

FrameIdentity
current_identity(void)
{
	static uint64 generation = 0;
	static Oid known_user = InvalidOid;
	static FrameIdentity known;
	static char session_name[LONGEST_SESSION_NAME];
	const Rules *rules = current_rules();
	Oid user = GetUserId();
	FrameIdentity identity = {{NULL, 0}};
	const AssumeRule *rule;

	if (likely(rules->assume_count == 0))
		return identity;
	if (generation == rules->generation && known_user == user)
		return known;
	rule = rule_of(rules, user);
	if (rule != NULL)
	{
		identity.iam_role = rule->iam_role;
		identity.external_id = rule->external_id;
		identity.session_name = session_name_of(user, session_name);
	}
	generation = rules->generation;
	known_user = user;
	known = identity;
	return identity;
}
