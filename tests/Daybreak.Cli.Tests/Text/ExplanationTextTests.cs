using Daybreak.Cli.Text;

namespace Daybreak.Cli.Tests.Text;

public sealed class ExplanationTextTests
{
    [Fact]
    public void Statement_that_allows_is_shown_with_its_place() =>
        Assert.Equal(
            """
            ALLOWED
            The statement Invoke allows it.

            Decided by statement Invoke of rds-lambda-policy (identity-based policy of arn:aws:iam::444455556666:role/r):
              {
                "Effect": "Allow",
                "Action": "lambda:InvokeFunction"
              }

            """,
            Shown.By(
                ExplanationText.Write,
                """
                {
                    "decision": "allowed", "reason": "The statement Invoke allows it.", "enforced": true, "notes": [], "toAllow": [],
                    "statements": [{
                        "sid": "Invoke", "index": 0, "policy": "rds-lambda-policy", "policyType": "identity-based policy",
                        "attachedTo": "arn:aws:iam::444455556666:role/r",
                        "statement": {"Effect": "Allow", "Action": "lambda:InvokeFunction"}
                    }]
                }
                """
            )
        );

    [Fact]
    public void Denial_is_shown_with_its_notes_and_the_one_step_that_allows_it() =>
        Assert.Equal(
            """
            DENIED: nothing allows it
            no identity-based policy allows it
            Note: The policy names another function.

            To allow it: Add a policy to the role.
              {
                "Version": "2012-10-17",
                "Statement": "é <a>"
              }
              aws iam put-role-policy --role-name r

            """,
            Shown.By(
                ExplanationText.Write,
                """
                {
                    "decision": "implicitDeny", "reason": "no identity-based policy allows it", "enforced": true,
                    "notes": ["The policy names another function."], "statements": [],
                    "toAllow": [{
                        "what": "Add a policy to the role.", "policyDocument": {"Version": "2012-10-17", "Statement": "é <a>"},
                        "commands": ["aws iam put-role-policy --role-name r"]
                    }]
                }
                """
            )
        );

    [Fact]
    public void Steps_are_numbered_and_statements_without_a_name_counted_from_one() =>
        Assert.Equal(
            """
            DENIED by a statement
            with an explicit deny
            IAM IS OFF in this local AWS (--iam off): every call passes, whatever this says.

            Decided by statement 3 of p (resource-based policy):
              "*"

            To allow it, step 1 of 2: Take the statement away.
              first
              second

            To allow it, step 2 of 2: Allow it.

            """,
            Shown.By(
                ExplanationText.Write,
                """
                {
                    "decision": "explicitDeny", "reason": "with an explicit deny", "enforced": false, "notes": [],
                    "statements": [{"sid": "", "index": 2, "policy": "p", "policyType": "resource-based policy", "statement": "*"}],
                    "toAllow": [
                        {"what": "Take the statement away.", "commands": ["first", "second"]},
                        {"what": "Allow it.", "commands": []}
                    ]
                }
                """
            )
        );
}
