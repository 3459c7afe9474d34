namespace CustomerFeedback.Settings;

/// <summary>The value is a secret: it comes from a file, and no message repeats it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
