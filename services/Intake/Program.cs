using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Features;
using CustomerFeedback.Intake.Features.Copying;
using CustomerFeedback.Intake.Features.Recovering;
using CustomerFeedback.Intake.Features.Splitting;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("intake");
builder.AddLinkTokens();
builder.AddIntakeData();
builder.AddMessaging<IntakeDbContext>(
    "intake",
    EventTable
        .Rows.Where(row => row.Publisher == "intake")
        .Select(row => new PublishedEvent(row.Event, row.Queues.Length > 0, row.Queues)),
    consumers =>
        consumers
            .Consume<CopyPolicyOnSlaPolicyPublished, SlaPolicyPublished>()
            .Consume<CopyCalendarOnSlaCalendarPublished, SlaCalendarPublished>()
            .ConsumeBatch<NoteStatusOnTicketStatusChanged, TicketStatusChanged>(ConsumerOptions.Unhurried)
            .ConsumeBatch<NoteTeamOnTicketAssigned, TicketAssigned>(ConsumerOptions.Unhurried)
            .Consume<OpenRecoveryOnRecoveryRequested, RecoveryRequested>()
            .Consume<OpenSplitOnTicketSplit, TicketSplit>()
);

var app = builder.Build();
if (await app.RunVerb<IntakeDbContext>(args))
    return;

app.UseServiceDefaults();
app.MapRequests(); // accept, show, list
app.MapClassification(); // the rules that decide what a request is
app.MapCustomers(); // the registry, and wishes not to be contacted
app.MapDeadLetters<IntakeDbContext>("intake");
await app.RunAsync();
