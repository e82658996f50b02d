using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Tests.Processes;

/// <summary>Which control group is divided, and how: on a tree of plain files, since few machines let a test have a real one.</summary>
public sealed class ControlGroupsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    [Fact]
    public void Nearest_group_above_that_is_divided_by_memory_and_processes_takes_ours()
    {
        Tree("/", "cpu memory pids", "/user.slice", "memory pids", "/user.slice/scope", "");
        var ofSomebodyKilled = Directory.CreateDirectory($"{_directory}/user.slice/daybreak-{int.MaxValue}/3").Parent!.FullName;
        var ofSomebodyAlive = Directory.CreateDirectory($"{_directory}/user.slice/daybreak-1").FullName;

        (var groups, var reason) = ControlGroups.Create(_directory, Membership("/user.slice/scope"));
        var group = groups!.Add("7", 128 << 20, 744);

        Assert.Equal("", reason);
        Assert.Equal((false, true), (Directory.Exists(ofSomebodyKilled), Directory.Exists(ofSomebodyAlive)));
        Assert.Equal($"{_directory}/user.slice/daybreak-{Environment.ProcessId}/7", group);
        Assert.Equal(
            ("+memory +pids", "134217728", "1", "744"),
            (
                File.ReadAllText(group + "/../cgroup.subtree_control"),
                File.ReadAllText(group + "/memory.max"),
                File.ReadAllText(group + "/memory.oom.group"),
                File.ReadAllText(group + "/pids.max")
            )
        );
    }

    [Theory]
    [InlineData("9:memory:/x\n", "cpu memory pids", "no control groups of version 2 for memory")]
    [InlineData("9:memory:/x\n0::/scope\n", "hugetlb", "no control groups of version 2 for memory")]
    [InlineData("0::/scope\n", "cpu memory pids", "no control group that this user may divide")]
    public void Machine_without_them_says_why(string membership, string controllers, string reason)
    {
        Tree("/", "memory", "/scope", "");
        File.WriteAllText(_directory + "/cgroup.controllers", controllers);

        Assert.Equal((null, reason), ControlGroups.Create(_directory, Membership(membership, isWhole: true)));
    }

    [Fact]
    public async Task Program_starts_only_after_its_process_has_entered_the_group()
    {
        var group = Directory.CreateDirectory(_directory + "/group").FullName;
        ChildStart start = new() { Program = "/bin/cat", Arguments = [group + "/cgroup.procs"] };
        var output = new MemoryStream();

        await using var child = await ChildProcess.StartAsync(
            ControlGroups.Inside(start, group) with
            {
                StandardOutput = chunk => output.Write(chunk),
            }
        );
        await child.Exited;

        Assert.Equal("0\n", System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Kill_for_memory_is_told_by_the_group()
    {
        File.WriteAllText(_directory + "/memory.events", "low 0\nmax 12\noom 1\noom_kill 0\n");
        Assert.False(ControlGroups.RanOutOfMemory(_directory));
        File.WriteAllText(_directory + "/memory.events", "low 0\nmax 12\noom 1\noom_kill 3\n");
        Assert.True(ControlGroups.RanOutOfMemory(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Tree(params string[] groups)
    {
        File.WriteAllText(_directory + "/cgroup.controllers", groups[1]);
        for (var index = 0; index < groups.Length; index += 2)
            File.WriteAllText(
                Directory.CreateDirectory(_directory + groups[index]).FullName + "/cgroup.subtree_control",
                groups[index + 1]
            );
    }

    private string Membership(string text, bool isWhole = false)
    {
        var path = _directory + "/membership";
        File.WriteAllText(path, isWhole ? text : $"9:memory:/x\n0::{text}\n");
        return path;
    }
}
