using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Intake.Features.Classifying;
using CustomerFeedback.Intake.Features.Copying;
using CustomerFeedback.Intake.Features.Requests;
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
            .ConsumeBatch<NoteStatusOnTicketStatusChanged, TicketStatusChanged>()
            .ConsumeBatch<NoteTeamOnTicketAssigned, TicketAssigned>()
);

var app = builder.Build();
if (await app.RunVerb<IntakeDbContext>(args))
    return;

app.UseServiceDefaults();
AcceptRequest.Map(app);
GetRequest.Map(app);
ListRequests.Map(app);
GetClassificationRules.Map(app);
PutClassificationRules.Map(app);
app.MapDeadLetters<IntakeDbContext>("intake");
await app.RunAsync();
