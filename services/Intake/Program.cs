using CustomerFeedback.Contracts;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Features;
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
    Slices.AddIntake
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
