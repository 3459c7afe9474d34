using System.Text.Json;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>What a plan works with: keys, zone, the form of answers.</summary>
internal sealed class AcceptTools(
    CustomerSeal seal,
    BlindIndex index,
    LinkTokens links,
    IOptions<JsonOptions> json,
    IOptions<IntakeOptions> options
)
{
    public CustomerSeal Seal => seal;

    public BlindIndex Index => index;

    public JsonSerializerOptions Json => json.Value.SerializerOptions;

    public DateTimeZone Zone { get; } = options.Value.NumberZone;

    public string StatusUrl(Guid requestId) => $"/status/{links.Sign("status", requestId)}";
}
