using System.ComponentModel.DataAnnotations;
using CustomerFeedback.Settings;

namespace CustomerFeedback.Platform.Tests.Settings;

/// <summary>A section with something of every kind.</summary>
internal sealed class ShelfOptions : IValidatableObject
{
    /// <summary>What stands on the label; see <see cref="Places"/>.</summary>
    [Required]
    public string Label { get; set; } = "";

    /// <summary>How many things fit on it.</summary>
    [Range(1, 10)]
    public int Places { get; set; } = 3;

    /// <summary>How long a thing stays.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether there is a door.</summary>
    public bool Door { get; set; }

    /// <summary>Where its keeper is asked.</summary>
    public Uri? Keeper { get; set; }

    /// <summary>The number of the lock.</summary>
    [Secret]
    public int? Combination { get; set; }

    /// <summary>A key by its name.</summary>
    [Secret]
    public Dictionary<string, string> Keys { get; init; } = [];

    /// <summary>A size, in centimetres.</summary>
    public double[] Sizes { get; init; } = [];

    public LampOptions Lamp { get; init; } = new();

    public Dictionary<string, LampOptions> Lamps { get; init; } = [];

    public bool IsFull => Places == 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Door && Keys.Count == 0)
            yield return new("missing: a door needs one.", [nameof(Keys)]);
    }
}

/// <summary>A part of a section.</summary>
internal sealed class LampOptions
{
    /// <summary>The colour of its light.</summary>
    [AllowedValues("red", "white")]
    public string Colour { get; set; } = "white";

    /// <summary>How bright it is.</summary>
    public ConsoleColor Shade { get; set; } = ConsoleColor.Gray;
}
