/*
  * The rules of the extension daybreak in this database, as this backend knows them: who may call what (daybreak.allow), and with which IAM
  * role (daybreak.assume).
  */
#ifndef AWS_LAMBDA_RULES_H
#define AWS_LAMBDA_RULES_H

#include "postgres.h"

#include "pattern.h"

/* Bits of InvocationTypes. */
#define TYPE_REQUEST_RESPONSE 1
#define TYPE_EVENT 2
#define TYPE_DRY_RUN 4

typedef struct AllowRule
{
	Oid role; /* InvalidOid: everybody */
	Pattern pattern;
	int types;
} AllowRule;

typedef struct AssumeRule
{
	Oid role;              /* InvalidOid: everybody who has no other */
	FrameText iam_role;    /* UTF-8 */
	FrameText external_id; /* NULL: none */
} AssumeRule;

typedef struct Rules
{
	/* Changes whenever rules, roles or memberships may have changed: what was decided before no longer holds. */
	uint64 generation;
	bool guarded; /* a rule exists, so that what no rule gives is refused */
	int allow_count;
	AllowRule *allow;
	int assume_count;
	AssumeRule *assume;
} Rules;

/* What the current transaction and everything committed by now say. The answer is good until the next call. */
extern const Rules *current_rules(void);

/* What is wrong with the ARN of an IAM role, or with an external id: a finished sentence; NULL: nothing. */
extern const char *iam_role_flaw(FrameText text);
extern const char *external_id_flaw(FrameText text);

/* Whether a rule for that role is one for the user. Superusers are members only where they have been made members. */
extern bool rule_is_for(Oid role, Oid user);

/* The bit of a type's name; 0 when there is no such type. */
extern int invocation_type_bit(FrameText word);

#endif
