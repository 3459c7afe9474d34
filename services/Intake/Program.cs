using CustomerFeedback.Contracts;
using CustomerFeedback.Intake;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("intake");
builder.AddLinkTokens();
builder.AddIntakeData();
builder.AddMessaging<IntakeDbContext>(
    "intake",
    EventTable
        .Rows.Where(row => row.Publisher == "intake")
        .Select(row => new PublishedEvent(row.Event, row.Queues.Length > 0))
);

var app = builder.Build();
if (await app.RunVerb<IntakeDbContext>(args))
    return;

app.UseServiceDefaults();
AcceptRequest.Map(app);
app.MapDeadLetters<IntakeDbContext>("intake");
await app.RunAsync();
