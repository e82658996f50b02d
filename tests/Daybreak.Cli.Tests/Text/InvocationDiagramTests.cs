using Daybreak.Cli.Text;
using Daybreak.Explaining;

namespace Daybreak.Cli.Tests.Text;

public sealed class InvocationDiagramTests
{
    private const string Classes = """
            classDef ok fill:#d9f2d9,stroke:#2e7d32,color:#000
            classDef failed fill:#f8d0d0,stroke:#c62828,stroke-width:3px,color:#000
            classDef notSeen fill:#ffffff,stroke:#9e9e9e,stroke-dasharray:4,color:#555
            classDef notReached fill:#eeeeee,stroke:#9e9e9e,color:#555

        """;

    [Fact]
    public void Stages_are_a_path_and_hops_a_group_within_it() =>
        Assert.Equal(
            """
            flowchart TD
                start(["aws_lambda.invoke('simple') in demo-1"])
                n1["extension<br/>aws_lambda is there."]:::ok
                start --> n1
                subgraph network
                n2["subnet<br/>subnet-1 sends to #quot;nat-1#quot;"]:::ok
                n1 --> n2
                n3["✗ acl<br/>acl-1 drops #lt;1024 #amp; more"]:::failed
                n2 -.-x n3
                end
                n4["✗ role<br/>There is no role."]:::failed
                n3 -.-x n4
                n5["function<br/>Not checked."]:::notReached
                n4 -.-x n5

            """ + Classes,
            Invocations.Shown(InvocationDiagram.Write, Invocations.Fails)
        );

    [Fact]
    public void What_nobody_there_can_see_is_a_dotted_arrow() =>
        Assert.Contains(
            "    n1[\"policies<br/>Who knows.\"]:::notSeen\n    start -.-> n1\n",
            Invocations.Shown(InvocationDiagram.Write, Invocations.Of(Stage.NotSeen("policies", "Who knows."))),
            StringComparison.Ordinal
        );
}
