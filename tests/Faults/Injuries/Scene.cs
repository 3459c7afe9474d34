using CustomerFeedback.Faults.Evidence;

namespace CustomerFeedback.Faults.Injuries;

/// <summary>Where and when a fault happens.</summary>
/// <param name="HalfWay">The stream has run for half of its time.</param>
/// <param name="Over">The stream has ended and everybody in it has had their answer.</param>
/// <param name="Traces">What the fault leaves behind, for those who ask whether it happened at all.</param>
internal sealed record Scene(Task HalfWay, Task Over, Traces Traces);
