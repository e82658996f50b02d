using System.Globalization;
using Daybreak.Cloud.Rds;

namespace Daybreak.Cloud.Tests.Rds;

public sealed class MaintenanceWindowTests
{
    [Theory]
    [InlineData("sun:05:00-sun:05:30", "2026-01-04T05:00:00Z", true)]
    [InlineData("sun:05:00-sun:05:30", "2026-01-04T05:29:59Z", true)]
    [InlineData("sun:05:00-sun:05:30", "2026-01-04T05:30:00Z", false)]
    [InlineData("sun:05:00-sun:05:30", "2026-01-04T04:59:59Z", false)]
    [InlineData("sun:05:00-sun:05:30", "2026-01-05T05:15:00Z", false)]
    [InlineData("sun:05:00-sun:05:30", "2026-01-04T07:15:00+02:00", true)]
    [InlineData("sat:23:45-sun:00:15", "2026-01-03T23:50:00Z", true)]
    [InlineData("sat:23:45-sun:00:15", "2026-01-04T00:10:00Z", true)]
    [InlineData("sat:23:45-sun:00:15", "2026-01-04T00:15:00Z", false)]
    [InlineData("sat:23:45-sun:00:15", "2026-01-03T23:40:00Z", false)]
    public void A_window_is_open_from_its_start_to_its_end_also_over_the_end_of_the_week(string window, string moment, bool open) =>
        Assert.Equal(open, MaintenanceWindow.Parse(window).Contains(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)));

    [Fact]
    public void Each_minute_of_the_week_is_in_as_many_windows_as_windows_are_long()
    {
        var monday = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        var window = MaintenanceWindow.Parse("fri:22:10-mon:01:40");
        Assert.Equal(3090, window.Length);
        Assert.Equal(window.Length, Enumerable.Range(0, 7 * 24 * 60).Count(minute => window.Contains(monday.AddMinutes(minute))));
    }
}
