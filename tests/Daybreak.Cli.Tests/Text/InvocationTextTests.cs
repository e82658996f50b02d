using Daybreak.Cli.Text;
using Daybreak.Explaining;

namespace Daybreak.Cli.Tests.Text;

public sealed class InvocationTextTests
{
    [Fact]
    public void Call_that_works_has_a_line_a_stage_and_says_so() =>
        Assert.Equal(
            """
            ok     extension        aws_lambda is there.
            ok     function         simple is active.

            aws_lambda.invoke reaches simple from demo-1.

            """,
            Invocations.Shown(InvocationText.Write, Invocations.Works)
        );

    [Fact]
    public void First_stage_that_fails_is_shown_with_its_hops_and_what_fixes_it() =>
        Assert.Equal(
            """
            ok     extension        aws_lambda is there.
            FAILED network          The packets do not come back.
                   ok     subnet-1 sends to "nat-1"
                   FAILED acl-1 drops <1024 & more
            FAILED role             There is no role.
              ?    function         Not checked.

            2 stages fail; this is about the first.

            To fix it, step 1 of 2: Let them in.
              aws ec2 create-network-acl-entry
              aws ec2 wait

            To fix it, step 2 of 2: Let them out.

            """,
            Invocations.Shown(InvocationText.Write, Invocations.Fails)
        );

    [Fact]
    public void One_stage_that_fails_and_one_step_are_not_counted() =>
        Assert.Equal(
            """
            FAILED role             There is no role.

            One stage fails.

            To fix it: Add one.
              aws rds add-role-to-db-cluster

            """,
            Invocations.Shown(
                InvocationText.Write,
                Invocations.Of(Stage.Failed("role", "There is no role.", Stage.FixOf("Add one.", "aws rds add-role-to-db-cluster")))
            )
        );

    [Fact]
    public void Stage_that_cannot_be_seen_from_there_is_said() =>
        Assert.Equal(
            "  -    policies         Who knows.\n\naws_lambda.invoke reaches simple from demo-1, as far as can be seen from there.\n",
            Invocations.Shown(InvocationText.Write, Invocations.Of(Stage.NotSeen("policies", "Who knows.")))
        );

    [Fact]
    public void Stage_that_was_not_reached_is_said() =>
        Assert.Equal(
            "  ?    policies         Who knows.\n\nNot every stage could be checked.\n",
            Invocations.Shown(InvocationText.Write, Invocations.Of(Stage.NotReached("policies", "Who knows.")))
        );
}
