using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Wire = CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Tests.Features;

/// <summary>Our words and those that travel have the same names.</summary>
public sealed class WireTests
{
    [Fact]
    public void Every_word_of_ours_can_travel_and_every_word_that_travels_is_known_here()
    {
        Same<Channel, Wire.Channel>();
        Same<RequestType, Wire.RequestType>();
        Same<Urgency, Wire.Urgency>();
        Same<ServiceStage, Wire.ServiceStage>();
        Same<Segment, Wire.Segment>();
        Same<Category, Wire.Category>();
        Same<Subcategory, Wire.Subcategory>();
        Same<Emotion, Wire.Emotion>();
        Same<TicketStatus, Wire.TicketStatus>();
        Same<Confirmation, Wire.Confirmation>();
        Same<PauseReason, Wire.PauseReason>();
        Same<UpdateKind, Wire.UpdateKind>();
        Same<ClockName, Wire.SlaClockName>();
        Same<BreachCause, Wire.BreachCause>();
        Same<EscalationTarget, Wire.EscalationTarget>();
    }

    private static void Same<TOurs, TTheirs>()
        where TOurs : struct, Enum
        where TTheirs : struct, Enum =>
        Enum.GetNames<TTheirs>().Where(name => name != "Unknown").Order().ShouldBe(Enum.GetNames<TOurs>().Order());
}
