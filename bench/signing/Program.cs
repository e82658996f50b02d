using Daybreak.Bench.Policy;
using Daybreak.Bench.Signing;

// Figures for signing and verifying an invocation: dotnet run -c Release --project bench/signing
var small = new Workload(payloadBytes: 64);
var large = new Workload(payloadBytes: 64 * 1024);

Measure.Run("SHA-256 of the 64-byte body alone", small.Hash);
Measure.Run("sign an invocation of 64 bytes", small.Sign);
Measure.Run("sign an invocation of 64 KiB", large.Sign);
Measure.Run("SHA-256 of the 64 KiB body alone", large.Hash);
Measure.Run("derive a signing key", Workload.Derive);
Measure.Run("parse the signature of an invocation", small.Parse);
Measure.Run("verify an invocation of 64 bytes", small.Verify);
Measure.Run("verify an invocation, signing key not known yet", small.VerifyFirst);
Measure.Run("refuse an invocation with a wrong signature", small.Refuse);
Measure.Run("verify a presigned invocation", small.VerifyPresigned);
foreach (var threads in new[] { 1, 2 })
{
    Measure.Throughput("sign an invocation of 64 bytes", threads, small.Sign);
    Measure.Throughput("verify an invocation of 64 bytes", threads, small.Verify);
}
