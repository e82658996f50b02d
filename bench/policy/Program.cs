using Daybreak.Bench.Policy;

// Figures for deciding a request by policies: dotnet run -c Release --project bench/policy
var ten = Workload.TenAttachedPolicies();
var hostile = Workload.HostileWildcards();

Measure.Run("allowed by the last of 10 attached policies", ten.Allowed);
Measure.Run("denied: none of 10 attached policies allows", ten.Unmatched);
Measure.Run("10 policies, boundary, session and resource policy", ten.Everything);
Measure.Run($"hostile wildcards, {hostile.PatternLength} characters of policy against an ARN of 2,048", hostile.Decide);
Measure.Run("parse and compile a policy of 6,144 characters", Workload.ParseLargest);
foreach (var threads in new[] { 1, 2 })
    Measure.Throughput("decisions with 10 attached policies", threads, ten.Allowed);
