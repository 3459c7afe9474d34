namespace CustomerFeedback.Analytics.Domain.Measures;

/// <summary>A name in both languages of the house.</summary>
internal readonly record struct Title(string Chinese, string English);
