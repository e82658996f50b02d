using Daybreak.Cli.Text;

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
            Shown.By(InvocationText.Write, Invocations.Works)
        );

    [Fact]
    public void First_stage_that_fails_is_shown_with_its_hops_and_what_mends_it() =>
        Assert.Equal(
            """
            ok     extension        aws_lambda is there.
            FAILED network          The packets do not come back.
                   ok     subnet-1 sends to "nat-1"
                   FAILED acl-1 drops <1024 & more
            FAILED role             There is no role.
              ?    function         Not judged.

            2 stages fail; this is about the first.

            To fix it, step 1 of 2: Let them in.
              aws ec2 create-network-acl-entry
              aws ec2 wait

            To fix it, step 2 of 2: Let them out.

            """,
            Shown.By(InvocationText.Write, Invocations.Fails)
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
            Shown.By(
                InvocationText.Write,
                """
                {
                    "works": false, "function": "simple", "database": "demo-1",
                    "stages": [{
                        "stage": "role", "state": "failed", "text": "There is no role.",
                        "toMend": [{"what": "Add one.", "commands": ["aws rds add-role-to-db-cluster"]}]
                    }]
                }
                """
            )
        );

    [Theory]
    [InlineData(
        "notSeen",
        true,
        "  -    policies         Who knows.\n\naws_lambda.invoke reaches simple from demo-1, as far as can be seen from there.\n"
    )]
    [InlineData("notSeen", false, "  -    policies         Who knows.\n\nNot every stage could be checked.\n")]
    [InlineData("notReached", false, "  ?    policies         Who knows.\n\nNot every stage could be checked.\n")]
    public void What_could_not_be_judged_is_said(string state, bool works, string expected) =>
        Assert.Equal(expected, Shown.By(InvocationText.Write, Invocations.Of(state, works)));
}
