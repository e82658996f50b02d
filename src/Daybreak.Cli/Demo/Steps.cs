using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Daybreak.Cli.Demo;

/// <summary>Shows each step and its duration: with a spinner on a terminal, otherwise as plain lines.</summary>
internal sealed class Steps
{
    private readonly TextWriter _writer;
    private readonly IAnsiConsole? _terminal;

    private Steps(TextWriter writer, IAnsiConsole? terminal) => (this._writer, this._terminal) = (writer, terminal);

    public static Steps On(TextWriter writer, bool visible) =>
        new(writer, visible ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }) : null);

    public void Say(string text) => _writer.WriteLine(text);

    public Task RunAsync(string text, Func<Task> step) =>
        RunAsync(
            text,
            async () =>
            {
                await step();
                return true;
            }
        );

    public async Task<T> RunAsync<T>(string text, Func<Task<T>> step)
    {
        var started = Stopwatch.GetTimestamp();
        var result = _terminal is null
            ? await step()
            : await _terminal.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(text), _ => step());
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        if (_terminal is null)
            _writer.WriteLine($"{text}: {seconds} s");
        else
            _terminal.MarkupLine($"[green]✓[/] {Markup.Escape(text)} [grey]{seconds} s[/]");
        return result;
    }
}
