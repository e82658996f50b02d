using System.Globalization;
using System.Net;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Names;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>
/// Runs functions in namespaces made by bubblewrap. A function sees its code at <c>/var/task</c> and its layers at <c>/opt</c>, both
/// read-only, the system's programs, its own <c>/tmp</c> in memory, and its own processes. The network is shared.
/// </summary>
internal sealed class BubblewrapSandbox : ISandbox
{
    public const int SlotCount = 1000;
    private const string VisibleRuntimeDirectory = "/var/runtime";

    private readonly string _program;
    private readonly string _runtimeDirectory;
    private readonly string _filter;
    private readonly FunctionNames _names;
    private readonly bool _limitsTemporary;
    private readonly uint? _firstUser;
    private readonly string[] _system;

    /// <param name="runtimeDirectory">Directory with the bootstraps, <c>passwd</c> and <c>group</c>.</param>
    /// <param name="firstUser">Id of the user of slot 0, whom the others follow; null when this process is not root's.</param>
    /// <param name="limitsTemporary">Whether this bubblewrap can limit the size of a tmpfs (since 0.7).</param>
    public BubblewrapSandbox(string program, string runtimeDirectory, uint? firstUser, bool limitsTemporary, FunctionNames names)
    {
        (_program, _runtimeDirectory, _firstUser, _limitsTemporary, _names) = (
            program,
            runtimeDirectory,
            firstUser,
            limitsTemporary,
            names
        );
        _system = [.. SystemArguments()];
        _filter = Path.Combine(runtimeDirectory, "system-calls");
        File.WriteAllBytes(_filter, SystemCallFilter.Write());
        File.WriteAllText(Path.Combine(runtimeDirectory, "passwd"), Accounts(":", "::/tmp:/sbin/nologin"));
        File.WriteAllText(Path.Combine(runtimeDirectory, "group"), Accounts("", ":"));
    }

    public string Description => _limitsTemporary ? "bubblewrap" : "bubblewrap, too old to limit the size of /tmp";

    public string Reach => _names.Description;

    public string RuntimeDirectory => VisibleRuntimeDirectory;

    public string TaskRoot(FunctionVersion function) => "/var/task";

    public string LayerDirectory(SandboxRequest request) => "/opt";

    public string NodePackages(SandboxRequest request) => VisibleRuntimeDirectory + "/node_modules";

    public string JavaClasses(SandboxRequest request) => VisibleRuntimeDirectory + "/java";

    public string? Locate(string path, FunctionVersion function, string? layers)
    {
        var full = Path.GetFullPath(path, "/var/task");
        if (full.StartsWith("/var/task/", StringComparison.Ordinal))
            return function.CodeDirectory + full["/var/task".Length..];
        if (full.StartsWith("/opt/", StringComparison.Ordinal))
            return layers is null ? null : layers + full["/opt".Length..];
        return Bubblewrap
            .SystemDirectories.Append("/usr")
            .Any(directory => (full + "/").StartsWith(directory + "/", StringComparison.Ordinal))
            ? full
            : null;
    }

    public void LogRefusedNames(int slot, Action<string> log) => _names.LogRefused((_firstUser ?? LibC.EffectiveUser()) + (uint)slot, log);

    // An address of its own, so that extensions of several environments can listen at the same port: they share the loopback interface.
    public IPAddress AddressOf(int slot) =>
        new([127, (byte)(4 + (Environment.ProcessId % 8)), (byte)(slot / 250), (byte)((slot % 250) + 1)]);

    public ChildStart Start(SandboxRequest request)
    {
        List<string> arguments =
        [
            .. _system,
            "--ro-bind",
            WriteHosts(request.Slot),
            "/etc/hosts",
            "--ro-bind",
            request.Function.CodeDirectory,
            "/var/task",
            .. request.Layers is { } layers ? ["--ro-bind", layers, "/opt"] : (string[])["--dir", "/opt"],
            .. request.NodePackages is { } packages ? ["--ro-bind", packages, NodePackages(request)] : (string[])[],
            .. request.JavaClasses is { } classes ? ["--ro-bind", classes, JavaClasses(request), .. JavaSettings()] : (string[])[],
            .. _limitsTemporary ? ["--size", Bytes(request.Function.EphemeralStorageMegabytes)] : (string[])[],
            "--perms",
            "1777",
            "--tmpfs",
            "/tmp",
            "--remount-ro",
            "/", // comes last, as it is a tmpfs of its own, without a limit
            "--chdir",
            "/var/task",
            "--",
            .. UserArguments(request.Slot),
            "/bin/sh",
        ];
        return new ChildStart
        {
            Program = _program,
            Arguments = arguments,
            StandardInput = request.Script,
            OpenFile = _filter,
            WatchesItsParent = true,
            PipeOwner = _firstUser + (uint)request.Slot,
        };
    }

    public ValueTask DisposeAsync() => _names.DisposeAsync();

    // On AWS, the file has these names, too.
    private string WriteHosts(int slot)
    {
        var path = Path.Combine(_runtimeDirectory, "hosts-" + slot.ToString(CultureInfo.InvariantCulture));
        var machines = _names.Hosts ?? "/etc/hosts";
        var names = File.Exists(machines) ? File.ReadAllText(machines) : "";
        File.WriteAllText(path, $"{names}\n{AddressOf(slot)} sandbox sandbox.localdomain\n");
        return path;
    }

    private static string Bytes(int megabytes) => (megabytes * 1024L * 1024L).ToString(CultureInfo.InvariantCulture);

    private List<string> SystemArguments()
    {
        List<string> arguments =
        [
            "--die-with-parent",
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--hostname",
            "lambda",
            "--seccomp",
            "3",
            // Root keeps its capabilities until setpriv has changed the user in the sandbox. An ordinary user has none.
            .. _firstUser is null
                ? ["--unshare-user", "--uid", "993", "--gid", "990"]
                : (string[])["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"],
            .. Bubblewrap.ProcessesAndDevices,
        ];
        // Only its own user can enter directories that bubblewrap makes as parents of others, so these are made explicitly.
        foreach (var directory in (string[])["/etc", "/etc/ssl", "/var", "/var/runtime"])
            arguments.AddRange("--perms", "0755", "--dir", directory);
        arguments.AddRange(Bubblewrap.Programs);
        foreach (var name in Bubblewrap.Settings.Where(static name => name != "hosts"))
            arguments.AddRange("--ro-bind-try", ShownAs(name), "/etc/" + name);
        foreach (var name in (string[])["passwd", "group"])
            arguments.AddRange("--ro-bind", Path.Combine(_runtimeDirectory, name), "/etc/" + name);
        foreach (var name in RuntimeFiles.Names)
            arguments.AddRange("--ro-bind", Path.Combine(_runtimeDirectory, name), VisibleRuntimeDirectory + "/" + name);
        return arguments;
    }

    // Debian's Java has links to its settings, which lie in /etc. Those for watching it from outside may name passwords.
    private static IEnumerable<string> JavaSettings() =>
        Directory
            .EnumerateDirectories("/etc", "java-*")
            .SelectMany(static directory =>
                (string[])
                    [
                        "--perms",
                        "0755",
                        "--dir",
                        directory,
                        .. Directory
                            .EnumerateFileSystemEntries(directory)
                            .Where(static path => Path.GetFileName(path) != "management")
                            .SelectMany(static path => (string[])["--ro-bind", path, path]),
                    ]
            );

    private string ShownAs(string name) =>
        name switch
        {
            "resolv.conf" => _names.Resolver,
            _ => null,
        }
        ?? "/etc/" + name;

    private string[] UserArguments(int slot)
    {
        if (_firstUser is not { } first)
            return [];
        var id = (first + (uint)slot).ToString(CultureInfo.InvariantCulture);
        return ["/usr/bin/setpriv", "--reuid", id, "--regid", id, "--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--"];
    }

    // Every user that may occur in the sandbox has a name, on AWS sbx_user and a number.
    private string Accounts(string groupSeparator, string rest)
    {
        var lines = new StringBuilder();
        var first = _firstUser ?? 993;
        for (uint slot = 0; slot < (_firstUser is null ? 1 : SlotCount); slot++)
        {
            var id = (first + slot).ToString(CultureInfo.InvariantCulture);
            var group = groupSeparator.Length == 0 ? "" : groupSeparator + (_firstUser is null ? "990" : id);
            lines.Append(
                CultureInfo.InvariantCulture,
                $"sbx_user{1051 + slot}:x:{(groupSeparator.Length == 0 && _firstUser is null ? "990" : id)}{group}{rest}\n"
            );
        }

        return lines.ToString();
    }
}
