namespace Daybreak.Aws.Tests;

public sealed class IdleTrimTests
{
    [Fact]
    public void Memory_is_given_back_once_after_work_and_never_while_there_is_some()
    {
        long work = 0,
            trims = 0;
        using var trim = new IdleTrim(() => work, TimeProvider.System, () => trims++);
        trim.Look();
        Assert.Equal(0, trims);
        for (work = 1; work < 5; work++)
        {
            trim.Look();
            Assert.Equal(0, trims);
        }
        trim.Look();
        trim.Look();
        Assert.Equal(1, trims);
        trim.Look();
        Assert.Equal(1, trims);
    }
}
