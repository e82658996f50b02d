using System.Text.Json;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Isolation;

[Trait("Pace", "slow")]
public class SandboxTests
{
    [Fact]
    public async Task Function_sees_its_code_a_tmp_and_nothing_of_the_machine()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: true);
        var other = host.Python("secret = 1\n");
        var function = host.Python(
            $$"""
            import os, pwd, subprocess
            def attempt(f):
                try: return f()
                except OSError as e: return e.strerror
            def handler(event, context):
                return {
                    'state': attempt(lambda: os.listdir('{{host.StateDirectory}}')),
                    'other': attempt(lambda: open('{{other.CodeDirectory}}/h.py').read()),
                    'root': sorted(os.listdir('/')),
                    'home': attempt(lambda: os.listdir('/root')),
                    'code': attempt(lambda: open('/var/task/new', 'w')),
                    'shadow': attempt(lambda: open('/etc/shadow').read()),
                    'user': os.getuid(), 'name': pwd.getpwuid(os.getuid()).pw_name[:8], 'groups': os.getgroups(),
                    'pids': sum(1 for p in os.listdir('/proc') if p.isdigit()),
                    'setuid': attempt(lambda: os.setuid(0)),
                    'fds': [attempt(lambda: os.readlink('/proc/self/fd/' + fd)) for fd in os.listdir('/proc/self/fd')],
                    'cmd': open('/proc/self/cmdline').read(),
                    'parent': attempt(lambda: open('/proc/1/environ').read()),
                    'stdout': attempt(lambda: subprocess.run(['sh', '-c', 'echo via > /dev/stdout']).returncode),
                }
            """
        );

        using var payload = JsonDocument.Parse((await host.InvokeAsync(function)).Payload);
        var seen = payload.RootElement;

        Assert.Equal("No such file or directory", seen.GetProperty("state").GetString());
        Assert.Equal("No such file or directory", seen.GetProperty("other").GetString());
        Assert.Equal("No such file or directory", seen.GetProperty("home").GetString());
        Assert.Equal("No such file or directory", seen.GetProperty("shadow").GetString());
        Assert.Equal("Read-only file system", seen.GetProperty("code").GetString());
        Assert.NotEqual(0, seen.GetProperty("user").GetInt32());
        Assert.Equal("sbx_user", seen.GetProperty("name").GetString());
        Assert.Equal("Operation not permitted", seen.GetProperty("setuid").GetString());
        // Standard streams, the connection to the Runtime API, and what lists them, which is closed by then.
        Assert.All(
            seen.GetProperty("fds").EnumerateArray(),
            fd => Assert.Matches("^(pipe:|socket:|/dev/null$|No such file or directory$)", fd.GetString())
        );
        Assert.InRange(seen.GetProperty("fds").GetArrayLength(), 4, 6);
        Assert.InRange(seen.GetProperty("pids").GetInt32(), 1, 3);
        Assert.DoesNotContain("secret", seen.GetProperty("cmd").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", seen.GetProperty("parent").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, seen.GetProperty("stdout").GetInt32());
        Assert.Contains("via\n", host.Messages);
        Assert.DoesNotContain("home", seen.GetProperty("root").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Function_makes_no_user_namespace_in_which_it_could_mount()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: true);
        var function = host.Python(
            """
            import ctypes, os, subprocess, threading
            libc = ctypes.CDLL(None, use_errno=True)
            def attempt(call, *arguments):
                if call(*arguments) == -1: return os.strerror(ctypes.get_errno())
                return 'done'
            def handler(event, context):
                user, mount, files, clone3 = 0x10000000, 0x20000, 0x400, 435
                thread = threading.Thread(target=lambda: None); thread.start(); thread.join()
                return [
                    attempt(libc.unshare, user), attempt(libc.unshare, user | mount), attempt(libc.unshare, files),
                    attempt(libc.syscall, clone3, None, 0), subprocess.run(['unshare', '--user', 'true'], capture_output=True, text=True).stderr.strip(),
                ]
            """
        );

        Assert.Equal(
            """["Operation not permitted", "Operation not permitted", "done", "Function not implemented", "unshare: unshare failed: Operation not permitted"]""",
            (await host.InvokeAsync(function)).Payload
        );
    }

    [Fact]
    public async Task Function_reaches_no_keys_of_the_kernel_s()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: true);
        var function = host.Python(
            """
            import ctypes, os, platform
            libc = ctypes.CDLL(None, use_errno=True)
            def attempt(number, *arguments):
                return os.strerror(ctypes.get_errno()) if libc.syscall(number, *arguments) == -1 else 'done'
            def handler(event, context):
                add_key = {'x86_64': 248, 'aarch64': 217}[platform.machine()]
                return [
                    attempt(add_key, b'user', b'name', b'secret', 6, -3), attempt(add_key + 1, b'user', b'name', None, 0), attempt(add_key + 2, 22, -1, -2),
                    open('/proc/sys/kernel/ostype').read().strip(), os.getcwd(), len(os.listdir('.')) > 0,
                ]
            """
        );

        Assert.Equal(
            """["Operation not permitted", "Operation not permitted", "Operation not permitted", "Linux", "/var/task", true]""",
            (await host.InvokeAsync(function)).Payload
        );
    }

    [Fact]
    public async Task Secrets_are_in_no_argument_of_any_process()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python("import time\ndef handler(event, context): time.sleep(0.3)\n");
        function = function with { Environment = function.Environment.Add("DB_PASSWORD", "hunter2-" + "unlikely") };

        var running = host.InvokeAsync(function);
        var arguments = new List<string>();
        while (!running.IsCompleted)
        {
            foreach (var directory in Directory.GetDirectories("/proc", "*"))
            {
                try
                {
                    arguments.Add(File.ReadAllText(directory + "/cmdline"));
                }
                catch (IOException)
                {
                    // It has ended.
                }
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Contains(arguments, line => line.Contains("bootstrap.py", StringComparison.Ordinal));
        Assert.DoesNotContain(
            arguments,
            line => line.Contains("hunter2-unlikely", StringComparison.Ordinal) || line.Contains("secret'quoted", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Fork_bomb_is_stopped_by_the_limit_on_processes()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: true);

        var answer = await host.InvokeAsync(
            host.Python(
                """
                import os, signal, time
                def handler(event, context):
                    made = []
                    try:
                        while len(made) < 2000:
                            child = os.fork()
                            if child == 0:
                                time.sleep(60)
                            made.append(child)
                    except BlockingIOError:
                        # The limit is one for a user, and the next test's function may be the same.
                        for child in made: os.kill(child, signal.SIGKILL)
                        for child in made: os.waitpid(child, 0)
                        return len(made)
                """
            ) with
            {
                MemorySizeMegabytes = 10240,
            }
        );

        Assert.InRange(int.Parse(answer.Payload, System.Globalization.CultureInfo.InvariantCulture), 1, 742);
    }

    [Fact]
    public async Task Tmp_is_bounded_by_the_ephemeral_storage()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: true);

        var answer = await host.InvokeAsync(
            host.Python(
                """
                def handler(event, context):
                    with open('/tmp/full', 'wb', buffering=0) as f:
                        try:
                            while True: f.write(b'x' * 1048576)
                        except OSError as e:
                            return [f.tell() // 1048576, e.strerror]
                """
            ) with
            {
                EphemeralStorageMegabytes = 20,
            }
        );

        Assert.Equal("""[20, "No space left on device"]""", answer.Payload);
    }

    [Fact]
    public async Task Only_tmp_can_be_written_and_there_is_no_shared_memory()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: true);

        var answer = await host.InvokeAsync(
            host.Python(
                """
                import os
                def handler(event, context):
                    written = []
                    for directory, _, _ in os.walk('/'):
                        if directory.startswith('/proc'): continue
                        try:
                            with open(directory + '/new', 'w'): written.append(directory)
                        except OSError: pass
                    with open('/dev/null', 'w') as null: null.write('x')
                    with open('/dev/urandom', 'rb') as random: assert len(random.read(16)) == 16
                    # A file system in memory that is not read-only waits for whoever may write there.
                    with open('/proc/mounts') as mounts: in_memory = [m.split() for m in mounts if ' tmpfs ' in m and os.path.isdir(m.split()[1])]
                    return [written, [m[1] for m in in_memory if 'ro' not in m[3].split(',')], os.path.exists('/dev/shm'), sorted(os.listdir('/dev'))]
                """
            )
        );

        Assert.Equal(
            """[["/tmp"], ["/tmp"], false, ["fd", "full", "null", "random", "stderr", "stdin", "stdout", "tty", "urandom", "zero"]]""",
            answer.Payload
        );
    }

    [Fact]
    public async Task Files_in_tmp_are_bounded_by_the_ephemeral_storage_even_when_they_are_empty()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: true);

        var answer = await host.InvokeAsync(
            host.Python(
                """
                def handler(event, context):
                    for number in range(100_000_000): open('/tmp/%d' % number, 'w').close()
                """
            ) with
            {
                EphemeralStorageMegabytes = 20,
            }
        );

        Assert.Contains("Runtime exited with error: signal: killed", answer.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preloaded_library_of_a_function_never_runs_outside_of_it()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python("import os\ndef handler(event, context): return os.environ['LD_PRELOAD']\n");
        function = function with { Environment = function.Environment.Add("LD_PRELOAD", Path.Combine(function.CodeDirectory, "evil.so")) };

        var answer = await host.InvokeAsync(function);

        // The loader complains once, inside, where the path does not exist: for the runtime itself.
        Assert.Equal($"\"{Path.Combine(function.CodeDirectory, "evil.so")}\"", answer.Payload);
        Assert.Single(host.Messages, message => message.Contains("evil.so", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_bubblewrap_a_process_group_serves_and_says_so()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: false);
        var function = host.Python(
            "import os, tempfile\ndef handler(event, context): return [os.getcwd(), os.environ['LAMBDA_TASK_ROOT'], "
                + "tempfile.gettempdir()]\n"
        );

        var answer = await host.InvokeAsync(function);

        Assert.StartsWith("process group (", host.Runtime.Isolation, StringComparison.Ordinal);
        Assert.StartsWith(
            $"[\"{function.CodeDirectory}\", \"{function.CodeDirectory}\", \"{host.StateDirectory}/",
            answer.Payload,
            StringComparison.Ordinal
        );
    }
}
