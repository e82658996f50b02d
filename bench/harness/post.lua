-- An Invoke, and the run's figures as one JSON line at the end.
wrk.method = "POST"
wrk.headers["Content-Type"] = wrk.headers["Content-Type"] or "application/json"

function init(args)
  wrk.body = args[1]
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  print(string.format('{"requests":%d,"seconds":%.6f,"failed":%d,"p50_ms":%.6f,"p99_ms":%.6f}',
    summary.requests, summary.duration / 1e6, failed, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
