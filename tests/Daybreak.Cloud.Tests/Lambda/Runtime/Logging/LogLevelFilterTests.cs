using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Logging;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Logging;

public class LogLevelFilterTests
{
    private const string Time = "\"timestamp\":\"2024-11-02T16:51:31.587199Z\"";

    [Theory]
    [InlineData("INFO", "text", true)]
    [InlineData("WARN", "text", false)] // what names no level is INFO
    [InlineData("TRACE", "{\"level\":\"trace\"," + Time + "}", true)]
    [InlineData("INFO", "{\"level\":\"debug\"," + Time + "}", false)]
    [InlineData("INFO", " {\"level\":\"debug\"," + Time + "}", false)]
    [InlineData("INFO", "{\"level\":\"debug\"}", true)] // without a time it is INFO
    [InlineData("INFO", "{\"level\":\"debug\",\"timestamp\":\"yesterday\"}", true)]
    [InlineData("INFO", "{\"level\":\"debug\",\"time\":\"2024-11-02T16:51:31+01:00\"}", false)]
    [InlineData("ERROR", "{\"level\":\"Error\"," + Time + "}", true)]
    [InlineData("ERROR", "{\"level\":\"WARNING\"," + Time + "}", false)]
    [InlineData("WARN", "{\"level\":\"WARNING\"," + Time + "}", true)]
    [InlineData("WARN", "{\"level\":7," + Time + "}", false)]
    [InlineData("WARN", "{\"level\":\"loud\"," + Time + "}", false)]
    [InlineData("WARN", "{\"level\":\"FATAL\"", false)]
    [InlineData("FATAL", "{\"level\":\"fatal\"," + Time + "}", true)]
    [InlineData("WARN", "", false)]
    public void Line_has_the_level_that_it_names_or_INFO(string lowest, string line, bool passes) =>
        Assert.Equal(passes, new LogLevelFilter(lowest).Passes(Encoding.UTF8.GetBytes(line)));
}
