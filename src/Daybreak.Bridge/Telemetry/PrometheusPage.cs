using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Daybreak.Bridge.Telemetry;

/// <summary>
/// All metrics in Prometheus' text format 0.0.4, collected when somebody asks. Names are translated as
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/ says.
/// </summary>
[ExportModes(ExportModes.Pull)]
public sealed class PrometheusPage : BaseExporter<Metric>, IPullMetricExporter
{
    private const int CollectMs = 2_000;
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    /// <summary>Set by the reader.</summary>
    public Func<int, bool>? Collect { get; set; }

    public byte[] Render()
    {
        lock (_lock)
        {
            _text.Clear();
            WriteResource();
            Collect?.Invoke(CollectMs);
            return Encoding.UTF8.GetBytes(_text.ToString());
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
            Write(metric);
        return ExportResult.Success;
    }

    private void WriteResource()
    {
        _text.Append("# HELP target_info Resource of the bridge\n# TYPE target_info gauge\ntarget_info{");
        foreach (var (key, value) in ParentProvider.GetResource().Attributes)
            WriteLabel(key, value);
        _text.Append("} 1\n");
    }

    private void Write(Metric metric)
    {
        var monotonic = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = NameOf(metric, monotonic);
        var type =
            metric.MetricType == MetricType.Histogram ? "histogram"
            : monotonic ? "counter"
            : "gauge";
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {metric.Description}\n# TYPE {name} {type}\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (metric.MetricType == MetricType.Histogram)
                WriteHistogram(name, point);
            else
                WriteSample(name, "", point, null, ValueOf(metric.MetricType, point));
        }
    }

    private static double ValueOf(MetricType type, in MetricPoint point) =>
        type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
            MetricType.LongGauge => point.GetGaugeLastValueLong(),
            _ => point.GetGaugeLastValueDouble(),
        };

    private void WriteHistogram(string name, in MetricPoint point)
    {
        long count = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            WriteSample(name, "_bucket", point, Number(bucket.ExplicitBound), count);
        }
        WriteSample(name, "_sum", point, null, point.GetHistogramSum());
        WriteSample(name, "_count", point, null, point.GetHistogramCount());
    }

    private void WriteSample(string name, string suffix, in MetricPoint point, string? bound, double value)
    {
        _text.Append(name).Append(suffix).Append('{');
        foreach (var (key, tag) in point.Tags)
            WriteLabel(key, tag);
        if (bound is not null)
            WriteLabel("le", bound);
        _text.Append("} ").Append(Number(value)).Append('\n');
    }

    // Prometheus takes a comma after the last label.
    private void WriteLabel(string key, object? value)
    {
        _text.Append(key.Replace('.', '_')).Append("=\"");
        foreach (var c in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            _ = c switch
            {
                '\\' => _text.Append(@"\\"),
                '"' => _text.Append("\\\""),
                '\n' => _text.Append("\\n"),
                _ => _text.Append(c),
            };
        _text.Append("\",");
    }

    private static string NameOf(Metric metric, bool monotonic)
    {
        var unit = metric.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return metric.Name.Replace('.', '_') + unit + (monotonic ? "_total" : "");
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
