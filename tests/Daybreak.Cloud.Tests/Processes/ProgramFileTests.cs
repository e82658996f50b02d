using System.Buffers.Binary;
using System.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Tests.Processes;

/// <summary>Binaries that the kernel would refuse: those of scripts are tested through functions.</summary>
public sealed class ProgramFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    [Fact]
    public void Binary_of_this_machine_is_not_refused() => Assert.Null(Refusal(True));

    [Fact]
    public void Binary_of_another_processor_has_the_wrong_format() => Assert.Equal("exec format error", Refusal(Changed(at: 18, 0x15))); // PowerPC

    [Fact]
    public void Binary_whose_loader_is_missing_does_not_exist()
    {
        var program = True;
        var loader = program.AsSpan().IndexOf("/ld-linux"u8);
        program[loader + 1] = (byte)'x';
        Assert.Equal("no such file or directory", Refusal(program));
        Assert.Equal("no such file or directory", ProgramFile.Refusal(Written(True), _ => null));
    }

    [Fact]
    public void Object_file_and_cut_headers_have_the_wrong_format()
    {
        Assert.Equal("exec format error", Refusal(Changed(at: 16, 1)));
        Assert.Equal("exec format error", Refusal(True[..100]));
        Assert.Equal("exec format error", Refusal(Changed(at: 54, 65535)));
    }

    [Fact]
    public void Interpreters_that_are_scripts_end_somewhere()
    {
        var script = Written(Encoding.UTF8.GetBytes("#!again\n"));
        Assert.Equal("too many levels of symbolic links", ProgramFile.Refusal(script, _ => script));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static byte[] True => File.ReadAllBytes("/bin/true");

    private static byte[] Changed(int at, ushort value)
    {
        var program = True;
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(at), value);
        return program;
    }

    private string? Refusal(byte[] program) => ProgramFile.Refusal(Written(program), name => name);

    private string Written(byte[] program)
    {
        var path = Path.Combine(_directory, "program");
        File.WriteAllBytes(path, program);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return path;
    }
}
