using Daybreak.Bench.Policy;
using Daybreak.Bench.Reachability;

// Figures for deciding whether a database reaches Lambda: dotnet run -c Release --project bench/reachability
var large = Workload.Large(lastRuleAdmits: true);
var closed = Workload.Large(lastRuleAdmits: false);

Measure.Run("50 groups of 60 rules and 50 routes, the last rule admits", large.Decide);
Measure.Run("50 groups of 60 rules and 50 routes, no rule admits", closed.Decide);
Measure.Run("the same, nothing changed since", large.Recall);
